#include "model/source.hpp"

#include <algorithm>
#include <array>

namespace convoke {
namespace {

constexpr std::array<std::string_view, source_trouble_count> trouble_names = {
    "none",  "address",   "unreachable", "certificate", "slow",
    "large", "redirects", "status",      "web_page",    "not_calendar"};

}  // namespace

std::string_view name_of(SourceTrouble trouble) {
  return trouble_names.at(static_cast<std::size_t>(trouble));
}

std::optional<SourceTrouble> source_trouble_of(std::string_view name) {
  const auto* found = std::find(trouble_names.begin(), trouble_names.end(), name);
  if (found == trouble_names.end()) return std::nullopt;
  return static_cast<SourceTrouble>(found - trouble_names.begin());
}

}  // namespace convoke
