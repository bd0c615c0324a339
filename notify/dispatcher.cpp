#include "notify/dispatcher.hpp"

#include "base/id.hpp"
#include "base/log.hpp"
#include "notify/abandoned.hpp"
#include "notify/retry.hpp"
#include "notify/spreading.hpp"

#include <algorithm>
#include <exception>
#include <iterator>
#include <utility>

namespace convoke::notify {
namespace {

using std::chrono::steady_clock;

// How often it is looked whether somebody has entered the address that a reminder waits for.
constexpr std::chrono::hours ask_for_address_again{1};
constexpr std::chrono::hours forget_every{24};

db::Author system_author(Instant at) {
  return {"system", at};
}

std::unique_ptr<HandOvers> opened(const std::string& path) {
  auto file = HandOvers::open(path);
  if (!file) throw db::StorageError(db::StorageError::Kind::broken, file.error().message);
  return std::move(*file);
}

}  // namespace

Dispatcher::Dispatcher(db::Store& store, const Clock& clock, std::vector<Channel*> channels,
                       DispatcherSettings settings, MailSettings mail)
    : store_(store),
      clock_(clock),
      settings_(std::move(settings)),
      mail_(std::move(mail)),
      boot_id_(random_token(12)),
      hand_overs_(opened(settings_.hand_overs)),
      lanes_(channels.size()),
      outcomes_(store, clock, *hand_overs_, mutex_, changed_),
      pace_(settings_.mails_a_minute),
      relay_(boot_id_, settings_.claims == db::Claims::mails) {
  for (std::size_t i = 0; i < channels.size(); ++i) {
    lanes_[i].channel = channels[i];
    // Before the last bytes leave: what is not noted then may come twice without anybody knowing why.
    lanes_[i].channel->before_end([this, lane = &lanes_[i]] { hand_overs_->end_leaves(lane->slot); });
  }
}

Dispatcher::~Dispatcher() {
  stop();
}

void Dispatcher::start() {
  take_back_abandoned();
  thread_ = std::thread([this] { run(); });
  for (auto& lane : lanes_) lane.thread = std::thread([this, &lane] { work(lane); });
}

void Dispatcher::stop() {
  std::vector<Reminder> unsent;
  {
    std::unique_lock lock(mutex_);
    stop_ = true;
    changed_.notify_all();
    if (thread_.joinable() && !changed_.wait_for(lock, settings_.drain, [this] { return in_hand_ == 0; }))
      for (auto& lane : lanes_) lane.channel->interrupt();
  }
  if (thread_.joinable()) thread_.join();
  for (auto& lane : lanes_)
    if (lane.thread.joinable()) lane.thread.join();
  {
    const std::lock_guard lock(mutex_);
    for (auto& job : jobs_) unsent.push_back(std::move(job.row));
    jobs_.clear();
  }
  for (const auto& row : unsent) give_back(row);
  outcomes_.store_gathered();
  std::unique_lock lock(mutex_);
  changed_.wait(
      lock, [this] { return outcomes_.on_their_way() == 0; });  // the store ends each, one way or the other
}

void Dispatcher::wake() {
  const std::lock_guard lock(mutex_);
  if (awake_) return;  // and has not looked since
  awake_ = true;
  changed_.notify_all();
}

bool Dispatcher::stopping() const {
  const std::lock_guard lock(mutex_);
  return stop_;
}

void Dispatcher::run() {
  std::unique_lock lock(mutex_);
  while (!stop_) {
    awake_ = false;
    ++in_hand_;
    lock.unlock();
    auto wait = settings_.tick;
    try {
      wait = round(steady_clock::now());
    } catch (const std::exception& failure) {
      log::error("reminders_round_failed", {{"why", without_addresses(failure.what())}});
    }
    lock.lock();
    --in_hand_;
    changed_.notify_all();
    wait_for_round(lock, wait);
  }
}

// The next batch is fetched while the last mails of this one are on their way. Meanwhile sees to it that no
// outcome waits too long for others.
void Dispatcher::wait_for_round(std::unique_lock<std::mutex>& lock, std::chrono::seconds wait) {
  const auto few = static_cast<std::size_t>(settings_.batch) / 2;
  const bool more = wait.count() == 0;
  const auto until = steady_clock::now() + (more ? settings_.tick : wait);
  while (!stop_ && !awake_ && !(more && jobs_.size() <= few)) {
    const auto gathered = outcomes_.gathered_by();
    changed_.wait_until(lock, gathered ? std::min(until, *gathered) : until);
    const auto now = steady_clock::now();
    if (now >= until) return;
    if (!gathered || now < *gathered) continue;
    lock.unlock();
    outcomes_.store_gathered(now);
    lock.lock();
  }
}

std::chrono::seconds Dispatcher::round(SteadyTime now) {
  switch (clock_watch_.note(clock_.now(), now)) {
    case ClockWatch::Finding::jumped:
      log::error("clock_jumped_ahead", {{"mails_wait_minutes", ClockWatch::pause / std::chrono::minutes{1}}});
      break;
    case ClockWatch::Finding::came_back:
      log::warning("clock_came_back");
      break;
    case ClockWatch::Finding::steady:
      break;
  }
  if (clock_watch_.holds(now)) return settings_.tick;
  return fill() > 0 ? std::chrono::seconds{0} : pause();
}

// Until the next row is due, but never longer than a tick: the wall clock may be set meanwhile.
std::chrono::seconds Dispatcher::pause() {
  constexpr std::chrono::seconds shortest{1}, when_retrying{5};
  const Instant now = clock_.now();
  const auto at_most_a_tick = [&](std::chrono::seconds wait) {
    return std::min(std::max(wait, shortest), settings_.tick);
  };
  if (holding(now)) {
    const std::lock_guard lock(mutex_);
    return at_most_a_tick(relay_.held_until() - now);
  }
  const auto next =
      store_.read([claims = settings_.claims](db::Unit& unit) { return unit.reminders().next_due(claims); })
          .wait();
  if (!next || !*next) return settings_.tick;
  // Due and yet not claimed: the database could not be written.
  return at_most_a_tick(**next > now ? **next - now : when_retrying);
}

// False when the database could not be written: then nothing may be claimed, for the file of hand-overs is
// still the other's.
bool Dispatcher::take_back_abandoned() {
  if (abandoned_taken_) return true;
  const Instant now = clock_.now();
  Abandoned which{settings_.claims, std::nullopt};
  if (!settings_.alone) which.respected_until = now + settings_.lease;
  const auto work = [this, now, which](db::Unit& unit) {
    return take_back(unit, which, *hand_overs_, mail_, now);
  };
  const auto taken = store_.write(system_author(now), work).wait();
  if (!taken) {
    log::warning("reminders_take_back_failed", {{"why", taken.error().message}});
    return false;
  }
  if (*taken > 0) log::info("reminders_taken_back", {{"count", *taken}});
  hand_overs_->take_over(boot_id_);
  abandoned_taken_ = true;
  return true;
}

void Dispatcher::forget_old(Instant now) {
  if (last_forgetting_ && *last_forgetting_ <= now && now - *last_forgetting_ < forget_every) return;
  last_forgetting_ = now;
  const auto work = [now](db::Unit& unit) { return unit.mail_log().forget_before(now - copies_kept); };
  const auto forgotten = store_.write(system_author(now), work).wait();
  if (forgotten && *forgotten > 0) log::info("mail_copies_forgotten", {{"count", *forgotten}});
}

std::optional<std::vector<Reminder>> Dispatcher::claim() {
  const Instant now = clock_.now();
  // No more than what leaves within a few seconds, lest the queue stand claimed behind a slow pace.
  constexpr int rounds_a_minute = 12;
  int batch = settings_.batch;
  if (settings_.mails_a_minute > 0)
    batch = std::clamp(settings_.mails_a_minute / rounds_a_minute, 1, settings_.batch);
  const auto work = [now, until = now + settings_.lease, boot = boot_id_, batch,
                     claims = settings_.claims](db::Unit& unit) {
    return unit.reminders().claim_due(now, until, boot, batch, claims);
  };
  auto rows = store_.write(system_author(now), work).wait();
  if (rows) return std::move(*rows);
  log::warning("reminders_not_claimed", {{"why", rows.error().message}});
  return std::nullopt;
}

// Claims a batch and decides about each row of it. Mails that are to be sent wait for their lane.
int Dispatcher::fill() {
  const Instant now = clock_.now();
  if (holding(now) || !outcomes_.store_leftovers() || !take_back_abandoned()) return 0;
  forget_old(now);
  if (settings_.upkeep) settings_.upkeep(now);
  const auto claimed = steady_clock::now();
  const auto rows = claim();
  if (!rows || rows->empty()) return 0;
  auto jobs = compose(*rows, claimed);
  if (!jobs) {  // the database is not to be read
    for (const auto& row : *rows) give_back(row);
    return 0;
  }
  act(std::move(*jobs));
  return static_cast<int>(rows->size());
}

// All in one read; rows that are ours no longer are left out. Nothing when the database cannot be read.
std::optional<std::vector<Dispatcher::Job>> Dispatcher::compose(const std::vector<Reminder>& rows,
                                                                SteadyTime claimed) {
  const auto change = store_.last_change();
  const auto work = [this, rows, claimed, change, now = clock_.now()](db::Unit& unit) {
    std::vector<Job> jobs;
    const auto shared = std::make_shared<SharedReading>();
    for (const auto& row : rows) {
      const auto current = unit.reminders().find(row.id);
      if (!current || current->state != ReminderState::claimed || current->claimed_by != row.claimed_by)
        continue;
      const auto compose = composer_of(row.reason);
      auto composition = compose == nullptr
                             ? Composition::dropped(ReminderState::failed, "no mail is made for this")
                             : compose(Composing{unit, row, mail_, now, shared});
      jobs.push_back({row, std::move(composition), claimed, steady_clock::now(), change});
    }
    return jobs;
  };
  auto jobs = store_.read(work).wait();
  if (jobs) return std::move(*jobs);
  log::warning("reminders_not_composed", {{"count", rows.size()}, {"why", jobs.error().message}});
  return std::nullopt;
}

void Dispatcher::act(std::vector<Job> jobs) {
  std::vector<Job> mails;
  for (auto& job : jobs) {
    if (job.composition.kind == Composition::Kind::drop)
      drop(job);
    else if (job.composition.kind == Composition::Kind::spread)
      spread(job);
    else
      mails.push_back(std::move(job));
  }
  const std::lock_guard lock(mutex_);
  std::ranges::move(mails, std::back_inserter(jobs_));
  changed_.notify_all();
}

void Dispatcher::drop(const Job& job) {
  const bool waits = job.composition.state == ReminderState::planned;
  Settlement settlement{job.row, std::nullopt, std::nullopt, nullptr};
  if (waits)
    settlement = returned(job.row, job.composition.again.value_or(clock_.now() + ask_for_address_again));
  settlement.then = job.composition.then;
  settlement.row.last_error = job.composition.why;
  if (!waits) settlement.row.state = job.composition.state;
  log::info(
      "reminder_dropped",
      {{"id", job.row.id.value}, {"state", name_of(settlement.row.state)}, {"why", job.composition.why}});
  outcomes_.store(std::move(settlement), std::nullopt);
}

void Dispatcher::spread(const Job& job) {
  const Instant now = clock_.now();
  const auto work = [row = job.row, composition = job.composition, now](db::Unit& unit) {
    return spread_in(unit, row, composition, now);
  };
  const auto queued = store_.write(system_author(now), work).wait();
  if (!queued)
    log::warning("reminder_not_spread", {{"id", job.row.id.value}, {"why", queued.error().message}});
}

bool Dispatcher::holding(Instant now) const {
  const std::lock_guard lock(mutex_);
  return relay_.holds(now);
}

bool Dispatcher::must_pause() const {
  if (holding(clock_.now())) return true;
  const std::lock_guard lock(mutex_);
  return stop_ || outcomes_.has_leftovers();
}

// Never begun; when it cannot be written down the lease brings the row back.
void Dispatcher::give_back(const Reminder& row) {
  const Instant now = clock_.now();
  const auto work = [one = returned(row, std::nullopt), now](db::Unit& unit) {
    return settle_in(unit, one, now);
  };
  const auto stored = store_.write(system_author(now), work).wait();
  if (!stored)
    log::warning("reminder_not_given_back", {{"id", row.id.value}, {"why", stored.error().message}});
}

}  // namespace convoke::notify
