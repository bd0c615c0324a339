#include "web/handlers/twins.hpp"

#include "base/id.hpp"
#include "service/feed_entries.hpp"
#include "service/feed_members.hpp"
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

// The same rules as those of a calendar (feeds.md 1 to 9, 13), of a document that is made when it is asked
// for.
Reply document_reply(const Request& request, const Form& form, std::string body, const TwinView& view,
                     Instant now, Visibility visibility) {
  const auto digest = sha256_hex(body).substr(0, etag_digits);
  const auto etag = '"' + digest + '"', gzip_etag = '"' + digest + "-gz\"";
  Validators validators;
  validators.etag = etag;
  validators.gzip_etag = gzip_etag;
  validators.last_modified = std::min(view.modified, now);
  validators.date_is_exact = view.modified <= now;
  const auto choice = choose(request, validators);
  const bool gzip = choice.coding == Coding::gzip;
  const bool open = visibility == Visibility::open;
  Reply reply;
  reply.status = choice.not_modified ? 304 : 200;
  reply.set("ETag", gzip ? gzip_etag : etag);
  reply.set("Last-Modified", format_http_date(validators.last_modified));
  reply.set("Cache-Control", open ? "public, max-age=900" : "private, max-age=900");
  reply.set("Vary", "Accept-Encoding");
  if (open) {
    reply.set("Access-Control-Allow-Origin", "*");
    reply.set("Cross-Origin-Resource-Policy", "cross-origin");
  } else {
    reply.set("X-Robots-Tag", "noindex");
  }
  if (choice.not_modified) return reply;
  reply.set("Content-Type", form.content_type);
  if (gzip) reply.set("Content-Encoding", "gzip");
  reply.body = std::make_shared<const std::string>(gzip ? service::gzip(body) : std::move(body));
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
  auto snapshot = co_await snapshot_of(services);
  if (!snapshot) co_return error_reply(request, snapshot.error());
  const auto now = services.context.clock.now();
  const auto& settings = services.context.settings;
  const Form& written = form_of(form);
  TwinView view{**snapshot, feed.query, settings, {}, Language::uk, Instant{}};
  view.language = service::feed_language(**snapshot, feed.query);
  view.entries = entries_of(**snapshot, feed, settings, now);
  view.modified = std::max((*snapshot)->modified, service::last_leaving((*snapshot)->events, feed, now));
  if (visibility == Visibility::personal) {
    view.title = feed.name;
    view.address = with_suffix(feed.source, written.suffix);
    view.page = settings.base_url + "/calendars";
  }
  auto reply = document_reply(request, written, written.write(view), view, now, visibility);
  if (reply.status == 200)
    reply.set("Content-Disposition", "inline; filename=\"" + name + written.suffix + "\"");
  co_return reply;
}

awaitable<Reply> serve_json_feed(Services& services, Request request) {
  return serve_twin(services, std::move(request), TwinForm::json);
}

awaitable<Reply> serve_atom_feed(Services& services, Request request) {
  return serve_twin(services, std::move(request), TwinForm::atom);
}

}  // namespace convoke::web
