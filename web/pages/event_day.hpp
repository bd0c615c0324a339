// On an event's page, for organisers: what is against the day it has, days that are free, and the form that
// dates it.
#pragma once

#include "model/poll.hpp"
#include "service/conflicts.hpp"
#include "web/pages/frame.hpp"

#include <optional>

namespace ctemplate {
class TemplateDictionary;
}

namespace convoke::web {

struct EventDayView {
  service::DayChoice choice;
  std::optional<Poll> poll;  // the newest that nobody has closed
  bool just_dated = false;
};

// Fills part_event_day.html; shows nothing of an event that is not dated here.
void fill_event_day(ctemplate::TemplateDictionary& values, const Event& event, const EventDayView& view,
                    const Frame& frame);

}  // namespace convoke::web
