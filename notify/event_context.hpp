// What stands round an event in calendar files that mails bring: the same as in the feeds.
#pragma once

#include "calendar/ical_event.hpp"
#include "db/unit.hpp"
#include "model/event.hpp"

namespace convoke::notify {

calendar::EventContext context_of(db::Unit& unit, const Event& event);

}  // namespace convoke::notify
