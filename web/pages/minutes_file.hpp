// The draft of an event's minutes, in the language of its plan.
#pragma once

#include "service/minutes.hpp"
#include "service/participants.hpp"

#include <vector>

namespace convoke::web {

documents::MinutesDocument minutes_document(const service::MinutesFacts& facts,
                                            const std::vector<service::Participant>& people);

}  // namespace convoke::web
