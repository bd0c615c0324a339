#include "documents/plan_year.hpp"

#include "base/text.hpp"
#include "documents/characters.hpp"

#include <charconv>
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
  std::size_t latin = 0, cyrillic = 0, uk = 0, be = 0, ru = 0, dotted = 0;
  for (const char32_t c : decode(to_lower(text))) {
    if (c >= U'a' && c <= U'z') ++latin;
    if (c >= 0x0400 && c <= 0x04FF) ++cyrillic;
    if (c == U'ї' || c == U'є' || c == U'ґ') ++uk;
    if (c == U'ў') ++be;
    if (c == U'ы' || c == U'э' || c == U'ё') ++ru;      // Belarusian has them too
    if (c == U'и' || c == U'щ' || c == U'ъ') ++dotted;  // Belarusian has none of them
  }
  if (latin > cyrillic) return "en";
  if (be > 0 && be * 20 > dotted) return "be";
  return uk > ru ? "uk" : "ru";
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
