// A mail that is owed: planned from an event and a rule, queued in the transaction of the change that caused
// it, sent at least once, recognisable when it comes twice.
#pragma once

#include "base/clock.hpp"
#include "model/ids.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace convoke {

enum class ReminderReason {
  upcoming,  // the event is near
  deadline,  // work is due
  fix_date,  // the period begins soon and nobody has named the day
};
std::string_view name_of(ReminderReason reason);
std::optional<ReminderReason> reminder_reason_of(std::string_view name);

enum class ReminderState {
  planned,  // waits for its time
  sending,  // claimed by a dispatcher until lease_until
  sent,
  failed,      // refused for good
  missed,      // its time was past when it was planned, or it went stale in the queue
  superseded,  // the event changed; others took its place
};
std::string_view name_of(ReminderState state);
std::optional<ReminderState> reminder_state_of(std::string_view name);

// What makes a reminder the same reminder, over every replanning.
struct ReminderKey {
  EventId event;
  std::string occurrence;  // "" for the event itself, "2024-Q4" or a date for one of a recurring event
  std::string rule;        // "exact.14d"
  std::string recipient;   // "person:12", or "post:рада об'єднання" for an office, resolved when sent

  auto operator<=>(const ReminderKey&) const = default;
};

struct Reminder {
  ReminderId id;
  ReminderKey key;
  ReminderReason reason = ReminderReason::upcoming;
  Instant due{};           // when it should leave
  Instant expires{};       // after this it is stale and becomes missed
  int event_sequence = 0;  // the SEQUENCE it was planned from
  ReminderState state = ReminderState::planned;
  std::string message_id;  // "<…@…>", fixed when queued
  int attempts = 0;
  std::optional<Instant> next_attempt;
  std::optional<Instant> lease_until;
  std::string claimed_by;          // the dispatcher's random boot id
  std::string last_error;          // the relay's words, no addresses
  std::optional<Instant> settled;  // sent, failed or missed at
};

}  // namespace convoke
