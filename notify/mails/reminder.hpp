// The steps of the ladder: the event is near, work is due, name the day, how does it go, it is overdue.
#pragma once

#include "notify/composer.hpp"

namespace convoke::notify {

// Superseded when the event is closed or gone, missed when it is too late to be of use or when a later step
// for the same reader is due as well. Without an address it waits for one until it is too late. A key that is
// no person becomes one row a person.
Composition compose_reminder(const Composing& composing);

// Whether a rule of the event tells such a row to the head of the section or the chair, not to the
// responsible.
bool is_for_controller(db::Unit& unit, const Reminder& row, const Event& event);

}  // namespace convoke::notify
