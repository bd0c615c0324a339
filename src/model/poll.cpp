#include "model/poll.hpp"

#include "model/named_values.hpp"

#include <algorithm>
#include <array>
#include <numeric>
#include <tuple>

namespace convoke {
namespace {

constexpr std::array<std::string_view, 3> choice_names = {"no", "if_need_be", "yes"};

}  // namespace

std::string_view name_of(PollChoice choice) {
  return name_in(choice_names, choice);
}
std::optional<PollChoice> poll_choice_of(std::string_view name) {
  return value_in<PollChoice>(choice_names, name);
}

std::vector<PollTally> tally_of(const Poll& poll, const std::vector<PollVoice>& voices) {
  std::vector<PollTally> tallies(poll.days.size());
  for (const auto& voice : voices) {
    if (voice.choices.size() != tallies.size()) continue;
    for (std::size_t i = 0; i < tallies.size(); ++i) {
      auto& tally = tallies[i];
      ++(voice.choices[i] == PollChoice::yes  ? tally.yes
         : voice.choices[i] == PollChoice::no ? tally.no
                                              : tally.if_need_be);
    }
  }
  return tallies;
}

std::vector<std::size_t> ranked(const std::vector<PollTally>& tallies) {
  std::vector<std::size_t> order(tallies.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    const auto weight = [&](std::size_t i) {
      return std::tuple(tallies[i].yes + tallies[i].if_need_be, tallies[i].yes);
    };
    return weight(a) > weight(b);
  });
  return order;
}

}  // namespace convoke
