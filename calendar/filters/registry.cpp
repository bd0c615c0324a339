#include "base/text.hpp"
#include "calendar/filters/filter.hpp"

#include <fmt/format.h>

#include <array>
#include <charconv>

namespace convoke::calendar::filters {

std::span<const Filter* const> registry() {
  static constexpr std::array all = {&kind, &section, &organisation, &responsible, &audience, &level, &status,
                                     &text, &from,    &to,           &periods,     &language, &alarms};
  return all;
}

std::vector<std::string_view> members_of(std::string_view list) {
  std::vector<std::string_view> out;
  for (const auto part : split(list, ','))
    if (const auto member = trim(part); !member.empty()) out.push_back(member);
  return out;
}

bool insert_words(std::vector<std::string>& list, std::string_view value) {
  bool any = false;
  for (const auto member : members_of(value)) {
    auto folded = fold(member);
    if (folded.empty()) continue;
    any = true;
    insert_sorted(list, std::move(folded));
  }
  if (any) insert_sorted(list, fold(value));
  return any;
}

Error unknown_value(std::string_view key, std::string_view value, std::string_view allowed) {
  constexpr std::size_t shown = 40;
  return {Errc::invalid_input,
          fmt::format("{} '{}' is unknown; allowed: {}", key, ellipsize(value, shown), allowed)};
}

std::optional<std::int64_t> number_of(std::string_view digits) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (error != std::errc{} || end != digits.data() + digits.size() || value <= 0) return std::nullopt;
  return value;
}

}  // namespace convoke::calendar::filters
