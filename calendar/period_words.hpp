// Gives every word of a cell the meanings it has in the lexicons, alone or as part of a phrase.
#pragma once

#include "calendar/period_text.hpp"

namespace convoke::calendar {

// Joins «С е н т я б р ь», finds phrases, reads misspelt names (with a warning) and mistyped Roman digits.
// `language` is looked at first.
void give_meanings(Cell& cell, std::string_view language);

}  // namespace convoke::calendar
