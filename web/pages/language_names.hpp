// What each language calls itself: for choosing one, and for texts that are written in several.
#pragma once

#include "model/language.hpp"

#include <array>

namespace convoke::web {

constexpr const char* own_name(Language language) {
  constexpr std::array<const char*, all_languages.size()> names = {"Українська", "Беларуская", "Русский",
                                                                   "English"};
  return names.at(static_cast<std::size_t>(language));
}

}  // namespace convoke::web
