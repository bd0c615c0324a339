// What kind of file an address leads to: IMAGE and ATTACH say it in FMTTYPE, and clients choose by it whether
// to show a picture or a paper clip (feeds.md rule 39).
#pragma once

#include <string>
#include <string_view>

namespace convoke::calendar {

// "application/pdf" for an address whose path ends in .pdf; "application/octet-stream" when the ending says
// nothing. Nothing is fetched.
std::string_view media_type_of(std::string_view url);

// `type` when it is a type and a subtype of RFC 6838's letters, at most 127 each; otherwise
// media_type_of(url).
std::string stated_media_type(std::string_view type, std::string_view url);

}  // namespace convoke::calendar
