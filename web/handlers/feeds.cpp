#include "web/handlers/feeds.hpp"

#include "web/await.hpp"
#include "web/handlers/common.hpp"
#include "web/standing.hpp"

namespace convoke::web {
namespace {

using boost::asio::awaitable;

constexpr std::string_view all_events = "all";

}  // namespace

Result<calendar::FeedQuery> public_feed_query(const std::string& name, const Pairs& pairs) {
  auto query = calendar::parse_feed_query(pairs);
  if (!query || name == all_events) return query;
  const auto kind = event_kind_of(name);
  if (!kind || *kind == EventKind::goal)
    return Error(Errc::not_found, "there is no feed of this name; /feeds/all.ics has everything");
  if (!query->kinds.empty() && query->kinds != std::vector<EventKind>{*kind})
    return Error(Errc::invalid_input, "this address is of one kind already; leave 'kind' out");
  query->kinds = {*kind};
  return query;
}

std::shared_ptr<const Standing> standing_while_current(const service::Feeds& feeds,
                                                       const service::FeedRecord& record) {
  auto standing = std::make_shared<Standing>();
  standing->etag = record.etag;
  standing->gzip_etag = record.gzip_etag;
  standing->last_modified = record.last_modified;
  standing->date_is_exact = record.date_is_exact;
  // A copy of what is known: its bytes live as long as the feeds keep them.
  standing->stands = [&feeds, copy = service::FeedRecord(record)](Instant) { return feeds.is_current(copy); };
  return standing;
}

awaitable<Reply> calendar_reply(Services& services, Request request, service::FeedRequest feed,
                                Visibility visibility, std::string file_name) {
  const auto form = form_for(request);
  // Nothing changed since the last reader: no database is asked.
  const auto kept = services.feeds.if_current(feed, form);
  if (kept) {
    auto reply = feed_reply(request, kept, visibility, file_name);
    if (visibility == Visibility::open) reply.standing = standing_while_current(services.feeds, *kept);
    co_return reply;
  }
  // One who has a copy, or wants no bytes, is often told without making any.
  const auto known = services.feeds.record_if_current(feed);
  if (known) {
    auto reply = feed_reply(request, *known, visibility, file_name);
    if (reply && visibility == Visibility::open)
      reply->standing = standing_while_current(services.feeds, *known);
    if (reply) co_return std::move(*reply);
  }
  if (!known && (request.method == Method::head || !request.header("if-none-match").empty())) {
    auto deferred = services.feeds.record(feed);
    const auto record = co_await await(std::move(deferred));
    if (!record) co_return error_reply(request, record.error());
    auto reply = feed_reply(request, **record, visibility, file_name);
    if (reply) co_return std::move(*reply);
  }
  auto deferred = services.feeds.body(std::move(feed), form);
  const auto body = co_await await(std::move(deferred));
  if (!body) co_return error_reply(request, body.error());
  co_return feed_reply(request, *body, visibility, file_name);
}

awaitable<Reply> serve_feed(Services& services, Request request) {
  const auto query = public_feed_query(request.captures.at(0), request.query);
  if (!query) co_return error_reply(request, query.error());
  auto file_name = request.captures.at(0) + ".ics";
  service::FeedRequest feed(*query);
  auto reply =
      calendar_reply(services, std::move(request), std::move(feed), Visibility::open, std::move(file_name));
  co_return co_await std::move(reply);
}

}  // namespace convoke::web
