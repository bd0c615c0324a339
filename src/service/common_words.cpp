#include "service/common_words.hpp"

#include "base/embedded.hpp"
#include "base/text.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <string_view>
#include <unordered_set>

namespace convoke::embedded {
std::span<const EmbeddedFile> common_words();
}

namespace convoke::service {
namespace {

using Letters = std::u32string;
using Words = std::unordered_set<Letters>;

constexpr std::size_t shortest_word = 3, longest_word = 24;  // letters
constexpr std::size_t words_in_a_guess = 2;   // more of them make a phrase that nobody guesses at once
constexpr std::size_t letters_left_over = 2;  // beside the words
constexpr std::size_t fewest_different = 5;   // characters
constexpr std::size_t shortest_run = 3;       // neighbours on a keyboard or in an alphabet

// `text` is valid UTF-8.
Letters letters_of(std::string_view text) {
  Letters out;
  for (std::size_t i = 0; i < text.size();) {
    const auto lead = static_cast<unsigned char>(text[i]);
    const std::size_t size = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    char32_t letter = size == 1 ? lead : static_cast<char32_t>(lead & (0xFF >> (size + 1)));
    for (std::size_t k = 1; k < size && i + k < text.size(); ++k)
      letter = (letter << 6) | (static_cast<unsigned char>(text[i + k]) & 0x3F);
    out.push_back(letter);
    i += size;
  }
  return out;
}

bool is_letter(char32_t c) {
  return (c >= U'a' && c <= U'z') || c >= 0xAA;
}

template<class Keep>
Letters only(const Letters& text, Keep keep) {
  Letters out;
  std::copy_if(text.begin(), text.end(), std::back_inserter(out), keep);
  return out;
}

const Words& common() {
  static const Words words = [] {
    Words out;
    const auto text = embedded::common_words().front().bytes;
    for (const auto line : split(text, '\n')) {
      if (line.starts_with('#')) continue;
      for (const auto word : split(line, ' '))
        if (auto letters = only(letters_of(fold(word)), is_letter); !letters.empty())
          out.insert(std::move(letters));
    }
    return out;
  }();
  return words;
}

// Rows of keys and alphabets: neighbours here are neighbours under a finger or in the head.
constexpr std::array<std::u32string_view, 13> rows = {
    U"1234567890-=",
    U"qwertyuiop[]asdfghjkl;'zxcvbnm,./",
    U"qwertzuiopasdfghjklyxcvbnm",
    U"1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik,9ol.0p;/",
    U"qazwsxedcrfvtgbyhnujmikolp",
    U"abcdefghijklmnopqrstuvwxyz",
    U"йцукенгшщзхъфывапролджэячсмитьбю.",
    U"йцукенгшщзхїфівапролджєячсмитьбю.",
    U"йцукенгшўзх'фывапролджэячсмітьбю.",
    U"1й2ц3у4к5е6н7г8ш9щ0з-х",
    U"йфяцычувскамепинртгоьшлбщдюзжхэъ",
    U"абвгдежзийклмнопрстуфхцчшщъыьэюя",
    U"абвгґдеєжзиіїйклмнопрстуфхцчшщьюя",
};

// How long a run of one row, either way, begins at `at`.
std::size_t run_at(const Letters& text, std::size_t at) {
  std::size_t longest = 1;
  for (const auto row : rows) {
    const auto place = row.find(text[at]);
    if (place == std::u32string_view::npos) continue;
    std::size_t forth = 1, back = 1;
    while (at + forth < text.size() && place + forth < row.size() && row[place + forth] == text[at + forth])
      ++forth;
    while (at + back < text.size() && place >= back && row[place - back] == text[at + back]) ++back;
    longest = std::max({longest, forth, back});
  }
  std::size_t same = 1;
  while (at + same < text.size() && text[at + same] == text[at]) ++same;
  return std::max(longest, same);
}

// Runs of neighbours and of one character, with next to nothing between them.
bool is_all_runs(const Letters& text) {
  std::size_t left_over = 0, runs = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t run = run_at(text, at);
    const bool counts = run >= shortest_run;
    if (counts) ++runs;
    left_over += counts ? 0 : 1;
    at += counts ? run : 1;
  }
  return left_over <= letters_left_over && runs * 4 <= text.size();
}

bool repeats_itself(const Letters& text) {
  for (std::size_t period = 1; period * 2 <= text.size(); ++period) {
    bool repeats = true;
    for (std::size_t i = period; repeats && i < text.size(); ++i) repeats = text[i] == text[i - period];
    if (repeats) return true;
  }
  return false;
}

// Whether `text` is one or two words with at most a few letters beside them.
bool is_words(const Letters& text, const Words& own) {
  constexpr std::size_t never = 1000;
  // fewest[w][i]: letters left over before i when w words end there
  std::array<std::vector<std::size_t>, words_in_a_guess + 1> fewest;
  for (auto& row : fewest) row.assign(text.size() + 1, never);
  fewest[0][0] = 0;
  for (std::size_t i = 0; i < text.size(); ++i)
    for (std::size_t w = 0; w <= words_in_a_guess; ++w) {
      if (fewest[w][i] > letters_left_over) continue;
      fewest[w][i + 1] = std::min(fewest[w][i + 1], fewest[w][i] + 1);
      if (w == words_in_a_guess) continue;
      for (std::size_t size = shortest_word; size <= longest_word && i + size <= text.size(); ++size) {
        const Letters word = text.substr(i, size);
        if (common().contains(word) || own.contains(word))
          fewest[w + 1][i + size] = std::min(fewest[w + 1][i + size], fewest[w][i]);
      }
    }
  for (std::size_t w = 1; w <= words_in_a_guess; ++w)
    if (fewest[w].back() <= letters_left_over) return true;
  return false;
}

// What is typed when the keyboard stands on the other alphabet: `from[i]` is the key of `to[i]`.
Letters on_other_keys(const Letters& text, std::u32string_view from, std::u32string_view to) {
  Letters out;
  for (const char32_t c : text) {
    const auto key = from.find(c);
    out.push_back(key == std::u32string_view::npos ? c : to[key]);
  }
  return out;
}

constexpr std::u32string_view latin_keys = U"qwertyuiop[]asdfghjkl;'zxcvbnm,.`";
constexpr std::u32string_view russian_keys = U"йцукенгшщзхъфывапролджэячсмитьбюе";
constexpr std::u32string_view ukrainian_keys = U"йцукенгшщзхїфівапролджєячсмитьбю'";
constexpr std::u32string_view belarusian_keys = U"йцукенгшўзх'фывапролджэячсмітьбюе";

// "p@ssw0rd": signs that stand for letters; what a 1 stands for is `one`.
Letters without_disguise(const Letters& text, char32_t one) {
  Letters out = on_other_keys(text, U"03457@$!|", U"oeastasii");
  std::replace(out.begin(), out.end(), U'1', one);
  return out;
}

// Without the digits and signs at both ends.
Letters inner(const Letters& text) {
  const auto first = std::find_if(text.begin(), text.end(), is_letter);
  const auto last = std::find_if(text.rbegin(), text.rend(), is_letter).base();
  return first < last ? Letters(first, last) : Letters();
}

Words parts_of(const std::vector<std::string>& own) {
  Words parts;
  for (const auto& text : own) {
    Letters part;
    for (const char32_t c : letters_of(fold(to_valid_utf8(text)) + " ")) {
      if (is_letter(c)) {
        part.push_back(c);
      } else {
        if (part.size() >= shortest_word) parts.insert(part);
        part.clear();
      }
    }
  }
  return parts;
}

}  // namespace

bool is_easily_guessed(const std::string& password, const std::vector<std::string>& own) {
  const Letters text = letters_of(fold(strip_controls(to_valid_utf8(password))));
  if (only(text, is_letter).empty()) return true;  // digits and signs: dates, telephones, PINs
  if (std::set<char32_t>(text.begin(), text.end()).size() < fewest_different) return true;
  if (repeats_itself(text) || is_all_runs(text)) return true;
  const Words names = parts_of(own);
  const Letters middle = inner(text);
  const std::array<Letters, 8> readings = {
      middle,
      without_disguise(middle, U'i'),
      without_disguise(middle, U'l'),
      without_disguise(text, U'i'),
      on_other_keys(text, latin_keys, russian_keys),
      on_other_keys(text, latin_keys, ukrainian_keys),
      on_other_keys(text, latin_keys, belarusian_keys),
      on_other_keys(on_other_keys(text, ukrainian_keys, latin_keys), russian_keys, latin_keys),
  };
  return std::any_of(readings.begin(), readings.end(),
                     [&](const Letters& reading) { return is_words(only(reading, is_letter), names); });
}

std::size_t common_words_known() {
  return common().size();
}

}  // namespace convoke::service
