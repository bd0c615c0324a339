// What a search compares: words without what people write differently. Letters that hands and keyboards mix
// up are one (и, і, ї, й, ы; е, є, э; г, ґ; у, ў), apostrophes and soft signs are left out. Found text is
// shown as it was written; these words are for comparing only.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace convoke {

inline constexpr std::size_t most_search_words = 12;     // of one question; more are left out
inline constexpr std::size_t longest_search_word = 40;   // code points; the rest is cut off
inline constexpr std::size_t longest_search_text = 200;  // code points of what is asked for

// The words of a text, in their order: "Об’єднання" gives "обеднання".
std::vector<std::string> search_words(std::string_view text);

// The part of such a word that stays when its ending changes: "конференции" and "конференция" share one.
// Short words stay whole.
std::string search_stem(std::string_view word);

}  // namespace convoke
