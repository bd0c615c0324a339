// What somebody answered to a reminder or an invitation: the steps of an item's execution. An answer is never
// changed; a decision of the one who controls is added to it.
#pragma once

#include "base/clock.hpp"
#include "base/date.hpp"
#include "model/ids.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace convoke {

enum class AnswerKind {
  acknowledged,  // read, will be done
  done,          // with a note or a result; the controller confirms the closing
  postpone,      // asks for new_date, with a reason; the controller approves
  hand_over,     // another person takes it: `to`
  named_day,     // fixed the date of a vague period: new_date
  accepted,      // the last three: what a calendar program said of an invitation (RFC 5545 PARTSTAT)
  tentative,
  declined,
};
std::string_view name_of(AnswerKind kind);
std::optional<AnswerKind> answer_kind_of(std::string_view name);

// What the controller says of `done` and `postpone`; `none` for the others.
enum class Decision { none, pending, approved, declined };
std::string_view name_of(Decision decision);
std::optional<Decision> decision_of(std::string_view name);

enum class AnswerChannel { link, calendar, page, api };
std::string_view name_of(AnswerChannel channel);
std::optional<AnswerChannel> answer_channel_of(std::string_view name);

struct Answer {
  AnswerId id;
  EventId event;
  std::string occurrence;  // "" for an event that does not repeat, else the day of the series ("2026-03-31")
  std::string who;         // a recipient key: "person:12", "account:3"
  std::string name;        // what they were called then
  AnswerKind kind = AnswerKind::acknowledged;
  std::string note;  // the result, the reason
  std::optional<Date> new_date;
  std::optional<TimeOfDay> new_time;
  std::string new_period;  // of postpone: the period as typed, when no day is asked for
  PersonId to;
  int sequence = 0;  // the event's SEQUENCE that was answered to (RFC 5546 2.1.5)
  Instant at{};
  AnswerChannel channel = AnswerChannel::link;
  Decision decision = Decision::none;
  std::string decided_by;
  std::optional<Instant> decided;
  std::string decision_note;
};

// Whether it stops the ladder: done, and nobody has sent it back.
constexpr bool closes(const Answer& answer) {
  return answer.kind == AnswerKind::done && answer.decision != Decision::declined;
}

}  // namespace convoke
