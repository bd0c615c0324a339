#include "notify/dispatcher.hpp"

#include "base/id.hpp"
#include "base/log.hpp"
#include "notify/planner.hpp"
#include "notify/retry.hpp"

#include <algorithm>
#include <exception>
#include <limits>
#include <utility>

namespace convoke::notify {
namespace {

using std::chrono::steady_clock;

constexpr std::chrono::minutes alarm_after{15};  // of an unreachable relay (threats F8)
// How often it is looked whether somebody has entered the address that a reminder waits for.
constexpr std::chrono::hours ask_for_address_again{1};

db::Author system_author(Instant at) {
  return {"system", at};
}

std::vector<Reminder> rows_in(db::Unit& unit, db::ReminderSelection selection) {
  selection.limit = std::numeric_limits<int>::max();
  return unit.reminders().list(selection);
}

}  // namespace

Dispatcher::Dispatcher(db::Store& store, const Clock& clock, Channel& channel, DispatcherSettings settings,
                       MailSettings mail)
    : store_(store),
      clock_(clock),
      channel_(channel),
      settings_(settings),
      mail_(std::move(mail)),
      boot_id_(random_token(12)) {}

Dispatcher::~Dispatcher() {
  stop();
}

void Dispatcher::start() {
  take_back_abandoned();
  thread_ = std::thread([this] { run(); });
}

void Dispatcher::stop() {
  {
    std::unique_lock lock(mutex_);
    stop_ = true;
    changed_.notify_all();
    if (thread_.joinable() && !changed_.wait_for(lock, settings_.drain, [this] { return idle_; }))
      channel_.interrupt();
  }
  if (thread_.joinable()) thread_.join();
}

void Dispatcher::wake() {
  const std::lock_guard lock(mutex_);
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
    idle_ = false;
    lock.unlock();
    std::chrono::seconds wait = settings_.tick;
    try {
      wait = run_once() > 0 ? std::chrono::seconds{0} : pause();
    } catch (const std::exception& failure) {
      log::error("reminders_round_failed", {{"why", without_addresses(failure.what())}});
    }
    lock.lock();
    idle_ = true;
    changed_.notify_all();
    changed_.wait_for(lock, wait, [this] { return stop_ || awake_; });
  }
}

// Until the next row is due, but never longer than a tick: the wall clock may be set meanwhile.
std::chrono::seconds Dispatcher::pause() {
  constexpr std::chrono::seconds shortest{1}, when_retrying{5};
  const Instant now = clock_.now();
  const auto at_most_a_tick = [&](std::chrono::seconds wait) {
    return std::min(std::max(wait, shortest), settings_.tick);
  };
  if (holding(now)) return at_most_a_tick(hold_until_ - now);
  const auto next = store_.read([](db::Unit& unit) { return unit.reminders().next_due(); }).wait();
  if (!next || !*next) return settings_.tick;
  // Due and yet not claimed: it waits for its next attempt.
  return at_most_a_tick(**next > now ? **next - now : when_retrying);
}

// A killed process leaves rows claimed. Their mails may be out or not: they are sent (again), recognisably.
void Dispatcher::take_back_abandoned() {
  const Instant now = clock_.now();
  const auto last_sensible = now + settings_.lease;
  const auto work = [now, last_sensible, alone = settings_.alone](db::Unit& unit) {
    db::ReminderSelection selection;
    selection.state = ReminderState::claimed;
    int taken = 0;
    for (auto& row : rows_in(unit, selection)) {
      // A lease that ends later than any given now was given before the clock was set back: it would never
      // lapse.
      if (!alone && row.lease_until && *row.lease_until <= last_sensible) continue;
      row.state = ReminderState::planned;
      row.next_attempt = now;
      if (unit.reminders().settle(row)) ++taken;
    }
    return taken;
  };
  const auto taken = store_.write(system_author(now), work).wait();
  if (!taken) {
    log::warning("reminders_take_back_failed", {{"why", taken.error().message}});
  } else if (*taken > 0) {
    log::info("reminders_taken_back", {{"count", *taken}});
  }
}

