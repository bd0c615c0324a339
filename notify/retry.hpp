// When a mail that could not be handed over is tried again.
#pragma once

#include "base/clock.hpp"

#include <chrono>
#include <string>
#include <string_view>

namespace convoke::notify {

// After so long, a relay that keeps saying "later" (4xx) to one mail has refused it.
inline constexpr std::chrono::hours give_up_after{48};
// The answer to the end of a mail was lost: it is most likely there. The repeat has the same Message-ID.
inline constexpr std::chrono::minutes after_lost_answer{10};

// The pause after the `attempts`-th attempt (1 is the first): 1, 2, 4 … 60 minutes, plus up to a fifth of it,
// which `seed` (a Message-ID) decides, so that a thousand mails do not come back in the same second.
std::chrono::seconds retry_delay(int attempts, std::string_view seed);

// A relay's reply fit for the queue and the log: one line, no addresses, at most 200 characters.
std::string without_addresses(std::string_view reply);

}  // namespace convoke::notify
