// The names under which values of an enumeration are stored and sent, in the order of its members.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

namespace convoke {

template<class Enum, std::size_t count>
constexpr std::string_view name_in(const std::array<std::string_view, count>& names, Enum value) {
  return names.at(static_cast<std::size_t>(value));
}

template<class Enum, std::size_t count>
constexpr std::optional<Enum> value_in(const std::array<std::string_view, count>& names,
                                       std::string_view name) {
  for (std::size_t i = 0; i < count; ++i)
    if (names[i] == name) return static_cast<Enum>(i);
  return std::nullopt;
}

}  // namespace convoke
