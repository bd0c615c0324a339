#include "service/feeds.hpp"

#include "base/log.hpp"
#include "calendar/feed.hpp"
#include "db/store.hpp"
#include "service/feed_members.hpp"

#include <algorithm>
#include <exception>
#include <tuple>

namespace convoke::service {
namespace {

// The newest visible change, or that a cancelled event has left since. Last-Modified must not lie in the
// future (feeds.md rule 9): a moment of the change log that does (many changes in one second, a clock that
// was set back) is not shown until it has come. A body that is the same as before keeps the date it had.
void stamp(FeedRecord& record, const FeedRecord* before, const Snapshot& snapshot, Instant now) {
  record.change = snapshot.change;
  record.valid_until = record.members_until;
  if (before && before->etag == record.etag && before->date_is_exact) {
    record.last_modified = before->last_modified;
    record.date_is_exact = true;
    return;
  }
  const Instant modified = std::max(snapshot.modified, record.left);
  record.last_modified = std::min(modified, now);
  record.date_is_exact = modified <= now;
  if (!record.date_is_exact) record.valid_until = std::min(record.valid_until, modified);
}

// What follows from the pieces.
void describe(MadeFeed& feed) {
  feed.etag = feed.parts.etag;
  feed.gzip_etag = feed.etag.substr(0, feed.etag.size() - 1) + "-gz\"";
  feed.identity = feed.parts.rope();
  feed.size = feed.identity.size();
  feed.members_until = feed.leaving.empty() ? Instant::max() : feed.leaving.front().at;
}

void sort_by_time(std::vector<Leaving>& leaving) {
  std::sort(leaving.begin(), leaving.end(), [](const Leaving& a, const Leaving& b) {
    return std::tie(a.at, a.event->id) < std::tie(b.at, b.event->id);
  });
}

// The members with their texts. Of two events whose UIDs are written alike the later changed one stays;
// `repeats` says whether UIDs were written otherwise than they are, so that there may be such.
std::vector<calendar::MemberText> texts_of(const std::vector<SharedEvent>& events,
                                           const std::vector<calendar::RenderedEvent>& rendered,
                                           bool& repeats) {
  std::vector<calendar::MemberText> texts;
  texts.reserve(events.size());
  for (std::size_t i = 0; i < events.size(); ++i) {
    const auto& [member, text] = rendered[i];
    if (!member) continue;
    repeats = repeats || member->uid != events[i]->uid;
    texts.push_back({member, *text});
  }
  if (!repeats) return texts;
  std::sort(texts.begin(), texts.end(), [](const auto& a, const auto& b) {
    return std::tie(a.member->uid, b.member->modified, b.text) <
           std::tie(b.member->uid, a.member->modified, a.text);
  });
  texts.erase(std::unique(texts.begin(), texts.end(),
                          [](const auto& a, const auto& b) { return a.member->uid == b.member->uid; }),
              texts.end());
  return texts;
}

}  // namespace

bool Feeds::is_current(const FeedRecord& record) const {
  return record.change == context_.store.last_change() && context_.clock.now() < record.valid_until;
}

std::shared_ptr<const FeedBody> Feeds::if_current(const FeedRequest& request, FeedForm form) const {
  auto kept = cache_.find(key_of(request));
  const bool there = kept.feed && (form == FeedForm::identity || kept.feed->gzip);
  return there && is_current(*kept.feed) ? kept.feed : nullptr;
}

std::shared_ptr<const FeedRecord> Feeds::record_if_current(const FeedRequest& request) const {
  auto kept = cache_.find(key_of(request));
  return kept.record && is_current(*kept.record) ? kept.record : nullptr;
}

Deferred<std::shared_ptr<const FeedBody>> Feeds::body(FeedRequest request, FeedForm form) {
  if (auto body = if_current(request, form)) return Deferred<SharedBody>::ready(std::move(body));
  return Deferred<SharedBody>([this, request = std::move(request), form](Completion done) mutable {
    auto task = std::make_shared<Task>();
    task->key = key_of(request);
    task->request = std::move(request);
    task->form = form;
    snapshots_.current().start([this, task, done = std::move(done)](const Result<SharedSnapshot>& snapshot) {
      if (!snapshot) return done(snapshot.error());
      task->snapshot = *snapshot;
      produce(task, done);
    });
  });
}

Deferred<std::shared_ptr<const FeedRecord>> Feeds::record(FeedRequest request) {
  using Shared = std::shared_ptr<const FeedRecord>;
  if (auto record = record_if_current(request)) return Deferred<Shared>::ready(std::move(record));
  return Deferred<Shared>([this, request = std::move(request)](Deferred<Shared>::Completion done) {
    snapshots_.current().start([this, request, done](const Result<SharedSnapshot>& snapshot) {
      if (!snapshot) return done(snapshot.error());
      if (auto record = record_without_bytes(key_of(request), request, **snapshot)) return done(*record);
      body(request).start([done](const Result<SharedBody>& made) {
        if (made) return done(Shared(*made));
        done(made.error());
      });
    });
  });
}

// What was known goes on being right when nothing that changed since belongs to the feed.
std::optional<std::shared_ptr<const FeedRecord>> Feeds::record_without_bytes(const std::string& key,
                                                                             const FeedRequest& request,
                                                                             const Snapshot& snapshot) {
  const auto kept = cache_.find(key);
  const Instant now = context_.clock.now();
  if (!kept.record || kept.feed || snapshot.organisations_change > kept.record->change ||
      now >= kept.record->members_until)
    return std::nullopt;
  const auto steps = snapshots_.difference(kept.record->change, snapshot.change);
  if (!steps) return std::nullopt;
  const auto touches = [&](const SharedEvent& event) { return event && belongs(*event, request); };
  for (const auto& step : *steps)
    if (touches(step.before) || touches(step.after)) return std::nullopt;
  auto record = std::make_shared<FeedRecord>(*kept.record);
  stamp(*record, kept.record.get(), snapshot, now);
  cache_.keep_record(key, record);
  return record;
}

bool Feeds::is_long(const Task& task) {
  const auto kept = cache_.find(task.key);
  if (!kept.feed || !snapshots_.difference(kept.feed->change, task.snapshot->change))
    return candidates_for(task.snapshot->events, task.request) > most_events_at_once;
  return task.form == FeedForm::gzip && !kept.feed->gzip &&
         bytes_to_compress(kept.feed->parts) > most_bytes_at_once;
}

// Answers all who wait for one body. Work that is refused or dropped answers too, by going away.
class Feeds::Answer {
 public:
  Answer(Feeds& feeds, std::string name) : feeds_(feeds), name_(std::move(name)) {}
  ~Answer() { give(Error(Errc::storage_unavailable, "much is being done just now; try again in a moment")); }
  Answer(const Answer&) = delete;
  Answer& operator=(const Answer&) = delete;

