// Dates and times in digits, and what only looks like them: telephone numbers, house numbers, life spans.
#include "calendar/period_match.hpp"

namespace convoke::calendar {
namespace {

int number(const Match& m, std::size_t k) {
  return m.at(k).value(Class::number);
}
bool two_digits(const Token& token) {
  return token.text.size() == 2;
}
bool is_month(int n) {
  return n >= 1 && n <= 12;
}
bool is_day(int n) {
  return n >= 1 && n <= 31;
}

bool make_day(Match& m, int day, int month, int year, bool weak = false) {
  if (!is_day(day) || !is_month(month)) return false;
  Piece piece;
  piece.kind = PieceKind::day;
  piece.day = day;
  piece.month = month;
  piece.year = year;
  piece.weak = weak;
  return make_piece(m, piece);
}

bool make_month(Match& m, int month, int year) {
  if (!is_month(month)) return false;
  Piece piece;
  piece.kind = PieceKind::month;
  piece.month = month;
  piece.year = year;
  return make_piece(m, piece);
}

int full_year(const Token& token) {
  if (token.is(Class::year)) return token.value(Class::year);
  return two_digits(token) ? 2000 + token.value(Class::number) : 0;
}

bool glued_next(const Match& m, Class kind) {
  return m.next() != nullptr && m.next()->glued && m.next()->is(kind);
}

// Something dated stands before the match, so that "10.00" or "10.10" there is a time of day.
bool follows_date(const Match& m) {
  for (std::size_t i = m.begin; i-- > 0;) {
    const auto& t = m.tokens[i];
    if (t.is(Class::comma) || t.is(Class::at) || t.is(Class::clock) || t.is(Class::open) ||
        t.is(Class::close) || t.is(Class::dash) || t.is(Class::dot) || t.is(Class::in))
      continue;
    if (t.is(Class::piece)) return t.piece.kind != PieceKind::day || t.piece.year != 0;
    return t.is(Class::year) || t.is(Class::weekday) || t.is(Class::weekdays) || t.is(Class::month) ||
           (t.is(Class::unit) && t.value(Class::unit) == static_cast<int>(Unit::year));
  }
  return false;
}

bool iso_date(Match& m) {
  if (!two_digits(m.at(2)) || !two_digits(m.at(4))) return false;
  return make_day(m, number(m, 4), number(m, 2), m.at(0).value(Class::year));
}

// Day, month and year with any separator; two figures are a year of this century.
bool numeric_date(Match& m) {
  const int year = full_year(m.at(4));
  if (year == 0) return false;
  if (!m.at(4).glued && !m.at(4).is(Class::year)) return false;
  if (is_month(number(m, 2))) return make_day(m, number(m, 0), number(m, 2), year);
  return m.at(1).is(Class::slash) && make_day(m, number(m, 2), number(m, 0), year);  // 10/15/2024
}

// «21,03,2025»: commas typed for dots.
bool comma_date(Match& m) {
  return two_digits(m.at(2)) && make_day(m, number(m, 0), number(m, 2), m.at(4).value(Class::year));
}

bool spaced_date(Match& m) {  // «15.10 2024», "15.10.2024 г"
  return two_digits(m.at(2)) && make_day(m, number(m, 0), number(m, 2), m.at(3).value(Class::year));
}

bool roman_date(Match& m) {
  return make_day(m, number(m, 0), m.at(2).value(Class::roman), full_year(m.at(4)));
}
bool roman_month(Match& m) {
  return make_month(m, m.at(0).value(Class::roman), m.at(2).value(Class::year));
}
bool month_of_year(Match& m) {
  return make_month(m, number(m, 0), m.at(2).value(Class::year));
}

bool junk(Match& m) {
  return make(m, Class::junk);
}

// 2024-25 and 2024/2025 are an academic year, 2024-11 a month, 1912-1995 a life.
bool year_pair(Match& m) {
  const int first = m.at(0).value(Class::year);
  const int second = m.at(2).is(Class::year) ? m.at(2).value(Class::year) : number(m, 2) + first / 100 * 100;
  if (m.at(2).is(Class::year) || two_digits(m.at(2))) {
    if (second == first + 1) return make(m, Class::year_pair, first);
    if (!m.at(2).is(Class::year) && is_month(number(m, 2))) return make_month(m, number(m, 2), first);
  }
  return m.at(2).is(Class::year) && make(m, Class::junk);
}

// «2024 – 2025 н.р.»: with spaces only the words after it tell it from a range of years.
bool spaced_year_pair(Match& m) {
  return is_unit(m.next(), Unit::academic_year) && year_pair(m);
}

bool colon_time(Match& m) {
  if (!two_digits(m.at(2)) || number(m, 0) > 23) return false;
  int hour = number(m, 0);
  if (m.has(3) && m.at(3).value(Class::clock) == 2 && hour < 12) hour += 12;
  return make_time(m, hour, number(m, 2));
}

bool clock_time(Match& m) {  // «11.00 год.», «9-00 ч»
  if (!two_digits(m.at(2))) return false;
  int hour = number(m, 0);
  if (m.at(3).value(Class::clock) == 2 && hour < 12) hour += 12;
  return make_time(m, hour, number(m, 2));
}

bool time_without_cue(Match& m) {
  if (!two_digits(m.at(2)) || number(m, 0) > 23 || number(m, 2) > 59) return false;
  if (glued_next(m, Class::dot) || glued_next(m, Class::slash)) {
    // «10.00.» ends a sentence, 10.12.2024 goes on.
    if (m.end + 1 < m.tokens.size() && m.tokens[m.end + 1].glued && m.tokens[m.end + 1].is(Class::number))
      return false;
  }
  const int minutes = number(m, 2);
  const bool told = m.previous() != nullptr && m.previous()->is(Class::at) &&
                    !m.previous()->is(Class::from) && !m.previous()->is(Class::until);
  if (m.at(1).is(Class::dash)) {
    const bool month_follows =
        m.next() != nullptr && (m.next()->is(Class::month) || m.next()->is(Class::unit) ||
                                m.next()->is(Class::date_word) || glued_next(m, Class::dot));
    if (month_follows || glued_next(m, Class::dash)) return false;
    if (minutes != 0 && !(told && minutes % 5 == 0)) return false;
    return make_time(m, number(m, 0), minutes);
  }
  if (minutes != 0 && minutes <= 12 && !follows_date(m)) return false;
  return make_time(m, number(m, 0), minutes);
}

bool whole_hours(Match& m) {  // «о 10 годині», "10 am", «15 ч 30 мин»
  int hour = number(m, 1);
  const bool half_day = m.at(2).value(Class::clock) != 0;
  if (!m.has(0) && !half_day && !m.has(3) && !follows_date(m)) return false;
  if (m.at(2).value(Class::clock) == 2 && hour < 12) hour += 12;
  if (m.at(2).value(Class::clock) == 1 && hour == 12) hour = 0;
  return make_time(m, hour, m.has(3) ? number(m, 3) : 0);
}

bool time_range(Match& m) {
  const auto &first = m.at(1), &last = m.at(3);
  if (first.end_time || last.end_time || *last.time <= *first.time) return false;
  m.out.time = first.time;
  m.out.end_time = last.time;
  return make(m, Class::time);
}

bool hour_to_time(Match& m) {  // "10-12.30": the hour alone begins a range
  if (!follows_date(m) || number(m, 0) > 23 || m.at(2).end_time) return false;
  const TimeOfDay first{number(m, 0) * 60};
  if (first >= *m.at(2).time) return false;
  m.out.time = first;
  m.out.end_time = m.at(2).time;
  return make(m, Class::time);
}

// "03.12." or "03.12"; a lone "2.10" may be the number of a row.
bool day_and_month(Match& m) {
  if (m.at(2).text.size() > 2 || glued_next(m, Class::number)) return false;
  const bool weak = m.at(0).text.size() == 1 && !m.has(3) && !m.at(0).ordinal_form;
  if (m.at(2).text.size() == 1 && m.at(0).text.size() == 1) return false;
  return make_day(m, number(m, 0), number(m, 2), 0, weak);
}

bool anniversary(Match& m) {
  return make(m, Class::anniversary);
}

}  // namespace

const Step& figure_step() {
  static const Step step = {"figures",
                            {
                                {"year dash! number! dash! number!", iso_date},
                                {"year dot! number! dot! number!", iso_date},
                                {"number dot number dot number|year", numeric_date},
                                {"number slash! number! slash! number|year!", numeric_date},
                                {"number dash! number! dash! year!", numeric_date},
                                {"number comma! number! comma! year!", comma_date},
                                {"number dot! number! year", spaced_date},
                                {"number dot|dash|slash roman dot|dash|slash year|number!", roman_date},
                                {"number dash! number! dash! number! dash! number!", junk},
                                {"number dash! number! dash! number!", junk},
                                {"number dot! number! dot! number! dot! number!", junk},
                                {"roman dot|slash comma? year",
                                 [](Match& m) {
                                   m.picks[2] = m.picks[3];
                                   return roman_month(m);
                                 }},
                                {"number dot|slash! year!", month_of_year},
                                {"year slash|dash year|number!", year_pair},
                                {"year dash year", spaced_year_pair},
                                {"number dash? anniversary", anniversary},
                                {"number_sign number dash? word!?", junk},
                                {"number colon! number! clock?", colon_time},
                                {"number dot|dash! number! clock", clock_time},
                                {"number dot|dash! number!", time_without_cue},
                                {"at? number clock number? minute?", whole_hours},
                                {"from? time dash|until|conjunction time", time_range},
                                {"number dash time", hour_to_time},
                                {"number dot! number! dot?", day_and_month},
                            }};
  return step;
}

}  // namespace convoke::calendar
