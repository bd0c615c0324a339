// The words of the period grammar: which word or phrase means what, per language. Linguists extend the tables
// of lexicon_uk.cpp, lexicon_be.cpp, …; the code of the grammar never names a word.
//
// A line of a table is {what it is, its value, "forms"}. Forms are separated by spaces; in a form
//   stem(a|b|)   stands for stema, stemb and stem;
//   stem~        stands for every word that begins with the stem;
//   two_words    stands for a phrase (dots and hyphens between its words do not matter).
// Case, ё, ў, apostrophes and Polish diacritics do not matter: both sides go through fold_word().
#pragma once

#include "calendar/period_settings.hpp"
#include "model/period.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace convoke::calendar {

// What a word can be to the grammar. Several at once is usual: «до» is `until` and `deadline`.
enum class Class {
  // Numbers and names. Values: the number, the month 1-12, the weekday 1-7 from Monday, Season, Unit, Part.
  number,   // digits, or a cardinal in words («два»)
  ordinal,  // «перший», «третьего»; -1: the last
  roman,
  suffix,  // what follows digits: «-го», "th"
  year,    // four digits, 1900-2199
  month,
  weekday,
  weekdays,  // every such day: «по вторникам», «щосереди», "Tuesdays"
  season,
  unit,  // day, week, ... year
  half,  // «половина», "half": of a month or a year
  part,  // beginning, middle, end
  holidays,
  workday,       // «рабочий день», after a count
  date_word,     // «число»
  quarter_mark,  // the Q of Q1
  half_mark,     // the H of H2
  // How often. `every` carries a Frequency, `times` a count (0: the number stands before it).
  every,
  each,
  times,
  other,   // «через», "other": every second one
  report,  // «отчётный»: the unit after it repeats
  // Roles of small words.
  in,  // value 1: «в течение», "during"
  from,
  until,
  deadline,
  deadline_after,  // a postposition: «дейін»
  inclusive,
  at,  // before a time of day
  conjunction,
  by,      // «по», «за», «згідно», "per"
  before,  // relative to an event
  after,
  clock,  // «год.», «часов»; value 1: a.m., 2: p.m.
  minute,
  results,    // «по итогам»
  this_year,  // «с.г.», "this year"; value: years to add
  // Whole meanings.
  whole_plan,  // «весь год», the words alone name the plan's window
  ongoing,
  other_plan,
  plan_noun,
  undated,
  anniversary,
  // What may stand beside a date.
  mode,   // «онлайн»
  venue,  // «зал», «ул.»: what follows is an address
  stage,  // «этап», "round": what stands beside it is a part of the event, no place
  noise,  // "the", "of"
  // Punctuation, made by the tokenizer.
  dash,
  dot,
  comma,
  slash,
  colon,
  open,
  close,
  number_sign,
  word,  // any word; unknown ones have this class alone
  // What the rules make of them.
  time,
  piece,      // a day, a month, a quarter...
  span,       // a range, a deadline, an open start
  repeat,     // a frequency with its details
  relative,   // «за 10 дней до», waiting for the day it counts from
  junk,       // looks like a date and is not
  year_pair,  // 2024/2025
};

enum class Unit { day = 1, week, decade, month, quarter, term, half_year, semester, year, academic_year };
enum class Part { beginning = 1, middle, end };

struct Meaning {
  Class kind;
  int value;

  bool operator==(const Meaning&) const = default;
};

struct LexiconEntry {
  Class kind;
  int value;
  const char* forms;
};

constexpr LexiconEntry entry(Class kind, int value, const char* forms) {
  return {kind, value, forms};
}
template<class Enum>
constexpr LexiconEntry entry(Class kind, Enum value, const char* forms) {
  return {kind, static_cast<int>(value), forms};
}

// The key under which a word is looked up. In: lower-case letters, NFC.
std::string fold_word(std::string_view word);

struct LexiconHit {
  std::size_t words = 0;  // how many words the phrase takes; 0: nothing was found
  std::vector<Meaning> meanings;
};

inline constexpr std::size_t max_phrase_words = 6;

// All tables in one index, made on first use.
class Lexicon {
 public:
  // The longest phrase that `words` (folded) begin with. Of phrases as long the one of `language` wins, then
  // the one of the language that lexicon.cpp names first; within a language a spelled-out form wins over a
  // stem.
  static LexiconHit find(const std::vector<std::string_view>& words, std::string_view language);
  // The month or weekday one letter away from `word` in `language`, otherwise the one that the other
  // languages agree on; nothing when there are several.
  static std::optional<Meaning> find_misspelt(std::string_view word, std::string_view language);
  // True for what follows the digits of an ordinal in any language: «го», "th".
  static bool is_suffix(std::string_view word);
};

// The tables. Each is a line of lexicon.cpp and a file of its own.
const std::vector<LexiconEntry>& lexicon_uk();
const std::vector<LexiconEntry>& lexicon_be();
const std::vector<LexiconEntry>& lexicon_ru();
const std::vector<LexiconEntry>& lexicon_en();
const std::vector<LexiconEntry>& lexicon_kk();
const std::vector<LexiconEntry>& lexicon_pl();

}  // namespace convoke::calendar
