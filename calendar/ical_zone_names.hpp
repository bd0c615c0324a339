// Finds the IANA zone behind the names that other programs give to zones: Windows names, and names with their
// maker's path before them.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace convoke::calendar {

// "Europe/Kyiv" for "Europe/Kyiv", "Europe/Kiev", "FLE Standard Time" and
// "/freeassociation.sourceforge.net/Europe/Kyiv"; nothing when no zone is meant. One Windows name stands for
// several zones: `preferred` is taken when it is one of them.
std::optional<std::string> iana_zone(std::string_view tzid, std::string_view preferred);

}  // namespace convoke::calendar