std::optional<std::vector<Reminder>> Dispatcher::claim() {
  const Instant now = clock_.now();
  const auto work = [now, until = now + settings_.lease, boot = boot_id_, batch = settings_.batch](
                        db::Unit& unit) { return unit.reminders().claim_due(now, until, boot, batch); };
  auto rows = store_.write(system_author(now), work).wait();
  if (rows) return std::move(*rows);
  log::warning("reminders_not_claimed", {{"why", rows.error().message}});
  return std::nullopt;
}

int Dispatcher::run_once() {
  if (holding(clock_.now()) || !settle_leftovers()) return 0;
  const auto claimed_at = steady_clock::now();
  const auto rows = claim();
  if (!rows) return 0;
  int handled = 0;
  for (const auto& row : *rows) {
    const bool late = steady_clock::now() - claimed_at > settings_.lease - settings_.slowest_delivery;
    if (late || stopping() || holding(clock_.now()) || !leftovers_.empty()) {
      give_back(row);
      continue;
    }
    const auto composition = compose(row);
    if (!composition) return handled;  // the lease brings the rows back
    if (*composition) act(row, **composition);
    ++handled;
  }
  return handled;
}

// Nothing at all when the database cannot be read; no composition when the row is ours no longer.
std::optional<std::optional<Composition>> Dispatcher::compose(const Reminder& row) {
  const auto work = [this, row, now = clock_.now()](db::Unit& unit) -> std::optional<Composition> {
    const auto current = unit.reminders().find(row.id);
    if (!current || current->state != ReminderState::claimed || current->claimed_by != row.claimed_by)
      return std::nullopt;
    const auto compose = composer_of(row.reason);
    if (compose == nullptr) return Composition::dropped(ReminderState::failed, "no mail is made for this");
    return compose(Composing{unit, row, mail_, now});
  };
  auto composition = store_.read(work).wait();
  if (composition) return std::move(*composition);
  log::warning("reminder_not_examined", {{"id", row.id.value}, {"why", composition.error().message}});
  return std::nullopt;
}

void Dispatcher::act(const Reminder& row, const Composition& composition) {
  switch (composition.kind) {
    case Composition::Kind::drop:
      return drop(row, composition);
    case Composition::Kind::spread:
      return spread(row, composition);
    case Composition::Kind::send:
      return send(row, composition);
  }
}

void Dispatcher::drop(Reminder row, const Composition& composition) {
  row.state = composition.state;
  row.last_error = composition.why;
  if (row.state == ReminderState::planned) row.next_attempt = clock_.now() + ask_for_address_again;
  log::info("reminder_dropped",
            {{"id", row.id.value}, {"state", name_of(row.state)}, {"why", composition.why}});
  settle(std::move(row));
}

// An office, a group or a name becomes one row for each person behind it, so that each mail is settled by
// itself and somebody who is named twice gets one. The rows are claimed in the next round.
void Dispatcher::spread(const Reminder& row, const Composition& composition) {
  const Instant now = clock_.now();
  const auto work = [row, now, composition](db::Unit& unit) {
    Reminder done = row;
    done.state = ReminderState::superseded;
    done.settled = now;
    if (!unit.reminders().settle(done)) return 0;
    const auto at = row.message_id.find('@');
    const std::string domain = row.message_id.substr(at + 1, row.message_id.size() - at - 2);
    int queued = 0;
    for (const auto& recipient : composition.recipients) {
      Reminder one;
      one.key = row.key;
      one.key.recipient = recipient;
      one.reason = row.reason;
      one.due = row.due;
      one.expires = row.expires;
      one.event_sequence = row.event_sequence;
      one.message_id = stable_message_id(composition.event_uid, one.key, domain);
      if (unit.reminders().enqueue(one)) ++queued;
    }
    return queued;
  };
  const auto queued = store_.write(system_author(now), work).wait();
  if (!queued) log::warning("reminder_not_spread", {{"id", row.id.value}, {"why", queued.error().message}});
}

