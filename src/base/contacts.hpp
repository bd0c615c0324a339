// Plans carry telephones and addresses of people beside what is meant for everybody. What is published goes
// through here first.
#pragma once

#include <string>
#include <string_view>

namespace convoke {

// Puts in the place of every e-mail address and telephone number. It has no digit: a text that was hidden once
// stays as it is.
inline constexpr std::string_view hidden_contact = "•••";

// The text with its e-mail addresses and telephone numbers hidden. A telephone is told by its shape (+380…,
// 8 (0152) 12-34-56, 067 123 45 67, 123-45-67) or, for short ones, by a word before it (тел. 56-23-61, факс,
// phone). Years, dates, times, ranges, sums, numbers after "№" or "ISBN" and web addresses stay. Takes time and
// memory in proportion to the text; valid UTF-8 stays valid, broken bytes are kept.
std::string hide_contacts(std::string_view text);

}  // namespace convoke
