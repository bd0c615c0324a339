// Entries of plans that have no table: a bullet with its period and people inside the sentence.
#pragma once

#include "documents/plan_rows.hpp"

#include <string>
#include <string_view>

namespace convoke::documents {

struct WalkContext;

// Splits "15 вересня – Семінар «…» (Іваненко І.І.)" into period, title and responsible; what was taken out of
// the sentence is said in the entry's warnings.
Entry prose_entry(std::string_view text, const WalkContext& context);

// "Засідання № 2 (березень)": bullets below are its agenda.
bool opens_meeting(std::string_view text);

// The title of a meeting that has only a number, in the caption's language: "Засідання методичного об’єднання
// № II".
std::string meeting_title(std::string_view caption, std::string_view number);

}  // namespace convoke::documents
