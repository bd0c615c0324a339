// What happens to calls for papers by the clock: reviewers are reminded before their deadline, drafts that
// nobody confirmed go, and people are erased when their time is over. Every round finds out anew what is
// owed.
#pragma once

#include "service/rounds.hpp"

#include <chrono>
#include <string>

namespace convoke::service {

inline constexpr std::chrono::hours reviewers_reminded_before{3 * 24};
inline constexpr std::chrono::hours drafts_kept_for{30 * 24};

// In one transaction; how much was done.
int submission_round(db::Unit& unit, const std::string& mail_domain, Instant now);

extern const Round submission_rounds;

}  // namespace convoke::service
