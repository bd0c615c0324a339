// What a plan's title says of whose plan it is, for documents that name their association nowhere else.
#pragma once

#include <string>
#include <string_view>

namespace convoke::service {

// The title without its words for "plan of work" and without its year, in any of the four languages:
// "План роботи ради бібліотек на 2026/2027 навчальний рік" gives "Ради бібліотек". Empty when nothing is
// left.
std::string organisation_in_title(std::string_view title);

}  // namespace convoke::service
