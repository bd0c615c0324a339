#include "web/handlers/feeds.hpp"

#include "web/await.hpp"
#include "web/conditional.hpp"
#include "web/feed_reply.hpp"
#include "web/handlers/common.hpp"

namespace convoke::web {
namespace {

using boost::asio::awaitable;

constexpr std::string_view all_events = "all";

// What "/feeds/meeting.ics?responsible=…" asks for. Errors: not_found for an unknown name, invalid_input for
// an unknown key or value, and for a kind given twice that leaves nothing.
Result<calendar::FeedQuery> feed_query(const std::string& name, const Pairs& pairs) {
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

}  // namespace

awaitable<Reply> serve_feed(Services& services, Request request) {
  const auto query = feed_query(request.captures.at(0), request.query);
  if (!query) co_return error_reply(request, query.error());
  const auto file_name = request.captures.at(0) + ".ics";
  // Nothing changed since the last reader: no database is asked.
  const auto form = choose_coding(request.header("accept-encoding")) == Coding::gzip
                        ? service::FeedForm::gzip
                        : service::FeedForm::identity;
  const auto kept = services.feeds.if_current(*query, form);
  if (kept) co_return feed_reply(request, *kept, Visibility::open, file_name);
  auto deferred = services.feeds.body(*query, form);
  const auto body = co_await await(std::move(deferred));
  if (!body) co_return error_reply(request, body.error());
  co_return feed_reply(request, **body, Visibility::open, file_name);
}

}  // namespace convoke::web
