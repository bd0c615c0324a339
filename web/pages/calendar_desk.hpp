// What stands around the grid of a month: the words and addresses that the calendar's script works with, and
// for organisers the list of what waits for a day, each with a form that names it without any script.
#pragma once

#include "web/pages/calendar_page.hpp"

namespace ctemplate {
class TemplateDictionary;
}

namespace convoke::web {

void fill_calendar_desk(ctemplate::TemplateDictionary& values, const CalendarView& view, const Frame& frame);

// Names of months, days and weekdays in the reader's language as JSON, for scripts: browsers do not know all
// of them. "{year}" and "{day}" stand where figures go.
std::string calendar_words(Language language);

}  // namespace convoke::web
