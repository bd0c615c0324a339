#include "web/handlers/answers.hpp"

#include "service/answers.hpp"
#include "service/subscribers.hpp"
#include "web/await.hpp"
#include "web/csrf.hpp"
#include "web/handlers/common.hpp"
#include "web/handlers/forms.hpp"
#include "web/i18n.hpp"
#include "web/pages/answer_page.hpp"
#include "web/pages/news_page.hpp"

namespace convoke::web {
namespace {

using boost::asio::awaitable;

constexpr std::size_t most_fields = 20;

// In the reader's language: what they chose here, else that of whom the mail was sent to.
Frame answer_frame(const Services& services, const Request& request,
                   const std::optional<Language>& of_person) {
  Frame frame;
  frame.language = language_of_reader(request);
  if (of_person && !request.query_value("lang")) frame.language = *of_person;
  frame.address = "/answer/" + request.captures.at(0);
  frame.base_url = services.context.settings.base_url;
  return frame;
}

// Its address is a secret (threats D7): no Referer may carry it. "no-referrer" would make browsers call the
// origin of the form "null", and those too old to add Sec-Fetch-Site could not answer at all.
Reply answer_reply(const Request& request, const Frame& frame, std::string html, unsigned status) {
  auto reply = private_page(request, frame, std::move(html), status);
  reply.set("Referrer-Policy", "strict-origin");
  reply.set("X-Robots-Tag", "noindex");
  return reply;
}

Reply no_answer(Services& services, const Request& request, const Error& error) {
  const bool expired = error.code == Errc::gone;
  if (!expired && error.code != Errc::not_found) return error_reply(request, error);
  if (const auto wait = count_wrong_secret(services, request); wait > std::chrono::seconds::zero()) {
    auto reply = error_reply(request, 429, "too many wrong addresses from here");
    reply.set("Retry-After", std::to_string(wait.count()));
    return reply;
  }
  const auto frame = answer_frame(services, request, std::nullopt);
  return answer_reply(request, frame, render_no_answer(expired, frame), expired ? 410 : 404);
}

// Links about subscriptions have a page of their own at the same address.
Reply subscription_reply(Services& services, const Request& request, const service::SubscriptionView& view) {
  const auto frame = answer_frame(services, request, view.language);
  return answer_reply(request, frame, render_subscription(view, frame), 200);
}

service::AnswerForm form_in(const Request& request) {
  service::AnswerForm form;
  form.note = field_of(request, "note");
  form.date = field_of(request, "date");
  form.time = field_of(request, "time");
  form.period = field_of(request, "period");
  form.place = field_of(request, "place");
  form.name = field_of(request, "name");
  form.email = field_of(request, "email");
  form.approve = field_of(request, "answer") == "approve";
  return form;
}

}  // namespace

awaitable<Reply> show_answer(Services& services, Request request) {
  auto deferred = service::view_link(services.context, request.captures.at(0));
  const auto link = co_await await(std::move(deferred));
  if (!link && link.error().code == Errc::not_found) {
    auto looked_up = service::view_subscription(services.context, request.captures.at(0));
    const auto view = co_await await(std::move(looked_up));
    if (view) co_return subscription_reply(services, request, *view);
  }
  if (!link) co_return no_answer(services, request, link.error());
  AnswerPage page;
  page.link = &*link;
  const auto frame = answer_frame(services, request, link->language);
  co_return answer_reply(request, frame, render_answer(page, frame), 200);
}

awaitable<Reply> take_answer(Services& services, Request request) {
  const auto read = read_form(request, most_fields);
  if (!read) co_return error_reply(request, read.error());
  // A button was pressed; a form without one was not sent by our page.
  if (field_of(request, "answer").empty()) {
    const Error error(Errc::invalid_input, "the form is not complete");
    co_return error_reply(request, error);
  }
  AnswerPage page;
  page.entered = form_in(request);
  auto deferred = service::answer_link(services.context, request.captures.at(0), page.entered);
  const auto outcome = co_await await(std::move(deferred));
  if (!outcome && outcome.error().code == Errc::not_found) {
    const auto rhythm = mail_rhythm_of(field_of(request, "rhythm")).value_or(MailRhythm::weekly);
    auto taken = service::take_subscription(services.context, request.captures.at(0), rhythm);
    const auto view = co_await await(std::move(taken));
    if (view) co_return subscription_reply(services, request, *view);
  }
  if (!outcome) co_return no_answer(services, request, outcome.error());
  page.link = &outcome->view;
  page.problem = outcome->problem;
  page.stored = outcome->stored;
  page.waits = outcome->waits;
  const auto frame = answer_frame(services, request, outcome->view.language);
  co_return answer_reply(request, frame, render_answer(page, frame), page.problem ? 422 : 200);
}

}  // namespace convoke::web
