// What a ticket says: the address behind the QR code that each registered person has in the mail, on the page
// of the link and on a badge. Whoever comes across it learns nothing: the code in it opens no registration,
// and the page behind it names nobody to a reader who is not the event's organiser.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace convoke {

inline constexpr std::string_view door_path = "/door/";
inline constexpr std::size_t longest_door_code = 64;  // bytes

// "https://plans.example.org/door/<code>", of a registration's code; `base_url` without a final slash.
std::string door_address(std::string_view base_url, std::string_view code);

// The code in what a camera read or somebody typed: such an address, of whatever host, or the code alone.
// Nothing for any other text.
std::optional<std::string> door_code_in(std::string_view text);

}  // namespace convoke
