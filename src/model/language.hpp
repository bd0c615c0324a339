// The four languages of the interface. A plan's own language may be another (kk, pl): the period grammar
// reads those too, but nothing is printed in them.
#pragma once

#include <array>
#include <optional>
#include <string_view>

namespace convoke {

enum class Language { uk, be, ru, en };

inline constexpr std::array all_languages = {Language::uk, Language::be, Language::ru, Language::en};

// BCP 47 tag: "uk", "be", "ru", "en".
constexpr std::string_view tag_of(Language language) {
  constexpr std::array<std::string_view, 4> tags = {"uk", "be", "ru", "en"};
  return tags[static_cast<std::size_t>(language)];
}

constexpr std::optional<Language> language_of(std::string_view tag) {
  for (const Language language : all_languages)
    if (tag_of(language) == tag) return language;
  return std::nullopt;
}

}  // namespace convoke
