// Addresses that an organiser pastes to invite people: out of a letter, a table or an address book, in any of
// the ways in which programs write them. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace convoke::service {

struct InvitedLine {
  std::string name, email;  // the address in lower case; empty: the line has none

  bool operator==(const InvitedLine&) const = default;
};

// "Калина О. П. <kalyna@example.org>; yavir@example.org", one or several a line. Words before an address are
// its name, else those behind it. Takes time in proportion to the text. Nothing is checked: whether an
// address is one is the caller's to say.
std::vector<InvitedLine> read_invited_lines(std::string_view text);

}  // namespace convoke::service
