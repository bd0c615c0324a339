#include "notify/settlement.hpp"

#include "notify/hooks.hpp"
#include "notify/mails/undeliverable.hpp"
#include "notify/retry.hpp"

#include <algorithm>
#include <utility>

namespace convoke::notify {
namespace {

std::string_view outcome_of(const Delivery& delivery) {
  if (delivery.maybe_delivered) return unknown_outcome;
  switch (delivery.outcome) {
    case Outcome::delivered:
      return delivered_outcome;
    case Outcome::refused:
      return refused_outcome;
    case Outcome::retry_later:
      break;
  }
  return later_outcome;
}

bool is_later_of_the_relay(const DeliveryAttempt& attempt) {
  return attempt.outcome == later_outcome && attempt.reply.starts_with('4');
}

// Only a relay that has said "later" to this mail itself can use its patience up; an outage cannot.
bool has_been_put_off_long_enough(const std::vector<DeliveryAttempt>& before, const DeliveryAttempt& last) {
  if (!is_later_of_the_relay(last)) return false;
  const auto first = std::ranges::find_if(before, is_later_of_the_relay);
  return first != before.end() && last.at - first->at >= give_up_after;
}

// Attempts that are over for good although the delivery itself says "again".
void give_up_in(db::Unit& unit, Settlement& settlement) {
  if (!settlement.attempt || settlement.row.state != ReminderState::retrying) return;
  const auto before = unit.mail_log().attempts(settlement.row.id);
  const auto& last = *settlement.attempt;
  const bool lost_twice =
      last.outcome == unknown_outcome &&
      std::ranges::any_of(before, [](const DeliveryAttempt& one) { return one.outcome == unknown_outcome; });
  if (!lost_twice && !has_been_put_off_long_enough(before, last)) return;
  settlement.row.state = ReminderState::failed;
  settlement.row.next_attempt.reset();
}

}  // namespace

Settlement settlement_of(Reminder row, const Delivery& delivery, Instant now) {
  Settlement settlement;
  settlement.attempt =
      DeliveryAttempt{row.id, 0, now, std::string(outcome_of(delivery)), without_addresses(delivery.reply)};
  row.last_error = delivery.outcome == Outcome::delivered ? "" : settlement.attempt->reply;
  row.next_attempt.reset();
  if (delivery.outcome == Outcome::delivered) {
    row.state = ReminderState::sent;
  } else if (delivery.outcome == Outcome::refused) {
    row.state = ReminderState::failed;
  } else {
    row.state = ReminderState::retrying;
    auto wait = retry_delay(row.attempts, row.message_id);
    if (delivery.maybe_delivered) wait = std::max<std::chrono::seconds>(wait, after_lost_answer);
    row.next_attempt = now + wait;
  }
  settlement.row = std::move(row);
  return settlement;
}

Settlement returned(Reminder row, std::optional<Instant> next) {
  row.attempts = std::max(0, row.attempts - 1);
  row.state = row.attempts > 0 ? ReminderState::retrying : ReminderState::planned;
  row.next_attempt = next;
  return {std::move(row), std::nullopt, std::nullopt, nullptr};
}

bool settle_in(db::Unit& unit, Settlement settlement, Instant now) {
  give_up_in(unit, settlement);
  Reminder& row = settlement.row;
  const bool waits = row.state == ReminderState::planned || row.state == ReminderState::retrying;
  row.settled = waits ? std::nullopt : std::optional(now);
  const bool ours = unit.reminders().settle(row);
  if (!unit.reminders().find(row.id)) return false;  // its event is gone, and with it what was kept of it
  if (settlement.attempt) unit.mail_log().add(*settlement.attempt);
  if (settlement.copy) unit.mail_log().keep(row.id, *settlement.copy);
  const bool done = settlement.attempt ? settlement.attempt->outcome == delivered_outcome : ours;
  if (done && settlement.then) settlement.then(unit, now);
  if (ours && row.state == ReminderState::failed) {
    tell_undeliverable(unit, row, now);
    end_if_gone(unit, row, now);
  }
  return ours;
}

}  // namespace convoke::notify
