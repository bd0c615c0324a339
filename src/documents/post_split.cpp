#include "base/text.hpp"
#include "documents/characters.hpp"
#include "documents/responsible.hpp"

#include <algorithm>
#include <vector>

namespace convoke::documents {
namespace {

struct Word {
  std::u32string text;
  std::size_t begin = 0;
};

std::vector<Word> words_of(std::u32string_view text) {
  std::vector<Word> words;
  for (std::size_t i = 0; i < text.size();) {
    if (is_space(text[i])) {
      ++i;
      continue;
    }
    std::size_t end = i;
    while (end < text.size() && !is_space(text[end])) ++end;
    words.push_back(Word{std::u32string(text.substr(i, end - i)), i});
    i = end;
  }
  return words;
}

// "МБУК", "ЦБС": two capitals or more and nothing small.
bool is_acronym(const std::u32string& word) {
  std::size_t capitals = 0;
  for (const char32_t c : word) {
    if (is_lower(c)) return false;
    if (is_upper(c)) ++capitals;
  }
  return capitals >= 2 && is_upper(word[0]);
}

// Legal forms: an organisation begins with one whatever follows.
bool is_legal_form(const std::u32string& word) {
  static constexpr std::u32string_view forms[] = {
      U"МБУ",   U"МБУК", U"МУК",   U"МУ",   U"МКУ",   U"МКУК",  U"МАУ",  U"МАУК", U"МБОУ", U"МКОУ",
      U"МОУ",   U"МАОУ", U"ГБУ",   U"ГБУК", U"ГУК",   U"ГУ",    U"ГКУ",  U"ГАУ",  U"ГАУК", U"ГБПОУ",
      U"ГАПОУ", U"ГОУ",  U"ФГБОУ", U"ФГБУ", U"ФГАОУ", U"ОГБУК", U"ОГБУ", U"БУ",   U"БУК",  U"АУ",
      U"КУК",   U"ПОО",  U"БПОУ",  U"ГУО",  U"УО",    U"ДУА",   U"ДУК",  U"КЗ",   U"КУ",   U"КП",
      U"КНЗ",   U"КЗК",  U"ДЗ",    U"ДВНЗ", U"ЗДО",   U"УК",    U"РУП",  U"ТОВ",  U"ГО",   U"НУ"};
  return std::find(std::begin(forms), std::end(forms), word) != std::end(forms);
}

bool opens_quote(const std::u32string& word) {
  return is_opening_quote(word[0]) || word[0] == U'"';
}

bool is_honour(const std::u32string& word) {
  const std::string folded = fold(encode(word));
  return begins_with(folded, {"им.", "ім."}) || folded == "им" || folded == "имени" || folded == "імені" ||
         folded == "імя" || folded == "named";
}

// The word an organisation begins with: the legal form before a quote or an "им.", the acronym next to it
// when there is no legal form, or a legal form alone that something follows.
std::size_t organisation_start(const std::vector<Word>& words) {
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (opens_quote(words[i].text)) return i;
    if (!is_acronym(words[i].text)) continue;
    std::size_t end = i;
    while (end < words.size() && is_acronym(words[end].text)) ++end;
    const bool named = end < words.size() && (opens_quote(words[end].text) || is_honour(words[end].text));
    for (std::size_t k = i; k < end; ++k)
      if (is_legal_form(words[k].text) && (k > 0 || named || end - i > 1)) return k;
    if (named) return end - 1;
    i = end - 1;
  }
  return words.size();
}

}  // namespace

PostAndOrganisation split_post(std::string_view source) {
  const auto text = decode(source);
  const auto words = words_of(text);
  const auto start = organisation_start(words);
  if (start == words.size()) return {std::string(source), ""};
  const auto at = words[start].begin;
  std::string post(trim(encode(std::u32string_view(text).substr(0, at))));
  while (post.ends_with(',') || post.ends_with(';')) post.pop_back();
  // A full stop between the post and the organisation, unless it belongs to "зав." and the like.
  if (post.ends_with('.') && length(post.substr(post.find_last_of(' ') + 1)) > 5) post.pop_back();
  return {post, encode(std::u32string_view(text).substr(at))};
}

}  // namespace convoke::documents