void Dispatcher::send(Reminder row, const Composition& composition) {
  Delivery delivery;
  try {
    delivery = channel_.deliver(composition.write());
  } catch (const std::exception& failure) {  // a fault of ours: it would fail every time
    log::error("reminder_not_rendered", {{"id", row.id.value}, {"why", failure.what()}});
    delivery = {Outcome::refused, "the mail could not be written", false, false};
  }
  const Instant now = clock_.now();
  note_relay(delivery, now);
  const std::string previous = std::exchange(row.last_error, without_addresses(delivery.reply));
  switch (delivery.outcome) {
    case Outcome::delivered:
      row.state = ReminderState::sent;
      row.last_error.clear();
      break;
    case Outcome::refused:
      row.state = ReminderState::failed;
      break;
    case Outcome::retry_later:
      retry_later(row, delivery, previous, now);
      break;
  }
  log::info("reminder_handled", {{"id", row.id.value},
                                 {"event_id", row.key.event.value},
                                 {"state", name_of(row.state)},
                                 {"attempts", row.attempts}});
  settle(std::move(row));
}

void Dispatcher::retry_later(Reminder& row, const Delivery& delivery, const std::string& previous,
                             Instant now) {
  // Only a relay that has said "later" to this mail before can use its patience up; an outage cannot.
  const bool said_before = previous.starts_with('4');
  if (!delivery.unreachable && said_before && is_last_attempt(row.attempts)) {
    row.state = ReminderState::failed;
    return;
  }
  row.state = ReminderState::planned;
  auto wait = retry_delay(row.attempts, row.message_id);
  if (delivery.maybe_delivered) wait = std::max<std::chrono::seconds>(wait, after_lost_answer);
  row.next_attempt = now + wait;
  // Behind the others when the relay is back, lest a mail that it chokes on hold up the rest.
  if (delivery.unreachable) row.next_attempt = std::max(*row.next_attempt, hold_until_ + wait);
}

// While the relay cannot be reached nothing is claimed: 1, 2, 4 ... 60 minutes.
void Dispatcher::note_relay(const Delivery& delivery, Instant now) {
  if (!delivery.unreachable) {
    if (alarmed_) log::info("mail_relay_back", {{"after_failures", relay_failures_}});
    relay_failures_ = 0;
    alarmed_ = false;
    return;
  }
  if (++relay_failures_ == 1) unreachable_since_ = now;
  hold_since_ = now;
  hold_until_ = now + retry_delay(relay_failures_, boot_id_);
  log::warning("mail_relay_unreachable",
               {{"failures", relay_failures_}, {"why", without_addresses(delivery.reply)}});
  if (!alarmed_ && now - unreachable_since_ >= alarm_after) {
    alarmed_ = true;
    log::error("mail_relay_down", {{"minutes", (now - unreachable_since_) / std::chrono::minutes{1}}});
  }
}

// A clock that was set back ends the pause, or it could last for days.
bool Dispatcher::holding(Instant now) const {
  return relay_failures_ > 0 && hold_since_ <= now && now < hold_until_;
}

void Dispatcher::settle(Reminder row) {
  const Instant now = clock_.now();
  if (row.state != ReminderState::planned) row.settled = now;
  if (!try_settle(row)) leftovers_.push_back(std::move(row));
}

// False when the database could not be written.
bool Dispatcher::try_settle(const Reminder& row) {
  const auto work = [row](db::Unit& unit) { return unit.reminders().settle(row); };
  const auto settled = store_.write(system_author(clock_.now()), work).wait();
  if (!settled) {
    log::warning("reminder_not_settled", {{"id", row.id.value}, {"why", settled.error().message}});
    return false;
  }
  if (!*settled) log::info("reminder_taken_meanwhile", {{"id", row.id.value}});
  return true;
}

// A mail that is out and could not be marked must be marked before anything else is sent, or a full disk
// would make every lease send it again.
bool Dispatcher::settle_leftovers() {
  while (!leftovers_.empty()) {
    if (!try_settle(leftovers_.front())) return false;
    leftovers_.erase(leftovers_.begin());
  }
  return true;
}

void Dispatcher::give_back(Reminder row) {
  row.state = ReminderState::planned;
  row.next_attempt = clock_.now();
  try_settle(row);  // or the lease brings it back
}

}  // namespace convoke::notify
