#include "calendar/period_format.hpp"

#include "base/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace convoke::calendar {
namespace {

using Names = std::array<const char*, 12>;

struct Words {
  Names months;                                    // nominative
  Names months_of;                                 // genitive: 14 листопада
  std::array<const char*, 7> weekdays;             // from Monday
  std::array<const char*, 7> weekdays_every;       // «щовівторка», "every Tuesday"
  std::array<const char*, 5> nth_m, nth_f, nth_n;  // first to fourth, last: masculine, feminine, neuter
  std::array<int, 7> weekday_gender;               // 0 masculine, 1 feminine, 2 neuter
  std::array<const char*, 4> seasons;
  std::array<const char*, 9> frequencies;  // by Frequency
  const char* year_of;                     // after a date or a month: " року"
  const char* due;                         // "до {}"
  const char* due_day;                     // "до {} числа"
  const char* on_day;                      // "{} числа"
  const char* quarter;                     // "{} квартал {} року"
  const char* quarters;                    // "{}–{} квартали {} року"
  const char* half;                        // "{} півріччя {} року"
  const char* semester;  // of the academic year {}: "{} півріччя {}/{} навчального року"
  const char* term;      // a school's quarter
  const char* season_year;  // "{} {} року"
  const char* academic_year;
  const char* calendar_year;
  const char* ongoing;
  const char* other_plan;
  const char* year_end;           // "кінець {} року"
  const char* academic_year_end;  // "кінець {}/{} навчального року"
  const char* none;
  const char* every_month;  // after the n-th weekday
  const char* conjunction;
};

const Words& words(Language language) {
  static const Words uk = {
      {"січень", "лютий", "березень", "квітень", "травень", "червень", "липень", "серпень", "вересень",
       "жовтень", "листопад", "грудень"},
      {"січня", "лютого", "березня", "квітня", "травня", "червня", "липня", "серпня", "вересня", "жовтня",
       "листопада", "грудня"},
      {"понеділок", "вівторок", "середа", "четвер", "п’ятниця", "субота", "неділя"},
      {"щопонеділка", "щовівторка", "щосереди", "щочетверга", "щоп’ятниці", "щосуботи", "щонеділі"},
      {"перший", "другий", "третій", "четвертий", "останній"},
      {"перша", "друга", "третя", "четверта", "остання"},
      {"перше", "друге", "третє", "четверте", "останнє"},
      {0, 0, 1, 0, 1, 1, 1},
      {"весна", "літо", "осінь", "зима"},
      {"щодня", "щотижня", "раз на два тижні", "щомісяця", "щоквартально", "двічі на рік", "щороку",
       "тричі на рік", ""},
      " року",
      "до {}",
      "до {} числа",
      "{} числа",
      "{} квартал {} року",
      "{}–{} квартали {} року",
      "{} півріччя {} року",
      "{} півріччя {}/{} навчального року",
      "{} чверть {}/{} навчального року",
      "{} {} року",
      "{}/{} навчальний рік",
      "{} рік",
      "постійно",
      "за планом іншої установи",
      "кінець {} року",
      "кінець {}/{} навчального року",
      "дату не визначено",
      "{} кожного місяця",
      " і "};
  static const Words be = {{"студзень", "люты", "сакавік", "красавік", "май", "чэрвень", "ліпень", "жнівень",
                            "верасень", "кастрычнік", "лістапад", "снежань"},
                           {"студзеня", "лютага", "сакавіка", "красавіка", "мая", "чэрвеня", "ліпеня",
                            "жніўня", "верасня", "кастрычніка", "лістапада", "снежня"},
                           {"панядзелак", "аўторак", "серада", "чацвер", "пятніца", "субота", "нядзеля"},
                           {"кожны панядзелак", "кожны аўторак", "кожную сераду", "кожны чацвер",
                            "кожную пятніцу", "кожную суботу", "кожную нядзелю"},
                           {"першы", "другі", "трэці", "чацвёрты", "апошні"},
                           {"першая", "другая", "трэцяя", "чацвёртая", "апошняя"},
                           {"першае", "другое", "трэцяе", "чацвёртае", "апошняе"},
                           {0, 0, 1, 0, 1, 1, 1},
                           {"вясна", "лета", "восень", "зіма"},
                           {"штодзень", "штотыдзень", "раз у два тыдні", "штомесяц", "штоквартальна",
                            "двойчы ў год", "штогод", "тройчы ў год", ""},
                           " года",
                           "да {}",
                           "да {} чысла",
                           "{} чысла",
                           "{} квартал {} года",
                           "{}–{} кварталы {} года",
                           "{} паўгоддзе {} года",
                           "{} паўгоддзе {}/{} навучальнага года",
                           "{} чвэрць {}/{} навучальнага года",
                           "{} {} года",
                           "{}/{} навучальны год",
                           "{} год",
                           "пастаянна",
                           "па плане іншай установы",
                           "канец {} года",
                           "канец {}/{} навучальнага года",
                           "дата не вызначана",
                           "{} кожнага месяца",
                           " і "};
  static const Words ru = {
      {"январь", "февраль", "март", "апрель", "май", "июнь", "июль", "август", "сентябрь", "октябрь",
       "ноябрь", "декабрь"},
      {"января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября",
       "ноября", "декабря"},
      {"понедельник", "вторник", "среда", "четверг", "пятница", "суббота", "воскресенье"},
      {"по понедельникам", "по вторникам", "по средам", "по четвергам", "по пятницам", "по субботам",
       "по воскресеньям"},
      {"первый", "второй", "третий", "четвёртый", "последний"},
      {"первая", "вторая", "третья", "четвёртая", "последняя"},
      {"первое", "второе", "третье", "четвёртое", "последнее"},
      {0, 0, 1, 0, 1, 1, 2},
      {"весна", "лето", "осень", "зима"},
      {"ежедневно", "еженедельно", "раз в две недели", "ежемесячно", "ежеквартально", "два раза в год",
       "ежегодно", "три раза в год", ""},
      " года",
      "до {}",
      "до {} числа",
      "{} числа",
      "{} квартал {} года",
      "{}–{} кварталы {} года",
      "{} полугодие {} года",
      "{} полугодие {}/{} учебного года",
      "{} четверть {}/{} учебного года",
      "{} {} года",
      "{}/{} учебный год",
      "{} год",
      "постоянно",
      "по плану другого учреждения",
      "конец {} года",
      "конец {}/{} учебного года",
      "дата не определена",
      "{} каждого месяца",
      " и "};
  static const Words en = {{"January", "February", "March", "April", "May", "June", "July", "August",
                            "September", "October", "November", "December"},
                           {"January", "February", "March", "April", "May", "June", "July", "August",
                            "September", "October", "November", "December"},
                           {"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"},
                           {"every Monday", "every Tuesday", "every Wednesday", "every Thursday",
                            "every Friday", "every Saturday", "every Sunday"},
                           {"first", "second", "third", "fourth", "last"},
                           {"first", "second", "third", "fourth", "last"},
                           {"first", "second", "third", "fourth", "last"},
                           {},
                           {"spring", "summer", "autumn", "winter"},
                           {"daily", "weekly", "every two weeks", "monthly", "quarterly", "twice a year",
                            "yearly", "three times a year", ""},
                           "",
                           "due by {}",
                           "due by the {}",
                           "on the {}",
                           "Q{} {}",
                           "Q{}–Q{} {}",
                           "H{} {}",
                           "semester {} of {}/{}",
                           "term {} of {}/{}",
                           "{} {}",
                           "{}/{} academic year",
                           "throughout {}",
                           "ongoing",
                           "according to another organisation's plan",
                           "end of {}",
                           "end of the {}/{} academic year",
                           "date not set",
                           "{} of each month",
                           " and "};
  switch (language) {
    case Language::uk:
      return uk;
    case Language::be:
      return be;
    case Language::ru:
      return ru;
    case Language::en:
      return en;
  }
  return en;
}

int year(Date d) {
  return static_cast<int>(d.year());
}
unsigned month(Date d) {
  return static_cast<unsigned>(d.month());
}
unsigned day(Date d) {
  return static_cast<unsigned>(d.day());
}
bool begins_month(Date d) {
  return day(d) == 1;
}
bool ends_month(Date d) {
  return d == last_of_month(d);
}

template<class... Args>
std::string fill(const char* pattern, const Args&... args) {
  return fmt::format(fmt::runtime(pattern), args...);
}

std::string roman(int n, Language language) {
  static constexpr std::array<const char*, 5> signs = {"", "I", "II", "III", "IV"};
  return language == Language::en ? std::to_string(n)
                                  : signs.at(static_cast<std::size_t>(std::clamp(n, 1, 4)));
}

const char* genitive(Date d, const Words& w) {
  return w.months_of.at(month(d) - 1);
}
const char* nominative(Date d, const Words& w) {
  return w.months.at(month(d) - 1);
}

std::string date_of_year(Date d, Language language) {
  const auto& w = words(language);
  return format_date(d, language) + w.year_of;
}

std::string month_of_year(Date d, Language language) {
  return format_month(d, language) + words(language).year_of;
}

std::string month_range(Date first, Date last, Language language) {
  const auto& w = words(language);
  if (year(first) == year(last) && month(first) == month(last)) return month_of_year(first, language);
  if (year(first) == year(last))
    return fmt::format("{}–{} {}{}", nominative(first, w), nominative(last, w), year(last), w.year_of);
  return fmt::format("{} – {}", month_of_year(first, language), month_of_year(last, language));
}

std::string day_range(Date first, Date last, Language language) {
  const auto& w = words(language);
  if (first == last) return date_of_year(first, language);
  if (year(first) != year(last))
    return fmt::format("{} – {}", date_of_year(first, language), date_of_year(last, language));
  if (month(first) != month(last))
    return fmt::format("{} {} – {}", day(first), genitive(first, w), date_of_year(last, language));
  return fmt::format("{}–{}", day(first), date_of_year(last, language));
}

std::string with_time(std::string text, const Period& p) {
  if (!p.time) return text;
  text += ", " + format_iso(*p.time);
  if (p.end_time) text += "–" + format_iso(*p.end_time);
  return text;
}

bool calendar_quarters(Date first, Date last) {
  return begins_month(first) && ends_month(last) && month(first) % 3 == 1 && month(last) % 3 == 0;
}

int academic_year_of(Date d) {
  return month(d) >= 8 ? year(d) : year(d) - 1;
}

std::string quarter(const Period& p, Language language) {
  const auto& w = words(language);
  const int a = static_cast<int>(month(*p.first) + 2) / 3;
  const int b = static_cast<int>(month(*p.last) + 2) / 3;
  if (!calendar_quarters(*p.first, *p.last)) {
    const int school = academic_year_of(*p.first);
    const unsigned m = month(*p.first);
    const int n = m == 9 ? 1 : m == 11 ? 2 : m == 1 ? 3 : m == 4 ? 4 : 0;
    const bool one_term = (to_days(*p.last) - to_days(*p.first)).count() < 100;
    return n > 0 && one_term ? fill(w.term, roman(n, language), school, school + 1)
                             : month_range(*p.first, *p.last, language);
  }
  if (year(*p.first) != year(*p.last))
    return fill(w.quarter, roman(a, language), year(*p.first)) + " – " +
           fill(w.quarter, roman(b, language), year(*p.last));
  if (a == b) return fill(w.quarter, roman(a, language), year(*p.first));
  return fill(w.quarters, roman(a, language), roman(b, language), year(*p.first));
}

std::string half_year(const Period& p, Language language) {
  const auto& w = words(language);
  const bool six_months = (to_days(*p.last) - to_days(*p.first)).count() > 170;
  if (six_months && month(*p.first) == 1) return fill(w.half, roman(1, language), year(*p.first));
  if (six_months && month(*p.first) == 7) return fill(w.half, roman(2, language), year(*p.first));
  const int school = academic_year_of(*p.first);
  if (month(*p.first) == 9 || month(*p.first) == 1)
    return fill(w.semester, roman(month(*p.first) == 9 ? 1 : 2, language), school, school + 1);
  return month_range(*p.first, *p.last, language);
}

std::string season(const Period& p, Language language) {
  const auto& w = words(language);
  const Date three = last_of_month(add_days(first_of_month(*p.first), 70));
  if (!begins_month(*p.first) || month(*p.first) % 3 != 0 || *p.last != three)
    return day_range(*p.first, *p.last, language);
  const std::size_t index = month(*p.first) / 3 - 1;
  if (year(*p.first) == year(*p.last)) return fill(w.season_year, w.seasons.at(index), year(*p.first));
  return fmt::format("{} {}/{}", w.seasons.at(index), year(*p.first), year(*p.last));
}

// --- recurring

std::string nth_weekday(const WeekdayRule& rule, const Words& w) {
  const auto index = rule.weekday.iso_encoding() - 1;
  const auto n = static_cast<std::size_t>(rule.nth < 0 || rule.nth > 4 ? 4 : rule.nth - 1);
  const int gender = w.weekday_gender.at(index);
  const auto& nth = gender == 1 ? w.nth_f : gender == 2 ? w.nth_n : w.nth_m;
  return fmt::format("{} {}", nth.at(n), w.weekdays.at(index));
}

std::string list_of(const std::vector<std::string>& parts, const Words& w) {
  if (parts.empty()) return {};
  std::string out = parts.front();
  for (std::size_t i = 1; i < parts.size(); ++i)
    out += (i + 1 == parts.size() ? std::string(w.conjunction) : ", ") + parts[i];
  return out;
}

std::string members(const Recurrence& r, Language language) {
  std::vector<std::string> parts;
  for (const Date d : r.dates)
    parts.push_back(r.list_of_months ? month_of_year(d, language) : date_of_year(d, language));
  return join(parts, ", ");
}

std::string frequency(const Recurrence& r, Language language) {
  const auto& w = words(language);
  if (r.frequency == Frequency::list) return members(r, language);
  std::vector<std::string> days;
  bool nth = false;
  for (const auto& rule : r.weekdays) {
    nth = nth || rule.nth != 0;
    days.push_back(rule.nth != 0 ? nth_weekday(rule, w)
                                 : w.weekdays_every.at(rule.weekday.iso_encoding() - 1));
  }
  if (nth) return fill(w.every_month, list_of(days, w));
  const std::string name = w.frequencies.at(static_cast<std::size_t>(r.frequency));
  if (days.empty()) return name;
  return r.frequency == Frequency::weekly ? list_of(days, w) : name + ", " + list_of(days, w);
}

// A recurrence says its bounds unless they are those of a whole year: there the plan says them.
bool whole_year(const Period& p) {
  const bool calendar =
      month(*p.first) == 1 && begins_month(*p.first) && month(*p.last) == 12 && ends_month(*p.last);
  const bool school =
      month(*p.first) == 9 && begins_month(*p.first) && month(*p.last) == 5 && ends_month(*p.last);
  return calendar || school;
}

// 5, in English 5th.
std::string day_name(unsigned n, Language language) {
  if (language != Language::en) return std::to_string(n);
  const bool teen = n >= 11 && n <= 13;
  const char* suffix = teen ? "th" : n % 10 == 1 ? "st" : n % 10 == 2 ? "nd" : n % 10 == 3 ? "rd" : "th";
  return std::to_string(n) + suffix;
}

std::string recurring(const Period& p, Language language) {
  const auto& w = words(language);
  if (!p.recurrence) return p.source_text;
  std::string text = frequency(*p.recurrence, language);
  if (p.recurrence->day_of_month)
    text += ", " + fill(p.deadline ? w.due_day : w.on_day, day_name(*p.recurrence->day_of_month, language));
  if (p.has_dates() && p.recurrence->frequency != Frequency::list && !whole_year(p)) {
    const bool months = begins_month(*p.first) && ends_month(*p.last);
    text +=
        ", " + (months ? month_range(*p.first, *p.last, language) : day_range(*p.first, *p.last, language));
  }
  return with_time(text, p);
}

std::string undated(const Period& p, Language language) {
  const auto& w = words(language);
  if (p.precision == Precision::by_other_plan) return w.other_plan;
  if (p.precision == Precision::ongoing) return w.ongoing;
  return w.none;
}

std::string due(const std::string& date, const Period& p, Language language) {
  return p.deadline ? fill(words(language).due, date) : date;
}

}  // namespace

