#include "web/handlers/register.hpp"

#include "base/text.hpp"
#include "service/certificates.hpp"
#include "service/registration_files.hpp"
#include "service/registration_own_data.hpp"
#include "service/registrations.hpp"
#include "web/await.hpp"
#include "web/csrf.hpp"
#include "web/handlers/common.hpp"
#include "web/handlers/file_reply.hpp"
#include "web/handlers/forms.hpp"
#include "web/i18n.hpp"
#include "web/pages/answer_page.hpp"
#include "web/pages/register_page.hpp"
#include "web/pages/registration_words.hpp"

#include <boost/asio/ip/address.hpp>

#include <utility>

namespace convoke::web {
namespace {

using boost::asio::awaitable;
using service::RegistrationAct;

constexpr std::size_t most_fields = 60;

bool is_field_key(std::string_view name) {
  return name.size() > 1 && name.front() == 'f' &&
         name.find_first_not_of("0123456789", 1) == std::string_view::npos;
}

Pairs own_answers(const Request& request) {
  Pairs answers;
  for (const auto& [name, value] : request.form)
    if (is_field_key(name)) answers.emplace_back(name, value);
  return answers;
}

std::vector<service::SentFile> files_in(const Request& request) {
  std::vector<service::SentFile> files;
  for (const auto& file : request.files) {
    if (!is_field_key(file.field) || files.size() >= most_file_fields) continue;
    files.emplace_back(file.field, file.file_name, request.body.substr(file.begin, file.size));
  }
  return files;
}

// Too many forms from here (threats C7): the whole seconds to wait, or none.
std::chrono::seconds one_form_more(Services& services, const Request& request) {
  boost::system::error_code failed;
  const auto address = boost::asio::ip::make_address(request.peer, failed);
  if (failed) return {};
  return services.registrations->take(counted_address(address), true, std::chrono::steady_clock::now());
}

unsigned status_of(service::RegistrationProblem problem) {
  using service::RegistrationProblem;
  if (problem == RegistrationProblem::full) return 409;
  return problem == RegistrationProblem::closed ? 410 : 422;
}

awaitable<Reply> register_page(Services& services, Request request, RegisterPage page) {
  const auto number = number_in(request.captures.at(0));
  if (!number) co_return error_reply(request, number.error());
  auto frame = frame_of(services, request, register_path(EventId{*number}));
  auto deferred = service::registration_offer(services.context, EventId{*number}, frame.language);
  auto offer = co_await await(std::move(deferred));
  if (!offer) co_return error_reply(request, offer.error());
  const auto names = cookie_names(services.context.settings.base_url);
  frame.csrf = form_token(request, names);
  // What was entered goes on with the key it had, unless that is what was wrong.
  const bool keeps_key = !page.entered.key.empty() && page.problem != service::RegistrationProblem::old_form;
  if (keeps_key) offer->key = page.entered.key;
  page.offer = &*offer;
  const unsigned status = page.problem ? status_of(*page.problem) : 200;
  auto reply = private_page(request, frame, render_register(page, frame), status);
  if (page.busy) reply = asking_again(std::move(reply));
  remember_form_token(reply, request, names, frame.csrf);
  co_return reply;
}

Frame link_frame(const Services& services, const Request& request, std::optional<Language> of_person) {
  Frame frame;
  frame.language = language_of_reader(request);
  if (of_person && !request.query_value("lang")) frame.language = *of_person;
  frame.address = "/register/link/" + request.captures.at(0);
  frame.base_url = services.context.settings.base_url;
  return frame;
}

// Its address is a secret: as with the links of other mails (web/handlers/answers.cpp).
Reply link_reply(const Request& request, const Frame& frame, std::string html, unsigned status) {
  auto reply = private_page(request, frame, std::move(html), status);
  reply.set("Referrer-Policy", "strict-origin");
  reply.set("X-Robots-Tag", "noindex");
  return reply;
}

Reply no_link(Services& services, const Request& request, const Error& error) {
  if (error.code != Errc::not_found) return error_reply(request, error);
  if (const auto wait = count_wrong_secret(services, request); wait > std::chrono::seconds::zero()) {
    auto reply = error_reply(request, 429, "too many wrong addresses from here");
    reply.set("Retry-After", std::to_string(wait.count()));
    return reply;
  }
  const auto frame = link_frame(services, request, std::nullopt);
  return link_reply(request, frame, render_no_answer(false, frame), 404);
}

// As it stands, with what `page` says besides.
awaitable<Reply> link_page(Services& services, Request request, RegistrationLinkPage page) {
  auto deferred = service::view_registration(services.context, request.captures.at(0));
  const auto view = co_await await(std::move(deferred));
  if (!view) co_return no_link(services, request, view.error());
  page.view = &*view;
  auto asking = service::certificates_of_link(services.context, request.captures.at(0));
  auto certificates = co_await await(std::move(asking));
  if (certificates) page.certificates = std::move(*certificates);
  const auto frame = link_frame(services, request, view->mine.language);
  auto reply = link_reply(request, frame, render_registration_link(page, frame), 200);
  if (page.busy) reply = asking_again(std::move(reply));
  co_return reply;
}

Result<RegistrationAct> act_in(const Request& request) {
  RegistrationAct act;
  const auto what = field_of(request, "do");
  if (what == "confirm")
    act.what = RegistrationAct::What::confirm;
  else if (what == "cancel")
    act.what = RegistrationAct::What::cancel;
  else if (what == "change")
    act.what = RegistrationAct::What::change;
  else if (what == "hand_over")
    act.what = RegistrationAct::What::hand_over;
  else if (what == "agree")
    act.what = RegistrationAct::What::agree;
  else if (what == "erase" && field_of(request, "sure") == "yes")
    act.what = RegistrationAct::What::erase;
  else
    return Error(Errc::invalid_input, "the form is not complete");
  if (const auto who = field_of(request, "who"); !who.empty()) {
    const auto number = number_in(who);
    if (!number) return Error(Errc::invalid_input, "the form is not complete");
    act.who = RegistrationId{*number};
  }
  act.name = field_of(request, "name");
  act.email = field_of(request, "email");
  act.institution = field_of(request, "institution");
  act.answers = own_answers(request);
  act.consent = field_of(request, "consent") == "yes";
  act.shown_version = field_of(request, "consent_version");
  act.language = language_of_reader(request);
  return act;
}

}  // namespace

service::RegistrationEntry registration_entry_in(const Request& request) {
  service::RegistrationEntry entry;
  entry.key = field_of(request, "key");
  entry.name = field_of(request, "name");
  entry.email = field_of(request, "email");
  entry.institution = field_of(request, "institution");
  entry.format = attendance_format_of(field_of(request, "format"));
  entry.answers = own_answers(request);
  entry.colleagues = lines_in(field_of(request, "colleagues"));
  entry.files = files_in(request);
  entry.consent = field_of(request, "consent") == "yes";
  entry.shown_version = field_of(request, "consent_version");
  entry.language = language_of_reader(request);
  return entry;
}

std::shared_ptr<RateLimiter> make_registration_limits() {
  Limits limits;
  limits.changes_per_minute = registrations_per_minute;
  return std::make_shared<RateLimiter>(limits);
}

std::optional<Reply> refusal_of_form(Services& services, const Request& request) {
  const auto wait = one_form_more(services, request);
  if (wait == std::chrono::seconds::zero()) return std::nullopt;
  auto reply = error_reply(request, 429, "too many forms from here");
  reply.set("Retry-After", std::to_string(wait.count()));
  return reply;
}

std::optional<Reply> refusal_of_words(const Request& request) {
  std::size_t words = request.body.size();
  for (const auto& file : request.files) words -= std::min(words, file.size);
  if (words <= form_limit) return std::nullopt;
  return error_reply(request, 413, "the form is too large");
}

awaitable<Reply> show_register(Services& services, Request request) {
  co_return co_await register_page(services, std::move(request), RegisterPage());
}

awaitable<Reply> take_registration(Services& services, Request request) {
  if (auto refusal = refusal_of_form(services, request)) co_return std::move(*refusal);
  if (auto refusal = refusal_of_words(request)) co_return std::move(*refusal);
  RegisterPage page;
  page.entered = registration_entry_in(request);
  // A field that people do not see: what fills it in is told what everybody is told, and nothing is stored.
  if (!field_of(request, "website").empty()) {
    page.taken = true;
    co_return co_await register_page(services, std::move(request), std::move(page));
  }
  const auto number = number_in(request.captures.at(0));
  if (!number) co_return error_reply(request, number.error());
  auto deferred = service::register_for(services.context, EventId{*number}, page.entered);
  const auto outcome = co_await await(std::move(deferred));
  page.busy = !outcome && is_busy(outcome.error());
  if (page.busy) co_return co_await register_page(services, std::move(request), std::move(page));
  if (!outcome) co_return error_reply(request, outcome.error());
  page.problem = outcome->problem;
  page.field = outcome->field;
  page.taken = !outcome->problem.has_value();
  page.files_left_out = outcome->files_left_out;
  if (page.taken) services.context.reminders_queued();
  co_return co_await register_page(services, std::move(request), std::move(page));
}

awaitable<Reply> show_registration_link(Services& services, Request request) {
  co_return co_await link_page(services, std::move(request), RegistrationLinkPage());
}

awaitable<Reply> show_own_registration_data(Services& services, Request request) {
  auto deferred = service::own_registration_data(services.context, request.captures.at(0));
  auto data = co_await await(std::move(deferred));
  if (!data) co_return no_link(services, request, data.error());
  auto reply = Reply::text(200, std::move(*data), "application/json; charset=utf-8");
  reply.set("Content-Disposition", "attachment; filename=\"registration.json\"");
  reply.set("Cache-Control", "no-store");
  reply.set("X-Robots-Tag", "noindex");
  co_return reply;
}

awaitable<Reply> take_registration_link(Services& services, Request request) {
  const auto read = read_form(request, most_fields);
  if (!read) co_return error_reply(request, read.error());
  auto act = act_in(request);
  if (!act) co_return error_reply(request, act.error());
  const bool agrees = act->what == RegistrationAct::What::agree;
  auto deferred = service::act_on_registration(services.context, request.captures.at(0), std::move(*act));
  const auto acted = co_await await(std::move(deferred));
  if (!acted) co_return no_link(services, request, acted.error());
  if (acted->done) services.context.reminders_queued();
  RegistrationLinkPage page;
  page.view = &acted->view;
  page.problem = acted->problem;
  page.field = acted->field;
  page.done = acted->done;
  page.handed = acted->handed;
  page.moved = acted->moved;
  page.erased = acted->erased;
  page.agreed = acted->done && agrees;
  const auto frame = link_frame(services, request, acted->view.mine.language);
  co_return link_reply(request, frame, render_registration_link(page, frame), page.problem ? 422 : 200);
}

awaitable<Reply> take_registration_file(Services& services, Request request) {
  if (auto refusal = refusal_of_words(request)) co_return std::move(*refusal);
  const auto read = read_form(request, most_fields);
  if (!read) co_return error_reply(request, read.error());
  auto files = files_in(request);
  if (files.empty()) co_return error_reply(request, 400, "the form is not complete");
  auto deferred = service::send_registration_file(services.context, request.captures.at(0), files.front());
  const auto acted = co_await await(std::move(deferred));
  RegistrationLinkPage page;
  page.busy = !acted && is_busy(acted.error());
  if (page.busy) co_return co_await link_page(services, std::move(request), std::move(page));
  if (!acted) co_return no_link(services, request, acted.error());
  page.view = &acted->view;
  page.problem = acted->problem;
  page.field = acted->field;
  page.file_sent = acted->done;
  const auto frame = link_frame(services, request, acted->view.mine.language);
  co_return link_reply(request, frame, render_registration_link(page, frame), page.problem ? 422 : 200);
}

awaitable<Reply> download_own_registration_file(Services& services, Request request) {
  auto deferred =
      service::own_registration_file(services.context, request.captures.at(0), request.captures.at(1));
  auto file = co_await await(std::move(deferred));
  if (!file) co_return no_link(services, request, file.error());
  co_return file_reply(std::move(*file));
}

}  // namespace convoke::web
