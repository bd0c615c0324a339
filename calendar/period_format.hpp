// Prints periods and dates in the four languages of the interface, in the grammatical case each language
// wants: «листопад 2024 року», «22–24 мая 2025 года», "due by 15 May 2025". Most of it can be read back by
// read_period().
#pragma once

#include "model/language.hpp"
#include "model/period.hpp"

#include <string>

namespace convoke::calendar {

// One line without a final full stop, beginning with a small letter where the language has it so.
std::string format_period(const Period& period, Language language);

std::string format_date(Date date, Language language);  // «14 листопада 2024», "14 November 2024"
std::string format_date_short(Date date, Language language);  // «14.11.2024», "14 Nov 2024"
std::string format_month(Date date, Language language);       // «листопад 2024», nominative
std::string format_weekday(Date date, Language language);     // «четвер», "Thursday"

}  // namespace convoke::calendar