std::string format_date(Date d, Language language) {
  return fmt::format("{} {} {}", day(d), genitive(d, words(language)), year(d));
}

std::string format_date_short(Date d, Language language) {
  if (language == Language::en) {
    const std::string_view name = nominative(d, words(language));
    return fmt::format("{} {} {}", day(d), name.substr(0, 3), year(d));
  }
  return fmt::format("{:02}.{:02}.{}", day(d), month(d), year(d));
}

std::string format_month(Date d, Language language) {
  return fmt::format("{} {}", nominative(d, words(language)), year(d));
}

std::string format_weekday(Date d, Language language) {
  return words(language).weekdays.at(weekday_of(d).iso_encoding() - 1);
}

std::string format_period(const Period& p, Language language) {
  const auto& w = words(language);
  if (!p.has_dates()) return undated(p, language);
  switch (p.precision) {
    case Precision::exact_time:
      return with_time(due(date_of_year(*p.first, language), p, language), p);
    case Precision::exact_date:
      return due(date_of_year(*p.first, language), p, language);
    case Precision::date_range:
      return day_range(*p.first, *p.last, language);
    case Precision::month:
    case Precision::month_range:
      return month_range(*p.first, *p.last, language);
    case Precision::quarter:
      return quarter(p, language);
    case Precision::half_year:
      return half_year(p, language);
    case Precision::season:
      return season(p, language);
    case Precision::academic_year:
      return fill(w.academic_year, academic_year_of(*p.first), academic_year_of(*p.first) + 1);
    case Precision::calendar_year:
      return fill(w.calendar_year, year(*p.first));
    case Precision::recurring:
      return recurring(p, language);
    case Precision::year_end:
      if (month(*p.last) == 12) return fill(w.year_end, year(*p.last));
      return fill(w.academic_year_end, academic_year_of(*p.last), academic_year_of(*p.last) + 1);
    case Precision::ongoing:
    case Precision::by_other_plan:
    case Precision::none:
      break;
  }
  return undated(p, language);
}

}  // namespace convoke::calendar
