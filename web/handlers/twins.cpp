#include "web/handlers/twins.hpp"

#include "base/id.hpp"
#include "service/feed_entries.hpp"
#include "service/feed_members.hpp"
#include "web/await.hpp"
#include "web/conditional.hpp"
#include "web/handlers/common.hpp"
#include "web/handlers/feeds.hpp"
#include "web/reply_head.hpp"
#include "web/standing.hpp"
#include "web/twins/twin.hpp"
#include "web/twins/twin_cache.hpp"

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

const Form& form_of(TwinForm form) {
  return form == TwinForm::json ? json_form : atom_form;
}

std::vector<service::FeedEntry> entries_of(const service::Snapshot& snapshot,
                                           const service::FeedRequest& feed,
                                           const service::Settings& settings, Instant now) {
  if (!feed.only) return service::feed_entries(snapshot, feed.query, settings, now, most_twin_entries);
  auto entries = service::feed_entries(snapshot, feed.query, settings, now, snapshot.events.size());
  std::erase_if(entries,
                [&](const service::FeedEntry& entry) { return !service::belongs(*entry.event, feed); });
  if (entries.size() > most_twin_entries)
    entries.erase(entries.begin(), entries.end() - static_cast<std::ptrdiff_t>(most_twin_entries));
  return entries;
}

// "…/feeds/p/<token>.ics" as the address of another form.
std::string with_suffix(std::string address, std::string_view suffix) {
  if (address.ends_with(".ics")) address.replace(address.size() - 4, 4, suffix);
  return address;
}

using SharedTwin = std::shared_ptr<const MadeTwin>;

// What decides a document: the calendar, the form, and whose it is, for that says how it is headed.
std::string key_of(const service::FeedRequest& feed, const Form& form, Visibility visibility) {
  return form.suffix + std::string(visibility == Visibility::open ? "\n" : "\r") + service::key_of(feed);
}

SharedTwin make_twin(const Services& services, const service::Snapshot& snapshot,
                     const service::FeedRequest& feed, const Form& form, Visibility visibility) {
  const auto now = services.context.clock.now();
  const auto& settings = services.context.settings;
  TwinView view{snapshot, feed.query, settings, {}, Language::uk, Instant{}};
  view.language = service::feed_language(snapshot, feed.query);
  view.entries = entries_of(snapshot, feed, settings, now);
  view.modified = std::max(snapshot.modified, service::last_leaving(snapshot.events, feed, now));
  if (visibility == Visibility::personal) {
    view.title = feed.name;
    view.address = with_suffix(feed.source, form.suffix);
    view.page = settings.base_url + "/calendars";
  }
  const auto body = form.write(view);
  const auto digest = sha256_hex(body).substr(0, etag_digits);
  auto twin = std::make_shared<MadeTwin>();
  twin->etag = '"' + digest + '"';
  twin->gzip_etag = '"' + digest + "-gz\"";
  twin->gzip = Rope(service::gzip(body));
  twin->identity = Rope(body);
  twin->size = body.size();
  twin->gzip_size = twin->gzip.size();
  twin->last_modified = std::min(view.modified, now);
  twin->date_is_exact = view.modified <= now;
  twin->change = snapshot.change;
  twin->members_until = service::next_leaving(snapshot.events, feed, now);
  twin->valid_until =
      twin->date_is_exact ? twin->members_until : std::min(twin->members_until, view.modified);
  return twin;
}

// Made where long work is done if there is much to look at, on the thread that asks otherwise.
Deferred<SharedTwin> made_twin(Services& services, SharedSnapshot snapshot, service::FeedRequest feed,
                               const Form& form, Visibility visibility) {
  const bool is_long = service::candidates_for(snapshot->events, feed) > service::Feeds::most_events_at_once;
  const auto begin = [&services, &form, visibility, snapshot = std::move(snapshot), feed = std::move(feed)] {
    auto twin = make_twin(services, *snapshot, feed, form, visibility);
    services.twins->keep(key_of(feed, form, visibility), twin);
    return Deferred<SharedTwin>::ready(std::move(twin));
  };
  return is_long ? service::begun_elsewhere<SharedTwin>(services.context, begin) : begin();
}

// The same rules as those of a calendar (feeds.md 1 to 9, 13).
Reply document_reply(const Services& services, const Request& request, const Form& form,
                     const SharedTwin& twin, Visibility visibility, const std::string& name) {
  const bool open = visibility == Visibility::open;
  auto standing = standing_while_current(services.feeds, *twin);
  const auto choice = choose(request, standing->validators());
  const bool gzip = choice.coding == Coding::gzip;
  Reply reply;
  reply.status = choice.not_modified ? 304 : 200;
  reply.set("ETag", gzip ? twin->gzip_etag : twin->etag);
  reply.set("Last-Modified", format_http_date(twin->last_modified));
  reply.set("Cache-Control", open ? "public, max-age=900" : "private, max-age=900");
  reply.set("Vary", "Accept-Encoding");
  if (open) {
    reply.set("Access-Control-Allow-Origin", "*");
    reply.set("Cross-Origin-Resource-Policy", "cross-origin");
    reply.standing = std::move(standing);
  } else {
    reply.set("X-Robots-Tag", "noindex");
  }
  if (choice.not_modified) return reply;
  reply.set("Content-Type", form.content_type);
  reply.set("Content-Disposition", "inline; filename=\"" + name + form.suffix + "\"");
  if (gzip) reply.set("Content-Encoding", "gzip");
  // Keeps the whole document alive.
  reply.pieces = std::shared_ptr<const Rope>(twin, gzip ? &twin->gzip : &twin->identity);
  return reply;
}

awaitable<Reply> serve_twin(Services& services, Request request, TwinForm form) {
  const auto query = public_feed_query(request.captures.at(0), request.query);
  if (!query) co_return error_reply(request, query.error());
  std::string name = request.captures.at(0);
  service::FeedRequest feed(*query);
  auto reply =
      twin_reply(services, std::move(request), std::move(feed), form, Visibility::open, std::move(name));
  co_return co_await std::move(reply);
}

}  // namespace

awaitable<Reply> twin_reply(Services& services, Request request, service::FeedRequest feed, TwinForm form,
                            Visibility visibility, std::string name) {
  const Form& written = form_of(form);
  const auto kept = services.twins->find(key_of(feed, written, visibility));
  if (kept && services.feeds.is_current(*kept))
    co_return document_reply(services, request, written, kept, visibility, name);
  auto snapshot = co_await snapshot_of(services);
  if (!snapshot) co_return error_reply(request, snapshot.error());
  auto deferred = made_twin(services, *snapshot, std::move(feed), written, visibility);
  const auto twin = co_await await(std::move(deferred));
  if (!twin) co_return error_reply(request, twin.error());
  co_return document_reply(services, request, written, *twin, visibility, name);
}

awaitable<Reply> serve_json_feed(Services& services, Request request) {
  return serve_twin(services, std::move(request), TwinForm::json);
}

awaitable<Reply> serve_atom_feed(Services& services, Request request) {
  return serve_twin(services, std::move(request), TwinForm::atom);
}

}  // namespace convoke::web
