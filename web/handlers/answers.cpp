#include "web/handlers/answers.hpp"

#include "service/answers.hpp"
#include "service/subscribers.hpp"
#include "web/await.hpp"
#include "web/csrf.hpp"
#include "web/handlers/common.hpp"
#include "web/handlers/forms.hpp"
#include "web/handlers/mail_links.hpp"
#include "web/i18n.hpp"
#include "web/pages/answer_page.hpp"
#include "web/pages/news_page.hpp"

namespace convoke::web {
namespace {

using boost::asio::awaitable;

constexpr std::size_t most_fields = 20;
constexpr std::string_view link_path = "/answer/";

// Links about subscriptions have a page of their own at the same address.
Reply subscription_reply(Services& services, const Request& request, const service::SubscriptionView& view) {
  const auto frame = mail_link_frame(services, request, link_path, view.language);
  return mail_link_reply(request, frame, render_subscription(view, frame), 200);
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
  if (!link) co_return no_mail_link(services, request, link_path, link.error());
  AnswerPage page;
  page.link = &*link;
  const auto frame = mail_link_frame(services, request, link_path, link->language);
  co_return mail_link_reply(request, frame, render_answer(page, frame), 200);
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
  if (!outcome) co_return no_mail_link(services, request, link_path, outcome.error());
  page.link = &outcome->view;
  page.problem = outcome->problem;
  page.stored = outcome->stored;
  page.waits = outcome->waits;
  const auto frame = mail_link_frame(services, request, link_path, outcome->view.language);
  co_return mail_link_reply(request, frame, render_answer(page, frame), page.problem ? 422 : 200);
}

}  // namespace convoke::web
