// The names of enumerations as the database, the API and addresses write them, and the way back.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

namespace convoke {

// The value whose name stands at its place in `names`; nothing for any other text.
template<class Enum, std::size_t N>
std::optional<Enum> find_name(const std::array<std::string_view, N>& names, std::string_view name) {
  for (std::size_t i = 0; i < N; ++i)
    if (names[i] == name) return static_cast<Enum>(i);
  return std::nullopt;
}

}  // namespace convoke
