#include "web/handlers/news.hpp"

#include "service/subscribers.hpp"
#include "web/await.hpp"
#include "web/csrf.hpp"
#include "web/handlers/common.hpp"
#include "web/handlers/forms.hpp"
#include "web/i18n.hpp"
#include "web/pages/news_page.hpp"
#include "web/pages/subscribe_page.hpp"

#include <utility>

namespace convoke::web {
namespace {

using boost::asio::awaitable;

awaitable<Reply> news_page(Services& services, Request request, NewsPage page, calendar::FeedQuery chosen) {
  const auto snapshot = co_await snapshot_of(services);
  if (!snapshot) co_return error_reply(request, snapshot.error());
  auto frame = frame_of(services, request, "/news");
  const auto names = cookie_names(services.context.settings.base_url);
  frame.csrf = form_token(request, names);
  page.groups = choices_of(**snapshot, chosen, frame.language);
  const bool wrong = page.state == NewsPage::State::bad_address || page.state == NewsPage::State::bad_filter;
  auto reply = private_page(request, frame, render_news(page, frame), wrong ? 422 : 200);
  remember_form_token(reply, request, names, frame.csrf);
  co_return reply;
}

// What was chosen in the form: every other field is a filter.
Pairs filters_in(const Request& request) {
  Pairs filters;
  for (const auto& [name, value] : request.form) {
    const bool own = name == "csrf" || name == "email" || name == "rhythm";
    if (!own && !value.empty()) filters.emplace_back(name, value);
  }
  return filters;
}

}  // namespace

awaitable<Reply> show_news(Services& services, Request request) {
  const auto chosen = parse_subscribe_query(request.query);
  auto query = chosen ? *chosen : calendar::FeedQuery();
  NewsPage page;
  page.words = query.text;
  co_return co_await news_page(services, std::move(request), std::move(page), std::move(query));
}

awaitable<Reply> ask_for_news(Services& services, Request request) {
  NewsPage page;
  page.email = field_of(request, "email");
  page.words = field_of(request, "q");
  page.daily = field_of(request, "rhythm") == "daily";
  const auto query = parse_subscribe_query(filters_in(request));
  if (!query) {
    page.state = NewsPage::State::bad_filter;
    co_return co_await news_page(services, std::move(request), std::move(page), calendar::FeedQuery());
  }
  service::NewSubscription wanted;
  wanted.email = page.email;
  wanted.language = language_of_reader(request);
  wanted.query = calendar::canonical(*query);
  wanted.rhythm = page.daily ? MailRhythm::daily : MailRhythm::weekly;
  auto deferred = service::subscribe(services.context, std::move(wanted));
  const auto asked = co_await await(std::move(deferred));
  if (!asked && asked.error().code != Errc::invalid_input) co_return error_reply(request, asked.error());
  page.state = asked ? NewsPage::State::taken : NewsPage::State::bad_address;
  if (asked) services.context.reminders_queued();
  co_return co_await news_page(services, std::move(request), std::move(page), *query);
}

awaitable<Reply> unsubscribe_now(Services& services, Request request) {
  auto deferred = service::unsubscribe_at_once(services.context, request.captures.at(0));
  const auto view = co_await await(std::move(deferred));
  if (!view) {
    if (auto refusal = refusal_of_wrong_secret(services, request)) co_return std::move(*refusal);
    co_return error_reply(request, view.error());
  }
  co_return Reply::text(
      200, view->of_person ? "Mails about your work now come once a week.\n" : "You are unsubscribed.\n");
}

}  // namespace convoke::web
