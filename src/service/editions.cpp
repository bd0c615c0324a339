// Editions in titles: "XIX конференція", "12-та", "3rd".
#include "base/text.hpp"
#include "service/next_year.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace convoke::service {
namespace {

using Letters = std::pair<std::string_view, int>;

constexpr std::array<Letters, 13> roman_values = {{{"M", 1000},
                                                   {"CM", 900},
                                                   {"D", 500},
                                                   {"CD", 400},
                                                   {"C", 100},
                                                   {"XC", 90},
                                                   {"L", 50},
                                                   {"XL", 40},
                                                   {"X", 10},
                                                   {"IX", 9},
                                                   {"V", 5},
                                                   {"IV", 4},
                                                   {"I", 1}}};

std::string roman(int value) {
  std::string out;
  for (const auto& [letters, worth] : roman_values)
    for (; value >= worth; value -= worth) out += letters;
  return out;
}

// Cyrillic letters that stand for Roman ones, in capitals: "ХІХ".
std::string latin(std::string_view word) {
  constexpr std::array<std::pair<std::string_view, char>, 4> letters = {
      {{"Х", 'X'}, {"І", 'I'}, {"С", 'C'}, {"М", 'M'}}};
  std::string out;
  for (std::size_t at = 0; at < word.size();) {
    const auto found = std::find_if(letters.begin(), letters.end(), [&](const auto& pair) {
      return word.substr(at).starts_with(pair.first);
    });
    if (found == letters.end()) {
      out += word[at++];
    } else {
      out += found->second;
      at += found->first.size();
    }
  }
  return out;
}

// The number that a word of Roman letters is; 0 for any other word. Lone letters but I, V and X are words.
int roman_value(std::string_view word) {
  const std::string letters = latin(word);
  if (letters.empty() || letters.size() > 8 || letters.find_first_not_of("IVXLCDM") != std::string::npos)
    return 0;
  if (letters.size() == 1 && letters.find_first_not_of("IVX") != std::string::npos) return 0;
  for (int value = 1; value <= 100; ++value)
    if (roman(value) == letters) return value;
  return 0;
}

struct Ordinal {
  int value = 0;
  std::string suffix;  // "та", with what stands before it: "-та"
};

// "12-та", "3rd"; value 0 for any other word.
Ordinal ordinal_of(std::string_view word) {
  std::size_t digits = 0;
  while (digits < word.size() && word[digits] >= '0' && word[digits] <= '9') ++digits;
  if (digits == 0 || digits > 3) return {};
  const auto rest = word.substr(digits);
  constexpr std::array<std::string_view, 24> endings = {"-й",  "-ий", "-ый", "-ій", "-ой", "-я", "-ая", "-а",
                                                        "-ша", "-га", "-тя", "-та", "-ма", "-е", "-ые", "-ті",
                                                        "-ы",  "-шы", "-ты", "-гі", "st",  "nd", "rd",  "th"};
  if (std::find(endings.begin(), endings.end(), to_lower(rest)) == endings.end()) return {};
  return {std::stoi(std::string(word.substr(0, digits))), std::string(rest)};
}

// The ending of the number after, where it follows the number.
std::string next_suffix(int value, const std::string& suffix) {
  const int last = value % 10;
  const bool teen = value % 100 >= 11 && value % 100 <= 13;
  if (suffix == "st" || suffix == "nd" || suffix == "rd" || suffix == "th") {
    if (teen) return "th";
    return last == 1 ? "st" : last == 2 ? "nd" : last == 3 ? "rd" : "th";
  }
  if (suffix == "-ша" || suffix == "-га" || suffix == "-тя" || suffix == "-та" || suffix == "-ма") {
    if (value % 100 >= 11 && value % 100 <= 19) return "-та";
    constexpr std::array<std::string_view, 10> endings = {"-та", "-ша", "-га", "-тя", "-та",
                                                          "-та", "-та", "-ма", "-ма", "-та"};
    return std::string(endings.at(static_cast<std::size_t>(last)));
  }
  return suffix;
}

// What is counted without being an edition: quarters, centuries, stages, classes, schools, months.
bool is_counted_otherwise(std::string_view next_word) {
  const std::string folded = fold(next_word);
  constexpr std::array<std::string_view, 41> stems = {
      "квартал", "кварт.",  "полугод", "півріч",  "паўгод", "семестр", "четверт", "чверт",  "чвэрц",
      "век",     "ст.",     "столет",  "століт",  "стагод", "сторіч",  "этап",    "етап",   "тур",
      "стадии",  "раздел",  "розділ",  "раздз",   "часть",  "частин",  "класс",   "клас",   "курс",
      "груп",    "недел",   "тижд",    "тыд",     "декад",  "школ",    "гимнази", "гімназ", "лице",
      "ліце",    "половин", "century", "quarter", "stage"};
  return folded.empty() || std::any_of(stems.begin(), stems.end(),
                                       [&](std::string_view stem) { return folded.starts_with(stem); });
}

std::string_view without_quotes(std::string_view word) {
  constexpr std::array<std::string_view, 4> marks = {"«", "„", "“", "\""};
  for (const auto mark : marks)
    if (word.starts_with(mark)) word.remove_prefix(mark.size());
  return word;
}

}  // namespace

bool is_edition(std::string_view folded_word) {
  if (ordinal_of(folded_word).value > 0) return true;
  std::string upper;
  // Folded letters back to the capitals that Roman numbers are written in.
  constexpr std::array<std::pair<std::string_view, std::string_view>, 11> capitals = {{{"i", "I"},
                                                                                       {"v", "V"},
                                                                                       {"x", "X"},
                                                                                       {"l", "L"},
                                                                                       {"c", "C"},
                                                                                       {"d", "D"},
                                                                                       {"m", "M"},
                                                                                       {"х", "Х"},
                                                                                       {"і", "І"},
                                                                                       {"с", "С"},
                                                                                       {"м", "М"}}};
  for (std::size_t at = 0; at < folded_word.size();) {
    const auto found = std::find_if(capitals.begin(), capitals.end(), [&](const auto& pair) {
      return folded_word.substr(at).starts_with(pair.first);
    });
    if (found == capitals.end()) return false;
    upper += found->second;
    at += found->first.size();
  }
  return roman_value(upper) > 0;
}

std::optional<std::string> next_edition(std::string_view title) {
  const auto words = split(title, ' ');
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string_view word = without_quotes(words[i]);
    const std::string_view next = i + 1 < words.size() ? words[i + 1] : std::string_view();
    if (is_counted_otherwise(next)) continue;
    std::string later;
    if (const int value = roman_value(word); value > 0) later = roman(value + 1);
    if (const auto ordinal = ordinal_of(word); ordinal.value > 0)
      later = std::to_string(ordinal.value + 1) + next_suffix(ordinal.value + 1, ordinal.suffix);
    if (later.empty()) continue;
    const auto at = static_cast<std::size_t>(word.data() - title.data());
    return std::string(title.substr(0, at)) + later + std::string(title.substr(at + word.size()));
  }
  return std::nullopt;
}

}  // namespace convoke::service
