#include "service/feeds.hpp"

#include "calendar/feed.hpp"
#include "calendar/feed_words.hpp"
#include "db/store.hpp"

#include <libdeflate.h>

#include <algorithm>
#include <stdexcept>

namespace convoke::service {
namespace {

constexpr Instant far_future = Instant::max();

// The organisation whose name the feed bears: the one asked for, or the only one. Null when it is several's.
const Organisation* publisher(const Snapshot& snapshot, const calendar::FeedQuery& query) {
  if (query.organisations.size() == 1) return snapshot.find_organisation(query.organisations.front());
  return snapshot.organisations.size() == 1 ? &snapshot.organisations.front() : nullptr;
}

std::string address_of(const Settings& settings, const calendar::FeedQuery& query) {
  const std::string parameters = calendar::canonical(query);
  return settings.base_url + "/feeds/all.ics" + (parameters.empty() ? "" : "?" + parameters);
}

calendar::FeedHead head_of(const Snapshot& snapshot, const calendar::FeedQuery& query,
                           const Settings& settings, Language language) {
  calendar::FeedHead head;
  const auto* organisation = publisher(snapshot, query);
  head.name = organisation ? organisation->name : "Convoke";
  for (std::size_t i = 0; i < query.kinds.size(); ++i)
    head.name += (i == 0 ? " — " : ", ") + std::string(calendar::kind_label(query.kinds[i], language));
  for (const auto& name : query.responsible) head.name += " — " + name;
  head.description = head.name;
  head.url = settings.base_url + "/";
  head.source = address_of(settings, query);
  head.zone = organisation ? organisation->zone : settings.default_zone;
  head.language = language;
  return head;
}

// Last-Modified must not lie in the future (feeds.md rule 9). A moment of the change log that does (many
// changes in one second, a clock that was set back) is not shown until it has come.
void stamp(FeedBody& body, Instant modified, Instant now) {
  body.last_modified = std::min(modified, now);
  body.date_is_exact = modified <= now;
  if (!body.date_is_exact) body.valid_until = std::min(body.valid_until, modified);
}

bool is_shown(const Event& event, const FeedRequest& request, Instant now) {
  if (event.kind == EventKind::goal || !calendar::matches(request.query, event)) return false;
  if (request.only && !std::binary_search(request.only->begin(), request.only->end(), event.id)) return false;
  return event.status != EventStatus::cancelled || now < event.modified + cancelled_shown_for;
}

// One text for all that decides what a feed holds and how it is written.
std::string key_of(const FeedRequest& request) {
  std::string key = calendar::canonical(request.query);
  if (request.name.empty() && request.source.empty() && !request.only) return key;
  key += '\n' + request.name + '\n' + request.source + '\n';
  if (request.only)
    for (const auto id : *request.only) key += std::to_string(id.value) + ',';
  else
    key += '*';
  return key;
}

}  // namespace

std::string gzip(const std::string& bytes) {
  const std::unique_ptr<libdeflate_compressor, void (*)(libdeflate_compressor*)> compressor(
      libdeflate_alloc_compressor(6), libdeflate_free_compressor);
  if (!compressor) throw std::bad_alloc();
  std::string packed(libdeflate_gzip_compress_bound(compressor.get(), bytes.size()), '\0');
  const auto size =
      libdeflate_gzip_compress(compressor.get(), bytes.data(), bytes.size(), packed.data(), packed.size());
  if (size == 0) throw std::logic_error("gzip needs more than its bound");
  packed.resize(size);
  return packed;
}

std::shared_ptr<const FeedBody> Feeds::find(const std::string& key) const {
  const std::lock_guard lock(mutex_);
  const auto found = by_key_.find(key);
  if (found == by_key_.end()) return nullptr;
  bodies_.splice(bodies_.begin(), bodies_, found->second);
  return found->second->second;
}

void Feeds::keep(const std::string& key, std::shared_ptr<const FeedBody> body) {
  const std::lock_guard lock(mutex_);
  if (const auto found = by_key_.find(key); found != by_key_.end()) {
    bodies_.erase(found->second);
    by_key_.erase(found);
  }
  bodies_.emplace_front(key, std::move(body));
  by_key_[key] = bodies_.begin();
  if (bodies_.size() <= max_bodies) return;
  by_key_.erase(bodies_.back().first);
  bodies_.pop_back();
}

std::shared_ptr<const FeedBody> Feeds::if_current(const FeedRequest& request, FeedForm form) const {
  auto body = find(key_of(request));
  const bool current = body && (form == FeedForm::identity || body->gzip) && is_current(*body);
  return current ? body : nullptr;
}

bool Feeds::is_current(const FeedRecord& record) const {
  return record.change == context_.store.last_change() && context_.clock.now() < record.valid_until;
}

std::shared_ptr<const FeedRecord> Feeds::record_if_current(const FeedRequest& request) const {
  return if_current(request);
}

Deferred<std::shared_ptr<const FeedBody>> Feeds::body(FeedRequest request, FeedForm form) {
  using Shared = std::shared_ptr<const FeedBody>;
  if (auto body = if_current(request, form)) return Deferred<Shared>::ready(std::move(body));
  return Deferred<Shared>([this, request = std::move(request), form](Deferred<Shared>::Completion done) {
    snapshots_.current().start([this, request, form, done](Result<std::shared_ptr<const Snapshot>> snapshot) {
      if (snapshot) return done(make(**snapshot, request, form));
      done(snapshot.error());
    });
  });
}

Deferred<std::shared_ptr<const FeedRecord>> Feeds::record(FeedRequest request) {
  using Shared = std::shared_ptr<const FeedRecord>;
  return Deferred<Shared>([this, request = std::move(request)](Deferred<Shared>::Completion done) {
    body(request).start([done](Result<std::shared_ptr<const FeedBody>> made) {
      if (made) return done(Shared(*made));
      done(made.error());
    });
  });
}

Feeds::Fragments& Feeds::fragments_of(const calendar::FeedView& view) {
  const auto found =
      std::find_if(views_.begin(), views_.end(), [&](const auto& entry) { return entry.first == view; });
  if (found != views_.end()) {
    std::rotate(found, found + 1, views_.end());
  } else {
    if (views_.size() == max_views) views_.erase(views_.begin());
    views_.emplace_back(view, Fragments());
  }
  return views_.back().second;
}

std::shared_ptr<const FeedBody> Feeds::make(const Snapshot& snapshot, const FeedRequest& request,
                                            FeedForm form) {
  const auto& query = request.query;
  const Instant now = context_.clock.now();
  const auto* organisation = publisher(snapshot, query);
  const Language language = query.language.value_or(organisation ? organisation->language : Language::uk);
  const calendar::FeedView view{language, query.periods, query.alarms, context_.settings.base_url};
  auto body = std::make_shared<FeedBody>();
  body->change = snapshot.change;
  body->valid_until = far_future;
  stamp(*body, snapshot.modified, now);

  const std::lock_guard lock(rendering_);
  auto& rendered = fragments_of(view);
  std::vector<std::shared_ptr<const calendar::Fragment>> members;
  Instant modified{};
  for (const auto& event : snapshot.events) {
    if (!is_shown(*event, request, now)) continue;
    if (event->status == EventStatus::cancelled)
      body->valid_until = std::min(body->valid_until, event->modified + cancelled_shown_for);
    auto& entry = rendered[event->id];
    if (entry.event != event)
      entry = {event, std::make_shared<calendar::Fragment>(calendar::render_event(*event, view))};
    members.push_back(entry.fragment);
    modified = std::max(modified, event->modified);
  }
  auto head = head_of(snapshot, query, context_.settings, language);
  if (!request.name.empty()) head.name = head.description = request.name;
  if (!request.source.empty()) head.source = request.source;
  auto feed = calendar::assemble_feed(head, members, modified);
  const std::string key = key_of(request);
  if (const auto before = find(key); before && before->etag == feed.etag && before->date_is_exact) {
    body->last_modified = before->last_modified;
    body->date_is_exact = true;
  }
  body->etag = feed.etag;
  body->gzip_etag = feed.etag.substr(0, feed.etag.size() - 1) + "-gz\"";
  body->size = feed.body.size();
  if (form == FeedForm::gzip) {
    body->gzip = Rope(gzip(feed.body));
    body->gzip_size = body->gzip->size();
  }
  body->identity = Rope(std::move(feed.body));
  keep(key, body);
  return body;
}

}  // namespace convoke::service
