#include "documents/plan_year.hpp"

#include "base/text.hpp"
#include "documents/characters.hpp"

#include <algorithm>
#include <charconv>
#include <set>
#include <vector>

namespace convoke::documents {
namespace {

struct MonthStems {
  unsigned month;
  std::vector<std::string_view> stems;
};

// Long enough to be told from other words; "май", "may" and the like are matched whole.
const MonthStems months[] = {{1, {"январ", "січ", "студзен", "januar"}},
                             {2, {"феврал", "лют", "february", "лютага"}},
                             {3, {"март", "берез", "сакавік", "march"}},
                             {4, {"апрел", "квіт", "красавік", "april"}},
                             {5, {"май", "трав", "мая", "may"}},
                             {6, {"июн", "черв", "чэрв", "june"}},
                             {7, {"июл", "лип", "ліпен", "july"}},
                             {8, {"август", "серп", "жнів", "жніўн", "august"}},
                             {9, {"сентябр", "верес", "верас", "september"}},
                             {10, {"октябр", "жовт", "кастрычнік", "october"}},
                             {11, {"ноябр", "листопад", "лістапад", "november"}},
                             {12, {"декабр", "груд", "снеж", "december"}}};

std::vector<std::string> words_of(std::string_view folded) {
  std::vector<std::string> words;
  std::string word;
  char32_t kind = 0;  // letters and digits make separate words: "2024г"
  const auto flush = [&] {
    if (!word.empty()) words.push_back(word);
    word.clear();
  };
  for (const char32_t c : decode(folded)) {
    const char32_t now = is_letter(c) || c == U'\'' ? 1 : is_digit(c) ? 2 : 0;
    if (now != kind || now == 0) flush();
    kind = now;
    if (!is_space(c)) word += encode(std::u32string(1, c));
  }
  flush();
  return words;
}

std::optional<int> year_number(std::string_view word) {
  int value = 0;
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
  if (error != std::errc{} || end != word.data() + word.size() || word.size() != 4) return std::nullopt;
  return value >= 1990 && value <= 2100 ? std::optional(value) : std::nullopt;
}

bool is_academic_word(const std::vector<std::string>& words, std::size_t at) {
  if (at >= words.size()) return false;
  if (begins_with(words[at], {"учебн", "навчальн", "навучальн", "academic", "school"})) return true;
  const auto next = at + 1 < words.size() ? words[at + 1] : "";
  if (words[at] == "уч" || words[at] == "навч") return true;
  return words[at] == "н" && (next == "." || next == "р");
}

bool is_year_word(const std::string& word) {
  return begins_with(word, {"год", "рік", "рок", "year"}) || word == "г" || word == "р";
}

class YearFinder {
 public:
  explicit YearFinder(std::string_view text) : words_(words_of(fold(text))) {}

  std::optional<YearReading> run() {
    for (std::size_t i = 0; i < words_.size(); ++i)
      if (const auto year = year_number(words_[i])) consider(i, *year);
    return best_;
  }

 private:
  std::string word(std::size_t at) const { return at < words_.size() ? words_[at] : std::string(); }
  std::string before(std::size_t at, std::size_t by) const {
    return at >= by ? words_[at - by] : std::string();
  }

  void offer(int weight, PlanContext year, std::string warning = {}) {
    if (weight <= weight_) return;
    weight_ = weight;
    best_ = YearReading{year, std::move(warning)};
  }

  // "2024/2025", "2024-25": the second year follows the first.
  bool pair(std::size_t at, int year) {
    const auto sign = word(at + 1);
    if (sign != "/" && sign != "-" && sign != "\\") return false;
    const auto second = word(at + 2);
    const bool follows = second == std::to_string(year + 1) || second == std::to_string(year + 1).substr(2);
    if (!follows) return year_number(second).has_value();
    if (word(at + 3) == ".") return false;  // 2024-25.
    const bool named = is_academic_word(words_, at + 3) || is_academic_word(words_, at + 4) ||
                       (at >= 2 && is_academic_word(words_, at - 2));
    if (named)
      offer(100, PlanContext::academic_year(year));
    else
      offer(60, PlanContext::academic_year(year),
            "year: taken as the academic year " + std::to_string(year) + "/" + std::to_string(year + 1));
    return true;
  }

