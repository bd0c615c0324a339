// Who takes part in an event: who was told of it, and what they answered.
#pragma once

#include "calendar/itip.hpp"
#include "db/unit.hpp"
#include "model/answer.hpp"

#include <string>
#include <vector>

namespace convoke::notify {

// What `who` said last of the event (`occurrence` empty) or of one day of it, if they said it of `sequence`
// or later: what was accepted before the day was moved is asked again (RFC 5546 3.2.2.1).
calendar::Participation participation_of(const std::vector<Answer>& answers, const std::string& who,
                                         int sequence, const std::string& occurrence = {});

// The answer that participation_of() goes by; null when there is none. It lives as long as `answers`.
const Answer* last_participation(const std::vector<Answer>& answers, const std::string& who, int sequence,
                                 const std::string& occurrence = {});

// The SEQUENCE with which the event's day was last announced; 0 when it never was. Answers to an earlier one
// are stale.
int announced_sequence(db::Unit& unit, EventId event);

// Whether mail for one of the event's responsible reaches this person at `now`: by name, by an office or a
// group, as a deputy.
bool stands_behind(db::Unit& unit, const Event& event, PersonId person, Instant now);

}  // namespace convoke::notify
