#include "web/handlers/twins.hpp"

#include "base/id.hpp"
#include "service/feed_entries.hpp"
#include "web/conditional.hpp"
#include "web/handlers/common.hpp"
#include "web/handlers/feeds.hpp"
#include "web/reply_head.hpp"
#include "web/twins/twin.hpp"

#include <algorithm>

namespace convoke::web {
namespace {

using boost::asio::awaitable;

constexpr std::size_t etag_digits = 32;

struct Form {
  const char* suffix;
  const char* content_type;
  std::string (*write)(const TwinView&);
};

constexpr Form json_form{".json", "application/feed+json", json_feed};
constexpr Form atom_form{".atom", "application/atom+xml; charset=utf-8", atom_feed};

// The newest moment at which what is shown became other: a change, or a cancelled event that was shown long
// enough.
Instant modified_at(const service::Snapshot& snapshot, const calendar::FeedQuery& query, Instant now) {
  Instant modified = snapshot.modified;
  for (const auto& event : snapshot.events) {
    if (event->status != EventStatus::cancelled) continue;
    const auto gone = event->modified + service::cancelled_shown_for;
    if (gone <= now && calendar::matches(query, *event)) modified = std::max(modified, gone);
  }
  return modified;
}

// The same rules as those of a calendar (feeds.md 1 to 9), of a document that is made when it is asked for.
Reply twin_reply(const Request& request, const Form& form, std::string body, Instant modified, Instant now,
                 const std::string& file_name) {
  const auto digest = sha256_hex(body).substr(0, etag_digits);
  const auto etag = '"' + digest + '"', gzip_etag = '"' + digest + "-gz\"";
  Validators validators;
  validators.etag = etag;
  validators.gzip_etag = gzip_etag;
  validators.last_modified = std::min(modified, now);
  validators.date_is_exact = modified <= now;
  const auto choice = choose(request, validators);
  const bool gzip = choice.coding == Coding::gzip;
  Reply reply;
  reply.status = choice.not_modified ? 304 : 200;
  reply.set("ETag", gzip ? gzip_etag : etag);
  reply.set("Last-Modified", format_http_date(validators.last_modified));
  reply.set("Cache-Control", "public, max-age=900");
  reply.set("Vary", "Accept-Encoding");
  reply.set("Access-Control-Allow-Origin", "*");
  reply.set("Cross-Origin-Resource-Policy", "cross-origin");
  if (choice.not_modified) return reply;
  reply.set("Content-Type", form.content_type);
  reply.set("Content-Disposition", "inline; filename=\"" + file_name + "\"");
  if (gzip) reply.set("Content-Encoding", "gzip");
  reply.body = std::make_shared<const std::string>(gzip ? service::gzip(body) : std::move(body));
  return reply;
}

awaitable<Reply> serve_twin(Services& services, Request request, Form form) {
  const auto query = public_feed_query(request.captures.at(0), request.query);
  if (!query) co_return error_reply(request, query.error());
  auto snapshot = co_await snapshot_of(services);
  if (!snapshot) co_return error_reply(request, snapshot.error());
  const auto now = services.context.clock.now();
  const auto& settings = services.context.settings;
  TwinView view{**snapshot, *query, settings, {}, Language::uk, Instant{}};
  view.language = service::feed_language(**snapshot, *query);
  view.entries = service::feed_entries(**snapshot, *query, settings, now, most_twin_entries);
  view.modified = modified_at(**snapshot, *query, now);
  co_return twin_reply(request, form, form.write(view), view.modified, now,
                       request.captures.at(0) + form.suffix);
}

}  // namespace

awaitable<Reply> serve_json_feed(Services& services, Request request) {
  return serve_twin(services, std::move(request), json_form);
}

awaitable<Reply> serve_atom_feed(Services& services, Request request) {
  return serve_twin(services, std::move(request), atom_form);
}

}  // namespace convoke::web
