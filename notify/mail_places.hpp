// The places that the text of each kind of mail may have: a closed list, for whoever writes one.
#pragma once

#include "model/reminder.hpp"

#include <optional>
#include <span>
#include <string_view>

namespace convoke::notify {

struct MailPlace {
  std::string_view name;  // without its braces
  bool block = false;     // stands in a line of its own
  bool needed = false;    // a mail of this kind without it misses its purpose
};

// None for `hook`, which is no mail.
std::span<const MailPlace> places_of(ReminderReason kind);
std::optional<MailPlace> place_of(ReminderReason kind, std::string_view name);

}  // namespace convoke::notify
