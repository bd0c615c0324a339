#include "base/search_words.hpp"

#include "base/text.hpp"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <cstdint>

namespace convoke {
namespace {

// Letters of a word from which endings are taken off, and how many.
constexpr std::size_t bends_from = 5, bends_more_from = 7;

// 0: left out of the word it stands in.
UChar32 alike(UChar32 letter) {
  switch (letter) {
    case U'і':
    case U'ї':
    case U'й':
    case U'ы':
      return U'и';
    case U'є':
    case U'э':
    case U'ё':
      return U'е';
    case U'ґ':
      return U'г';
    case U'ў':
      return U'у';
    case U'ь':
    case U'ъ':
    case U'\'':
    case U'’':
    case U'ʼ':
      return 0;
    default:
      return letter;
  }
}

void append(std::string& out, UChar32 c) {
  char bytes[U8_MAX_LENGTH];
  std::int32_t length = 0;
  U8_APPEND_UNSAFE(bytes, length, c);
  out.append(bytes, static_cast<std::size_t>(length));
}

template<class Visit>
void each_letter(std::string_view text, Visit visit) {
  const auto size = static_cast<std::int32_t>(text.size());
  for (std::int32_t i = 0; i < size;) {
    UChar32 c = 0;
    U8_NEXT_OR_FFFD(text.data(), i, size, c);
    visit(c);
  }
}

// A mark that stays apart from its letter after composing belongs to the word.
bool in_word(UChar32 c) {
  return u_isalnum(c) || u_charType(c) == U_NON_SPACING_MARK;
}

}  // namespace

std::vector<std::string> search_words(std::string_view text) {
  std::vector<std::string> words;
  std::string word;
  std::size_t letters = 0;
  const auto end_word = [&] {
    if (!word.empty()) words.push_back(std::move(word));
    word.clear();
    letters = 0;
  };
  each_letter(fold(text), [&](UChar32 c) {
    const UChar32 letter = alike(c);
    if (letter == 0) return;
    if (!in_word(letter)) return end_word();
    if (++letters <= longest_search_word) append(word, letter);
  });
  end_word();
  return words;
}

std::string search_stem(std::string_view word) {
  const auto letters = length(word);
  if (letters < bends_from) return std::string(word);
  const auto keep = letters - (letters < bends_more_from ? 1 : 2);
  std::string stem;
  std::size_t taken = 0;
  each_letter(word, [&](UChar32 c) {
    if (taken++ < keep) append(stem, c);
  });
  return stem;
}

}  // namespace convoke