  void give(const Result<SharedBody>& made) {
    if (given_) return;
    given_ = true;
    std::vector<Completion> waiting;
    {
      const std::lock_guard lock(feeds_.mutex_);
      const auto found = feeds_.in_hand_.find(name_);
      waiting.swap(found->second);
      feeds_.in_hand_.erase(found);
    }
    for (const auto& one : waiting) one(made);
  }

 private:
  Feeds& feeds_;
  std::string name_;
  bool given_ = false;
};

// Makes the body, once for all who ask for it meanwhile.
void Feeds::produce(const std::shared_ptr<const Task>& task, Completion done) {
  std::string name =
      task->key + '\n' + std::to_string(task->snapshot->change) + (task->form == FeedForm::gzip ? "z" : "");
  {
    const std::lock_guard lock(mutex_);
    auto& waiting = in_hand_[name];
    waiting.push_back(std::move(done));
    if (waiting.size() > 1) return;
  }
  const auto work = [this, task, answer = std::make_shared<Answer>(*this, std::move(name))] {
    try {
      answer->give(make(*task));
    } catch (const std::exception& failure) {
      log::error("feed.failed", {{"what", failure.what()}});
      answer->give(Error(Errc::storage_unavailable, "the calendar could not be made"));
    }
  };
  if (is_long(*task))
    context_.run_long_work(work);
  else
    work();
}

Feeds::SharedBody Feeds::make(const Task& task) {
  const Instant now = context_.clock.now();
  const auto kept = cache_.find(task.key);
  Made feed;
  if (kept.feed) feed = brought_up_to_date(task, *kept.feed, now);
  if (!feed) feed = made_afresh(task, now);
  stamp(*feed, kept.record.get(), *task.snapshot, now);
  if (task.form == FeedForm::gzip && !feed->gzip) {
    feed->gzip = gzip(feed->parts);
    feed->gzip_size = feed->gzip->size();
  }
  cache_.keep(task.key, feed);
  return feed;
}

Feeds::Made Feeds::made_afresh(const Task& task, Instant now) {
  auto feed = std::make_shared<MadeFeed>();
  feed->view = view_of(*task.snapshot, task.request, context_.settings);
  const auto events = members_of(task.snapshot->events, task.request, now);
  for (const auto& event : events)
    if (event->status == EventStatus::cancelled) feed->leaving.push_back({leaving_at(*event), event});
  sort_by_time(feed->leaving);
  feed->left = last_leaving(task.snapshot->events, task.request, now);
  const auto context_of = [&](const Event& event) { return task.snapshot->context_of(event); };
  const auto rendered = fragments_.rendered(feed->view, events, context_of);
  auto chunks = calendar::make_chunks(texts_of(events, rendered, feed->stands_alone));
  feed->parts =
      calendar::join_feed(head_of(*task.snapshot, task.request, context_.settings), std::move(chunks));
  describe(*feed);
  return feed;
}

// The same by the difference; null when that is not known, or concerns more than events.
Feeds::Made Feeds::brought_up_to_date(const Task& task, const MadeFeed& before, Instant now) {
  const auto& snapshot = *task.snapshot;
  if (before.stands_alone || view_of(snapshot, task.request, context_.settings) != before.view)
    return nullptr;
  const auto steps = snapshots_.difference(before.change, snapshot.change);
  if (!steps) return nullptr;
  std::vector<SharedEvent> gone, come;
  for (const auto& [was, is] : *steps) {
    if (was && belongs(*was, task.request)) gone.push_back(was);
    if (is && belongs(*is, task.request) && now < leaving_at(*is)) come.push_back(is);
  }
  for (const auto& [at, event] : before.leaving)
    if (at <= now) gone.push_back(event);

  auto feed = std::make_shared<MadeFeed>(before);
  const bool same_head = snapshot.organisations_change <= before.change;
  for (const auto& [at, event] : before.leaving)
    if (at <= now) feed->left = std::max(feed->left, at);
  if (gone.empty() && come.empty() && same_head) return feed;
  std::erase_if(feed->leaving, [&](const Leaving& one) {
    return std::any_of(gone.begin(), gone.end(),
                       [&](const auto& event) { return event->id == one.event->id; });
  });
  for (const auto& event : come)
    if (event->status == EventStatus::cancelled) feed->leaving.push_back({leaving_at(*event), event});
  sort_by_time(feed->leaving);

  std::vector<std::shared_ptr<const calendar::FeedMember>> leave;
  const auto context_of = [&](const Event& event) { return snapshot.context_of(event); };
  for (const auto& rendered : fragments_.rendered(before.view, gone, context_of))
    if (rendered.member) leave.push_back(rendered.member);
  const auto rendered = fragments_.rendered(before.view, come, context_of);
  bool repeats = false;
  auto enter = texts_of(come, rendered, repeats);
  if (repeats) return nullptr;
  auto chunks = calendar::changed_chunks(before.parts.chunks, std::move(leave), std::move(enter));
  feed->parts = calendar::join_feed(head_of(snapshot, task.request, context_.settings), std::move(chunks));
  feed->gzip.reset();
  feed->gzip_size.reset();
  describe(*feed);
  return feed;
}

}  // namespace convoke::service