  void consider(std::size_t at, int year) {
    const auto previous = before(at, 1);
    if (previous == "/" || previous == "-" || pair(at, year)) return;
    if (previous == "за" || previous == "." || previous == "с" || previous == "від" || previous == "от" ||
        previous == "з")
      return;
    if (const auto month = month_of_word(previous)) {
      const auto lead = before(at, 2);
      const bool day = !lead.empty() && (is_digit(decode(lead)[0]) || lead == "\"" || lead == "_");
      if (!day && (lead == "на" || lead == "for" || lead == "план" || lead == "plan" || at <= 6))
        offer(90, PlanContext::one_month(year, *month));
      return;
    }
    if (is_academic_word(words_, at + 1)) {
      offer(50, PlanContext::calendar_year(year),
            "year: \"" + std::to_string(year) +
                "\" alone is called an academic year; taken as the calendar year");
      return;
    }
    const bool lead =
        previous == "на" || previous == "for" || previous == "у" || previous == "in" || previous == "ў";
    if (is_year_word(word(at + 1)) && (previous == "на" || previous == "for"))
      offer(80, PlanContext::calendar_year(year));
    else if (lead || is_year_word(word(at + 1)))
      offer(40, PlanContext::calendar_year(year));
    else
      offer(20, PlanContext::calendar_year(year),
            "year: " + std::to_string(year) + " is named without saying what it is");
  }

  std::vector<std::string> words_;
  int weight_ = 0;
  std::optional<YearReading> best_;
};

std::optional<int> small_number(std::string_view word, int most) {
  int value = 0;
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
  if (error != std::errc{} || end != word.data() + word.size() || value < 1 || value > most ||
      word.size() > 2)
    return std::nullopt;
  return value;
}

// Words as they are written, without addresses: those are Latin in any language.
std::vector<std::u32string> letters_of(std::string_view text) {
  std::vector<std::u32string> words;
  std::u32string word, chunk;
  const auto flush_word = [&](std::vector<std::u32string>& to) {
    while (!word.empty() && !is_letter(word.back())) word.pop_back();  // a closing quote
    if (!word.empty()) to.push_back(word);
    word.clear();
  };
  const auto flush_chunk = [&] {
    if (chunk.find(U'@') == chunk.npos && chunk.find(U"://") == chunk.npos &&
        chunk.find(U"www.") == chunk.npos)
      for (const char32_t c : chunk + U" ") {
        if (is_letter(c) || ((c == U'\'' || c == U'\u2019' || c == U'\u02BC') && !word.empty()))
          word += c;
        else
          flush_word(words);
      }
    chunk.clear();
  };
  for (const char32_t c : decode(text)) {
    if (is_space(c))
      flush_chunk();
    else
      chunk += c;
  }
  flush_chunk();
  return words;
}

// Words of plans that one of the languages has and a neighbour writes otherwise.
using Words = std::set<std::string_view>;

Words words_in(std::string_view list) {
  const auto parts = split(list, ' ');
  return {parts.begin(), parts.end()};
}

const Words ukrainian_words = words_in(
    "та й рік року роки рр захід заходи що або термін терміни відповідальний відповідальні "
    "відповідальна проведення назва роботи виконання виконавець виконавці бібліотека бібліотеки "
    "бібліотек від із протягом місяць щомісяця і зміст примітка нарада нараді січень січня лютий "
    "лютого березень березня квітень квітня травень травня червень червня липень липня серпень серпня "
    "вересень вересня жовтень жовтня листопад листопада грудень грудня");
const Words belarusian_words = words_in(
    "год года мерапрыемства мерапрыемствы мерапрыемстваў адказны адказныя адказная тэрмін тэрміны "
    "працы што або ад па праз бібліятэка бібліятэкі бібліятэк выкананне выканаўца назва месяц змест "
    "правядзенне штомесяц заўвага і ў раённы нарада нарадзе студзень студзеня люты лютага сакавік "
    "сакавіка красавік красавіка май мая чэрвень чэрвеня ліпень ліпеня жнівень жніўня верасень верасня "
    "кастрычнік кастрычніка лістапад лістапада снежань снежня");
const Words russian_words = words_in(
    "и год года мероприятие мероприятия мероприятий срок сроки ответственный ответственные "
    "ответственная работы что или от по библиотека библиотеки библиотек выполнение исполнитель "
    "исполнители название месяц проведение проведения течение ежемесячно содержание примечание "
    "совещание совещания январь января февраль февраля март марта апрель апреля май мая июнь июня июль "
    "июля август августа сентябрь сентября октябрь октября ноябрь ноября декабрь декабря");

// How well the words fit each language: a letter that it does not have counts against it, a word of its own
// for it. Every word counts once, so that a name from across the border weighs as little as it is.
class LanguageScore {
 public:
  void add(const std::u32string& word) {
    if (is_roman(word) || is_initial(word)) return;
    const std::string lower = to_lower(encode(word));
    unsigned letters = 0;
    std::size_t latin = 0, cyrillic = 0;
    for (const char32_t c : decode(lower)) {
      if (c >= U'a' && c <= U'z') ++latin;
      if (c >= 0x0400 && c <= 0x04FF) ++cyrillic;
      letters |= foreign_to(c);
    }
    latin_ += latin;
    cyrillic_ += cyrillic;
    if (cyrillic == 0) return;
    // A Latin i among Cyrillic letters is what a keyboard without the Ukrainian one gives.
    if (lower.find('i') != std::string::npos) letters |= not_ru;
    if (letters & not_uk) --uk_;
    if (letters & not_be) --be_;
    if (letters & not_ru) --ru_;
    const auto has = [&](const Words& words) { return words.count(lower) != 0; };
    if (has(ukrainian_words)) uk_ += own_word;
    if (has(belarusian_words)) be_ += own_word;
    if (has(russian_words)) ru_ += own_word;
  }

