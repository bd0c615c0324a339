#include "service/source_refresher.hpp"

#include "base/log.hpp"
#include "db/store.hpp"

namespace convoke::service {
namespace {

Error not_now() {
  return {Errc::storage_unavailable, "too many calendars are being read just now; try again in a moment"};
}

}  // namespace

SourceRefresher::SourceRefresher(Context& context, Fetcher& fetcher, TellOrganisers tell)
    : context_(context), fetcher_(fetcher), tell_(std::move(tell)) {}

SourceRefresher::~SourceRefresher() {
  stop();
}

void SourceRefresher::start() {
  thread_ = std::thread([this] { run(); });
}

void SourceRefresher::stop() {
  std::deque<Wish> refused;
  {
    const std::lock_guard lock(mutex_);
    stop_ = true;
    refused.swap(wishes_);
  }
  fetcher_.interrupt();
  changed_.notify_all();
  for (auto& wish : refused) wish.done(not_now());
  if (thread_.joinable()) thread_.join();
}

void SourceRefresher::wake() {
  {
    const std::lock_guard lock(mutex_);
    awake_ = true;
  }
  changed_.notify_all();
}

Deferred<SourceReading> SourceRefresher::read_now(const Actor& actor, SourceId id) {
  using Answer = Deferred<SourceReading>;
  if (actor.role != Role::editor)
    return Answer::ready(
        Error{Errc::forbidden, "neighbours' calendars are the organisers' to add, read and remove"});
  return Answer([this, id](Answer::Completion done) {
    {
      const std::lock_guard lock(mutex_);
      if (!stop_ && wishes_.size() < most_wishes) {
        wishes_.push_back({id, std::move(done)});
        done = nullptr;
        awake_ = true;
      }
    }
    if (done) return done(not_now());
    changed_.notify_all();
  });
}

bool SourceRefresher::stopping() const {
  const std::lock_guard lock(mutex_);
  return stop_;
}

bool SourceRefresher::grant_wishes() {
  bool granted = false;
  while (true) {
    Wish wish;
    {
      const std::lock_guard lock(mutex_);
      if (wishes_.empty()) return granted;
      wish = std::move(wishes_.front());
      wishes_.pop_front();
    }
    wish.done(read_source(context_, fetcher_, tell_, wish.id));
    granted = true;
  }
}

int SourceRefresher::run_once() {
  grant_wishes();
  const Instant now = context_.clock.now();
  const auto due =
      context_.store.read([now](db::Unit& unit) { return unit.sources().due(now, batch); }).wait();
  if (!due) {
    log::warning("source.due", {{"error", name_of(due.error().code)}});
    return 0;
  }
  int done = 0;
  for (const auto& source : *due) {
    if (stopping()) break;
    const auto reading = read_source(context_, fetcher_, tell_, source.id);
    if (!reading && reading.error().code != Errc::not_found)
      break;  // the database: the next round tries again
    ++done;
    grant_wishes();
  }
  return done;
}

void SourceRefresher::run() {
  while (!stopping()) {
    try {
      if (run_once() == batch) continue;
    } catch (const std::exception& error) {
      log::error("source.refresher", {{"what", error.what()}});
    }
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, tick, [this] { return stop_ || awake_; });
    awake_ = false;
  }
}

}  // namespace convoke::service
