#include "web/handlers/registration_desk.hpp"

#include "base/text.hpp"
#include "service/accounts.hpp"
#include "service/registration_desk.hpp"
#include "service/registration_files.hpp"
#include "web/await.hpp"
#include "web/handlers/common.hpp"
#include "web/handlers/desk_scope.hpp"
#include "web/handlers/file_reply.hpp"
#include "web/handlers/forms.hpp"
#include "web/i18n.hpp"
#include "web/pages/registration_desk_page.hpp"
#include "web/pages/registration_words.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

namespace convoke::web {
namespace {

using boost::asio::awaitable;

service::RegistrationSettings settings_in(const Request& request) {
  service::RegistrationSettings settings;
  settings.on = checked(request, "on");
  settings.opens_date = field_of(request, "opens_date");
  settings.opens_time = field_of(request, "opens_time");
  settings.closes_date = field_of(request, "closes_date");
  settings.closes_time = field_of(request, "closes_time");
  settings.offered = {checked(request, "hall"), checked(request, "online")};
  settings.places = {field_of(request, "hall_places"), field_of(request, "online_places")};
  settings.join_url = field_of(request, "join_url");
  settings.waiting_list = checked(request, "waiting_list");
  settings.moderated = checked(request, "moderated");
  settings.keep_months = field_of(request, "keep_months");
  for (const auto language : all_languages)
    settings.consent.at(static_cast<std::size_t>(language)) =
        field_of(request, "consent_" + std::string(tag_of(language)));
  return settings;
}

service::FieldChange change_in(const Request& request) {
  service::FieldChange change;
  using What = service::FieldChange::What;
  const auto wanted = field_of(request, "do");
  if (wanted == "remove") change.what = What::remove;
  if (wanted == "higher") change.what = What::higher;
  if (wanted == "lower") change.what = What::lower;
  change.field.key = field_of(request, "key");
  change.field.kind = field_kind_of(field_of(request, "kind")).value_or(FieldKind::text);
  change.field.required = checked(request, "required");
  for (const auto language : all_languages) {
    const std::string tag(tag_of(language));
    auto& words = change.field.words.at(static_cast<std::size_t>(language));
    words.label = field_of(request, "label_" + tag);
    words.help = field_of(request, "help_" + tag);
    const auto entered = field_of(request, "choices_" + tag);
    for (const auto line : split(entered, '\n'))
      if (!trim(line).empty()) words.choices.emplace_back(trim(line));
  }
  return change;
}

int page_in(const Request& request) {
  const auto text = request.query_value("page").value_or("0");
  int page = 0;
  const auto parsed = std::from_chars(text.data(), text.data() + text.size(), page);
  constexpr int last = 100'000;
  return parsed.ec == std::errc{} && page >= 0 && page <= last ? page : 0;
}

// What a message of the desk is about, in the reader's language.
std::string problem_of(const Error& error, Language language) {
  constexpr std::array<std::pair<std::string_view, const char*>, 12> known = {{
      {"'kind'", "A form asks for three files at most."},
      {"'opens'", "The moment of opening could not be read."},
      {"'closes'", "The moment of closing could not be read, or it is before the opening."},
      {"'hall_places'", "Places in the hall: a number, and no fewer than are taken already."},
      {"'online_places'", "Places online: a number, and no fewer than are taken already."},
      {"'formats'", "Choose how people take part: in the hall, online, or both."},
      {"'keep_months'", "Months until answers are erased: a number from 1 to 120."},
      {"'join_url'", "The address to join online must begin with https://."},
      {"'consent'", "The text of the consent is too long or could not be read."},
      {"'label'", "The field needs a question in one language at least."},
      {"'choices'", "A choice needs two lines at least and fifty at most."},
      {"'step'", "This step does not follow, or every place is taken."},
  }};
  for (const auto& [start, text] : known)
    if (error.message.starts_with(start)) return tr(language, text);
  if (error.code == Errc::conflict)
    return tr(language, "This step does not follow, or every place is taken.");
  return error.message;
}

awaitable<Reply> desk_page(Services& services, Request request, RegistrationDeskPage page) {
  const auto scope = desk_scope(request);
  if (!scope) co_return error_reply(request, scope.error());
  db::RegistrationSelection selection;
  page.words = std::string(request.query_value("q").value_or(""));
  page.state = registration_state_of(request.query_value("state").value_or(""));
  page.page = page_in(request);
  page.saved = page.saved || request.query_value("saved").has_value();
  selection.words = fold(to_valid_utf8(page.words));
  selection.state = page.state;
  selection.offset = page.page * service::registrations_a_page;
  auto deferred = service::registration_desk(services.context, desk_actor(request), *scope, selection);
  const auto desk = co_await await(std::move(deferred));
  if (!desk) co_return error_reply(request, desk.error());
  page.desk = &*desk;
  if (page.trying && desk->form) {
    auto tried = service::with_change(*desk->form, *page.trying);
    if (!tried) page.problem = problem_of(tried.error(), language_of_reader(request));
    if (tried) page.preview = std::move(*tried);
  }
  const auto frame = frame_of(services, request, registration_desk_path(scope->event));
  const unsigned status = page.problem.empty() ? 200 : 422;
  co_return with_fetching(private_page(request, frame, render_registration_desk(page, frame), status));
}

// Back to the desk, or what is wrong on it.
awaitable<Reply> after(Services& services, Request request, std::optional<Error> error,
                       RegistrationDeskPage page) {
  if (!error) {
    const auto scope = desk_scope(request);
    if (!scope) co_return error_reply(request, scope.error());
    services.context.reminders_queued();
    co_return Reply::redirect(registration_desk_path(scope->event) + "?saved=yes");
  }
  if (!can_be_mended(*error)) co_return error_reply(request, *error);
  page.problem = problem_of(*error, language_of_reader(request));
  co_return co_await desk_page(services, std::move(request), std::move(page));
}

}  // namespace

awaitable<Reply> show_registration_desk(Services& services, Request request) {
  co_return co_await desk_page(services, std::move(request), RegistrationDeskPage());
}

awaitable<Reply> save_registration_desk(Services& services, Request request) {
  const auto scope = desk_scope(request);
  if (!scope) co_return error_reply(request, scope.error());
  RegistrationDeskPage page;
  page.entered = settings_in(request);
  auto deferred = service::save_registration(services.context, desk_actor(request), *scope, *page.entered);
  const auto saved = co_await await(std::move(deferred));
  std::optional<Error> error;
  if (!saved) error = saved.error();
  co_return co_await after(services, std::move(request), std::move(error), std::move(page));
}

awaitable<Reply> change_registration_field(Services& services, Request request) {
  const auto scope = desk_scope(request);
  if (!scope) co_return error_reply(request, scope.error());
  // What could not be stored is still in the form, and so is what is only looked at.
  RegistrationDeskPage page;
  page.trying = change_in(request);
  if (field_of(request, "do") == "preview")
    co_return co_await desk_page(services, std::move(request), std::move(page));
  auto deferred = service::change_field(services.context, desk_actor(request), *scope, *page.trying);
  const auto changed = co_await await(std::move(deferred));
  std::optional<Error> error;
  if (!changed) error = changed.error();
  co_return co_await after(services, std::move(request), std::move(error), std::move(page));
}

awaitable<Reply> add_registration_by_hand(Services& services, Request request) {
  const auto scope = desk_scope(request);
  if (!scope) co_return error_reply(request, scope.error());
  RegistrationDeskPage page;
  page.add_open = true;
  page.adding.name = field_of(request, "name");
  page.adding.email = field_of(request, "email");
  page.adding.institution = field_of(request, "institution");
  page.adding.format = attendance_format_of(field_of(request, "format"));
  page.adding.language = language_of_reader(request);
  page.adding.channel = "organiser";
  auto deferred = service::add_registration(services.context, desk_actor(request), *scope, page.adding);
  const auto added = co_await await(std::move(deferred));
  std::optional<Error> error;
  if (!added) {
    error = added.error();
  } else if (added->problem) {
    page.problem = problem_text(*added->problem, added->field, RegistrationForm(), page.adding.language);
    co_return co_await desk_page(services, std::move(request), std::move(page));
  }
  co_return co_await after(services, std::move(request), std::move(error), std::move(page));
}

awaitable<Reply> step_registration_row(Services& services, Request request) {
  const auto scope = desk_scope(request);
  if (!scope) co_return error_reply(request, scope.error());
  const auto number = number_in(request.captures.at(1));
  if (!number) co_return error_reply(request, number.error());
  const auto step = registration_step_of(field_of(request, "step"));
  if (!step) {
    const Error incomplete(Errc::invalid_input, "the form is not complete");
    co_return error_reply(request, incomplete);
  }
  auto deferred = service::step_registration(services.context, desk_actor(request), *scope,
                                             RegistrationId{*number}, *step);
  const auto stepped = co_await await(std::move(deferred));
  std::optional<Error> error;
  if (!stepped) error = stepped.error();
  co_return co_await after(services, std::move(request), std::move(error), RegistrationDeskPage());
}

awaitable<Reply> export_registration_list(Services& services, Request request) {
  const auto scope = desk_scope(request);
  if (!scope) co_return error_reply(request, scope.error());
  const auto& format = request.captures.at(1);
  if (format != "csv" && format != "xlsx") co_return error_reply(request, 404, "there is no such format");
  auto deferred = service::export_registrations(services.context, desk_actor(request), *scope);
  const auto all = co_await await(std::move(deferred));
  if (!all) co_return error_reply(request, all.error());
  const bool xlsx = format == "xlsx";
  auto reply = Reply::text(
      200, service::registration_file(*all, export_words(language_of_reader(request)), xlsx),
      xlsx ? "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" : "text/csv; charset=utf-8");
  reply.set("Content-Disposition", "attachment; filename=\"registrations-" +
                                       std::to_string(scope->event.value) + "." + format + "\"");
  reply.set("Cache-Control", "no-store");
  co_return reply;
}

awaitable<Reply> download_registration_file(Services& services, Request request) {
  const auto scope = desk_scope(request);
  if (!scope) co_return error_reply(request, scope.error());
  const auto number = number_in(request.captures.at(1));
  if (!number) co_return error_reply(request, number.error());
  auto deferred = service::file_of_registration(services.context, desk_actor(request), *scope,
                                                RegistrationId{*number}, request.captures.at(2));
  auto file = co_await await(std::move(deferred));
  if (!file) co_return error_reply(request, file.error());
  co_return file_reply(std::move(*file));
}

}  // namespace convoke::web
