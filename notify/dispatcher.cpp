#include "notify/dispatcher.hpp"

#include "base/id.hpp"
#include "base/log.hpp"
#include "notify/planner.hpp"
#include "notify/retry.hpp"

#include <algorithm>
#include <exception>
#include <limits>
#include <tuple>
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

bool is_later(const Reminder& a, const Reminder& b) {
  return std::tie(a.due, a.id) > std::tie(b.due, b.id);
}

// After a pause several offsets may be due at once: the latest says everything, the others would only repeat
// it.
bool overtaken(db::Unit& unit, const Reminder& row, Instant now) {
  db::ReminderSelection selection;
  selection.event = row.key.event;
  selection.due_before = now + std::chrono::seconds{1};
  const auto rows = rows_in(unit, selection);
  return std::any_of(rows.begin(), rows.end(), [&](const Reminder& other) {
    const bool counts = other.state == ReminderState::planned || other.state == ReminderState::claimed ||
                        other.state == ReminderState::sent;
    return counts && other.key.recipient == row.key.recipient && is_later(other, row);
  });
}

// The people that `key` may stand for, and no more than it takes to read.
Directory directory_for(db::Unit& unit, const std::string& key) {
  Directory directory;
  if (const auto person = person_of_key(key)) {
    if (auto found = unit.people().find(*person)) directory.people.push_back(std::move(*found));
    return directory;
  }
  directory.people = unit.people().list();
  directory.organisations = unit.organisations().list();
  return directory;
}

}  // namespace

// What to do with a claimed row, decided in one read just before sending.
struct Dispatcher::Verdict {
  enum class Kind { unavailable, not_ours, drop, spread, send };
  Kind kind = Kind::unavailable;
  ReminderState state = ReminderState::missed;  // of drop
  std::string why;
  Event event;
  std::vector<Person> people;  // of send (one) and spread
  std::string association;     // the event's organisation
};

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
    Verdict verdict = examine(row);
    switch (verdict.kind) {
      case Verdict::Kind::unavailable:
        return handled;  // the lease brings the rows back
      case Verdict::Kind::not_ours:
        break;
      case Verdict::Kind::drop:
        drop(row, verdict);
        break;
      case Verdict::Kind::spread:
        spread(row, verdict);
        break;
      case Verdict::Kind::send:
        send(row, verdict);
        break;
    }
    ++handled;
  }
  return handled;
}

Dispatcher::Verdict Dispatcher::examine(const Reminder& row) {
  const auto work = [row, now = clock_.now()](db::Unit& unit) {
    Verdict verdict;
    const auto drop = [&](ReminderState state, std::string_view why) {
      verdict.kind = Verdict::Kind::drop;
      verdict.state = state;
      verdict.why = why;
      return verdict;
    };
    const auto current = unit.reminders().find(row.id);
    if (!current || current->state != ReminderState::claimed || current->claimed_by != row.claimed_by) {
      verdict.kind = Verdict::Kind::not_ours;
      return verdict;
    }
    const auto event = unit.events().find(row.key.event);
    if (!event || !is_open(event->status)) return drop(ReminderState::superseded, "the event is closed");
    auto resolution = resolve(directory_for(unit, row.key.recipient), row.key.recipient);
    if (now > row.expires && !resolution.problem.empty())
      return drop(ReminderState::failed, resolution.problem);
    if (now > row.expires) return drop(ReminderState::missed, "too late to be of use");
    if (overtaken(unit, row, now)) return drop(ReminderState::missed, "a later reminder was due too");
    // Somebody may still enter the address in time; until then the row says what it waits for.
    if (!resolution.problem.empty()) return drop(ReminderState::planned, resolution.problem);
    verdict.kind = is_person_key(row.key.recipient) ? Verdict::Kind::send : Verdict::Kind::spread;
    verdict.event = *event;
    verdict.people = std::move(resolution.people);
    if (const auto organisation = unit.organisations().find(event->organisation))
      verdict.association = organisation->name;
    return verdict;
  };
  auto verdict = store_.read(work).wait();
  if (verdict) return std::move(*verdict);
  log::warning("reminder_not_examined", {{"id", row.id.value}, {"why", verdict.error().message}});
  return {};
}

void Dispatcher::drop(Reminder row, const Verdict& verdict) {
  row.state = verdict.state;
  row.last_error = verdict.why;
  if (row.state == ReminderState::planned) row.next_attempt = clock_.now() + ask_for_address_again;
  log::info("reminder_dropped", {{"id", row.id.value}, {"state", name_of(row.state)}, {"why", verdict.why}});
  settle(std::move(row));
}

// An office, a group or a name becomes one row for each person behind it, so that each mail is settled by
// itself and somebody who is named twice gets one. The rows are claimed in the next round.
void Dispatcher::spread(const Reminder& row, const Verdict& verdict) {
  const Instant now = clock_.now();
  const auto work = [row, now, verdict](db::Unit& unit) {
    Reminder done = row;
    done.state = ReminderState::superseded;
    done.settled = now;
    if (!unit.reminders().settle(done)) return 0;
    const auto at = row.message_id.find('@');
    const std::string domain = row.message_id.substr(at + 1, row.message_id.size() - at - 2);
    int queued = 0;
    for (const auto& person : verdict.people) {
      Reminder one;
      one.key = row.key;
      one.key.recipient = person_key(person.id);
      one.reason = row.reason;
      one.due = row.due;
      one.expires = row.expires;
      one.event_sequence = row.event_sequence;
      one.message_id = stable_message_id(verdict.event.uid, one.key, domain);
      if (unit.reminders().enqueue(one)) ++queued;
    }
    return queued;
  };
  const auto queued = store_.write(system_author(now), work).wait();
  if (!queued) log::warning("reminder_not_spread", {{"id", row.id.value}, {"why", queued.error().message}});
}

void Dispatcher::send(Reminder row, const Verdict& verdict) {
  MailSettings mail = mail_;
  if (!verdict.association.empty()) mail.association = verdict.association;
  Delivery delivery;
  try {
    delivery = channel_.deliver(render_mail(row, verdict.event, verdict.people.front(), mail, clock_.now()));
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
