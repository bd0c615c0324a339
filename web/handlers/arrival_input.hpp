// What a telephone at the door sends: those who were seen, one or many, as JSON.
#pragma once

#include "base/result.hpp"
#include "service/registration_door.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace convoke::web {

// One of them, with the key by which the telephone finds its answer.
struct SentArrival {
  std::string key;
  service::Arrival arrival;

  SentArrival() = default;
};

inline constexpr std::size_t longest_arrival_key = 64;

// {"arrivals": [{"key": "k1", "person": 12 or "code": "…", "step": "attend" or "undo_door", "ago": 5, "day":
// "2026-09-24"}]}; `ago` in seconds, 0 when left out, `step` attend; `day` of an event of several, else that
// of the moment. What is longer ago than anything that counts is cut to that. Errors: invalid_input naming
// the member; limit_exceeded above service::most_arrivals.
Result<std::vector<SentArrival>> read_arrivals(std::string_view body);

}  // namespace convoke::web