  std::string best() const {
    if (latin_ > cyrillic_) return "en";
    if (be_ > uk_ && be_ > ru_) return "be";
    return uk_ > ru_ ? "uk" : "ru";
  }

 private:
  enum : unsigned { not_uk = 1, not_be = 2, not_ru = 4 };
  static constexpr int own_word = 2;

  static unsigned foreign_to(char32_t c) {
    switch (c) {
      case U'ї':
      case U'є':
      case U'ґ':
        return not_be | not_ru;
      case U'ў':
        return not_uk | not_ru;
      case U'і':
      case U'\'':
      case U'\u2019':
      case U'\u02BC':
        return not_ru;
      case U'ы':
      case U'э':
      case U'ё':
        return not_uk;
      case U'ъ':
        return not_uk | not_be;
      case U'и':
      case U'щ':
        return not_be;
      default:
        return 0;
    }
  }

  static bool is_initial(const std::u32string& word) { return word.size() == 1 && is_upper(word[0]); }

  // "ІІІ", "XV": the numbers of quarters look the same in every language.
  static bool is_roman(const std::u32string& word) {
    return std::all_of(word.begin(), word.end(), [](char32_t c) {
      return std::u32string_view(U"IVXІХ").find(c) != std::u32string_view::npos;
    });
  }

  std::size_t latin_ = 0, cyrillic_ = 0;
  int uk_ = 0, be_ = 0, ru_ = 0;
};

}  // namespace

std::optional<unsigned> month_of_word(std::string_view folded) {
  if (length(folded) < 3) return std::nullopt;
  for (const auto& month : months)
    for (const auto stem : month.stems) {
      const bool whole = stem == "май" || stem == "мая" || stem == "may";
      // The rest of the word is only an ending: "листопада" is a month, "квітковий" and "лютневий" are not.
      if (whole ? folded == stem : folded.starts_with(stem) && length(folded) <= length(stem) + 3)
        return month.month;
    }
  return std::nullopt;
}

std::optional<YearReading> find_year(std::string_view text) {
  return YearFinder(text).run();
}

std::string language_of(std::string_view text) {
  LanguageScore score;
  for (const auto& word : letters_of(text)) score.add(word);
  return score.best();
}

std::optional<Date> find_stamp_date(std::string_view text) {
  const auto words = words_of(fold(text));
  for (std::size_t i = 0; i < words.size(); ++i) {
    const auto day = small_number(words[i], 31);
    if (!day) continue;
    std::size_t next = i + 1;
    while (next < words.size() && (words[next] == "\"" || words[next] == "." || words[next] == "-" ||
                                   words[next] == "*" || words[next] == "/" || words[next] == "_"))
      ++next;
    if (next >= words.size()) return std::nullopt;
    auto month = month_of_word(words[next]);
    if (!month)
      if (const auto number = small_number(words[next], 12)) month = static_cast<unsigned>(*number);
    if (!month) continue;
    ++next;
    while (next < words.size() && (words[next] == "." || words[next] == "/" || words[next] == "-")) ++next;
    const auto year = next < words.size() ? year_number(words[next]) : std::nullopt;
    if (!year) continue;
    const Date date = make_date(*year, *month, static_cast<unsigned>(*day));
    if (date.ok()) return date;
  }
  return std::nullopt;
}

bool is_stamp_date_line(std::string_view text) {
  if (length(text) > 60) return false;
  if (find_stamp_date(text)) return true;
  const std::string folded = fold(text);
  const bool blank = folded.find("__") != std::string::npos || folded.find("\" \"") != std::string::npos;
  if (!blank) return false;
  return has_stem(folded, {"20"}) || folded.find("20_") != std::string::npos ||
         folded.find("200_") != std::string::npos;
}

}  // namespace convoke::documents
