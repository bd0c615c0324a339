// How far an event reaches, by the adjective its title has: "обласний конкурс", "районный семинар".
#pragma once

#include "model/event.hpp"

#include <optional>
#include <string_view>

namespace convoke::documents {

// The farthest level that the title names; nothing when it names none. "Республиканский" is a country's or a
// region's, by where it is written, and counts only in Belarusian. Words in quotation marks are names and say
// nothing.
std::optional<Level> level_of_title(std::string_view title);

}  // namespace convoke::documents
