#include "web/handlers/subscribe.hpp"

#include "base/id.hpp"
#include "service/feed_entries.hpp"
#include "web/conditional.hpp"
#include "web/handlers/common.hpp"
#include "web/i18n.hpp"
#include "web/pages/embed_page.hpp"
#include "web/pages/feed_choice.hpp"
#include "web/pages/links.hpp"
#include "web/pages/poster_page.hpp"
#include "web/pages/subscribe_page.hpp"
#include "web/qr.hpp"

namespace convoke::web {
namespace {

using boost::asio::awaitable;

// Anybody's page may hold it; it holds and sends nothing itself.
constexpr const char* embed_policy =
    "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors *";
constexpr std::size_t etag_digits = 32;

// What is the same for every reader, whatever their language and whoever they are.
Reply open_reply(const Request& request, std::string body, std::string_view content_type) {
  const auto etag = '"' + sha256_hex(body).substr(0, etag_digits) + '"';
  Validators validators;
  validators.etag = etag;
  validators.date_is_exact = false;
  Reply reply;
  if (choose(request, validators).not_modified)
    reply.status = 304;
  else
    reply = Reply::text(200, std::move(body), content_type);
  reply.set("ETag", etag);
  reply.set("Cache-Control", "public, max-age=900");
  reply.set("Access-Control-Allow-Origin", "*");
  reply.set("Cross-Origin-Resource-Policy", "cross-origin");
  return reply;
}

// Nothing to keep, and no "not modified" for a mistake.
Reply mistake_reply(const Request& request, const Frame& frame, std::string html) {
  auto reply = Reply::html(std::move(html), 400);
  set_language_headers(reply, request, frame.language);
  reply.set("Cache-Control", "no-store");
  return reply;
}

struct Embedded {
  EmbedQuery query;
  Frame frame;
  SharedSnapshot snapshot;
  std::vector<service::FeedEntry> entries;
};

awaitable<Result<Embedded>> embedded_for(Services& services, const Request& request) {
  const auto query = parse_embed_query(request.query);
  if (!query) co_return query.error();
  auto snapshot = co_await snapshot_of(services);
  if (!snapshot) co_return snapshot.error();
  Embedded embedded;
  embedded.query = *query;
  embedded.snapshot = *snapshot;
  const auto& settings = services.context.settings;
  embedded.frame.language = service::feed_language(**snapshot, query->filter);
  embedded.frame.base_url = settings.base_url;
  embedded.entries = service::coming(**snapshot, query->filter, settings, services.context.clock.now(),
                                     today(services), query->count);
  co_return embedded;
}

}  // namespace

awaitable<Reply> show_subscribe(Services& services, Request request) {
  const auto query = parse_subscribe_query(request.query);
  auto snapshot = co_await snapshot_of(services);
  if (!snapshot) co_return error_reply(request, snapshot.error());
  SubscribeView view;
  view.snapshot = *snapshot;
  view.settings = services.context.settings;
  view.now = services.context.clock.now();
  view.today = today(services);
  if (query) view.query = shortest(*query, **snapshot);
  const auto frame = frame_of(services, request, subscribe_path(view.query));
  if (!query) view.problem = problem_in_words(request.query, query.error(), frame.language);
  auto html = render_subscribe(view, frame);
  auto reply =
      query ? page_reply(request, frame, std::move(html)) : mistake_reply(request, frame, std::move(html));
  co_return with_fetching(std::move(reply));
}

awaitable<Reply> show_poster(Services& services, Request request) {
  const auto query = parse_subscribe_query(request.query);
  if (!query) co_return error_reply(request, query.error());
  auto snapshot = co_await snapshot_of(services);
  if (!snapshot) co_return error_reply(request, snapshot.error());
  const auto shown = shortest(*query, **snapshot);
  const auto frame = frame_of(services, request, subscribe_path(shown, "poster"));
  auto poster = render_poster(**snapshot, shown, frame);
  if (!poster) co_return error_reply(request, poster.error());
  co_return page_reply(request, frame, std::move(*poster));
}

awaitable<Reply> show_subscribe_code(Services& services, Request request) {
  const auto query = parse_subscribe_query(request.query);
  if (!query) co_return error_reply(request, query.error());
  const auto address = page_address(*query, services.context.settings.base_url);
  auto code = qr_svg(address, address);
  if (!code) co_return error_reply(request, code.error());
  co_return open_reply(request, std::move(*code), "image/svg+xml");
}

awaitable<Reply> show_embed(Services& services, Request request) {
  const auto embedded = co_await embedded_for(services, request);
  if (!embedded) co_return error_reply(request, embedded.error());
  auto html = render_embed(embedded->entries, embedded->query.filter, *embedded->snapshot, embedded->frame);
  auto reply = open_reply(request, std::move(html), "text/html; charset=utf-8");
  reply.set("Content-Security-Policy", embed_policy);
  reply.set("Content-Language", std::string(tag_of(embedded->frame.language)));
  co_return reply;
}

awaitable<Reply> show_embed_json(Services& services, Request request) {
  const auto embedded = co_await embedded_for(services, request);
  if (!embedded) co_return error_reply(request, embedded.error());
  auto list = embed_json(embedded->entries, embedded->query.filter, *embedded->snapshot, embedded->frame);
  co_return open_reply(request, std::move(list), "application/ld+json");
}

}  // namespace convoke::web
