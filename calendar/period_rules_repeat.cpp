// How often: "2 раза в год", «кожні два тижні», "the third Thursday of each month", «по вторникам и
// четвергам».
#include "calendar/period_match.hpp"

namespace convoke::calendar {
namespace {

// How many of a unit a year has, in the schools' sense where terms and semesters are meant.
double per_year(Unit unit) {
  switch (unit) {
    case Unit::day:
      return 365;
    case Unit::week:
      return 52;
    case Unit::decade:
      return 36;
    case Unit::month:
      return 12;
    case Unit::quarter:
    case Unit::term:
      return 4;
    case Unit::half_year:
    case Unit::semester:
      return 2;
    case Unit::year:
    case Unit::academic_year:
      return 1;
  }
  return 1;
}

constexpr int max_workdays = 23;  // of a month

struct Rate {
  double times_a_year;
  Frequency frequency;
};

constexpr std::array<Rate, 8> rates = {{{1, Frequency::yearly},
                                        {2, Frequency::semiannual},
                                        {3, Frequency::three_per_year},
                                        {4, Frequency::quarterly},
                                        {12, Frequency::monthly},
                                        {26, Frequency::biweekly},
                                        {52, Frequency::weekly},
                                        {365, Frequency::daily}}};

// The frequency nearest to `times` in `count` units; a warning when it is not exact.
bool make_rate(Match& m, int times, int count, Unit unit) {
  if (times < 1 || count < 1) return false;
  const double wanted = times * per_year(unit) / count;
  const Rate* nearest = &rates[0];
  const auto ratio = [&](const Rate& rate) {
    return wanted > rate.times_a_year ? wanted / rate.times_a_year : rate.times_a_year / wanted;
  };
  for (const auto& rate : rates)
    if (ratio(rate) < ratio(*nearest)) nearest = &rate;
  if (ratio(*nearest) > 1.2)
    m.context.warnings.push_back("the plan knows no such frequency; the nearest was taken: " +
                                 std::string(name_of(nearest->frequency)));
  return make_repeat(m, nearest->frequency);
}

// A count in words or digits before «раз», or the count the word itself has ("twice").
int times_of(const Match& m, std::size_t number, std::size_t times) {
  const int own = m.at(times).value(Class::times);
  if (own > 0) return own;
  return m.has(number) ? count_of(m.at(number)) : 1;
}

bool times_per_unit(Match& m) {  // number? dash? number? times in|each|by? number? unit
  const std::size_t number = m.has(0) ? 0 : 2;
  const int count = m.has(6) ? count_of(m.at(6)) : 1;
  const bool every_other = m.has(6) && m.at(6).is(Class::other);
  return make_rate(m, times_of(m, number, 3), every_other ? 2 : count, unit_of(m.at(7)));
}

bool each_unit(Match& m) {  // each number|ordinal|other? unit
  const Unit unit = unit_of(m.at(2));
  int count = 1;
  if (m.has(1)) count = m.at(1).is(Class::other) ? 2 : count_of(m.at(1));
  // «каждая первая неделя месяца» is a part of a month, not an interval.
  const bool of_month = is_unit(m.next(), Unit::month) || (m.next() != nullptr && m.next()->is(Class::month));
  if (of_month && (unit == Unit::week || unit == Unit::decade)) return false;
  return make_rate(m, 1, count, unit);
}

bool other_unit(Match& m) {  // other unit=week: «через неделю», but not «через неделю после»
  if (m.next() != nullptr && (m.next()->is(Class::after) || m.next()->is(Class::before))) return false;
  return make_rate(m, 1, 2, unit_of(m.at(1)));
}
bool report_unit(Match& m) {
  m.out.ordinal_form = true;  // it says more than the «месяц» of «месяца, следующего за отчётным кварталом»
  return make_rate(m, 1, 1, unit_of(m.at(1)));
}

// «по итогам квартала» repeats; «по итогам года» is the year's end; «по итогам I квартала» is that quarter.
bool results_unit(Match& m) {
  const Unit unit = unit_of(m.at(2));
  if (unit != Unit::year && unit != Unit::academic_year) return make_rate(m, 1, 1, unit);
  Piece piece;
  piece.kind = PieceKind::year_end;
  piece.academic = unit == Unit::academic_year;
  return make_piece(m, piece);
}

bool results_year(Match& m) {
  Piece piece;
  piece.kind = PieceKind::year_end;
  piece.academic = m.at(1).is(Class::year_pair);
  piece.year = piece.academic ? m.at(1).value(Class::year_pair) + 1 : m.at(1).value(Class::year);
  if (piece.academic) piece.year = m.at(1).value(Class::year_pair);
  return make_piece(m, piece);
}

// «за 10 дней до 15 мая»: counted back when a date follows, otherwise it waits for its event.
bool days_before(Match& m) {                   // in|by number? unit until|before|deadline
  if (m.at(2).is(Class::month)) return false;  // «к 5 дек. до обеда»: no five decades
  const int count = m.has(1) ? count_of(m.at(1)) : 1;
  const auto unit = static_cast<Unit>(m.at(2).value(Class::unit));
  const int days = unit == Unit::day ? 1 : unit == Unit::week ? 7 : unit == Unit::month ? 30 : 0;
  if (days == 0 || count < 1 || count > 400) return false;
  return make(m, Class::relative, count * days);
}

// «через неделю после семинара», "two weeks before": only when the event is known.
bool days_around(Match& m) {
  if (m.at(1).is(Class::month)) return false;
  return make(m, Class::relative, 0);
}

bool adverb(Match& m) {
  return make_repeat(m, static_cast<Frequency>(m.at(0).value(Class::every)));
}

// --- weekdays

std::chrono::weekday weekday_from(int iso) {
  return std::chrono::weekday{static_cast<unsigned>(iso % 7)};
}

void add_weekdays(Token& token, int code) {
  const auto add = [&](int from, int to) {
    for (int day = from; day <= to; ++day) token.weekdays.push_back({weekday_from(day), 0});
  };
  if (code == 67)
    add(6, 7);
  else if (code > 7)
    add(code / 10, code % 10);
  else
    add(code, code);
}

bool every_weekday(Match& m) {  // by|in? weekdays
  const int code = m.at(1).value(Class::weekdays);
  if (code == 15) return make_repeat(m, Frequency::daily);
  add_weekdays(m.out, code);
  return make_repeat(m, Frequency::weekly);
}

bool weekdays_from_to(Match& m) {  // from? weekday dash|until weekday
  const int first = m.at(1).value(Class::weekday);
  const int last = m.at(3).value(Class::weekday);
  if (last <= first) return false;
  add_weekdays(m.out, first * 10 + last);
  return make_repeat(m, Frequency::weekly);
}

bool named_weekday(Match& m) {  // each|by|in? other? weekday
  add_weekdays(m.out, m.at(2).value(Class::weekday));
  return make_repeat(m, m.has(1) ? Frequency::biweekly : Frequency::weekly);
}

bool nth_of_month(Match& m) {  // each? ordinal weekday piece=month
  const int n = count_of(m.at(1));
  if (n > 5) return false;
  Piece piece = m.at(3).piece;
  piece.kind = PieceKind::nth_weekday;
  piece.n = n;
  piece.weekday = m.at(2).value(Class::weekday);
  return make_piece(m, piece);
}

// each? ordinal weekday in? each? unit=month: in a plan of one month it is a day, elsewhere it repeats.
bool nth_of_every_month(Match& m) {
  const int n = count_of(m.at(1));
  const bool of_month = m.has(4) || m.has(5);
  if (n > 5 || n == 0 ||
      (!of_month && m.at(1).is(Class::number) && !m.at(1).is(Class::ordinal) && !m.at(1).ordinal_form))
    return false;
  const int iso = m.at(2).value(Class::weekday);
  if (m.context.plan.kind == YearKind::month && !m.has(0) && !m.has(4)) {
    Piece piece;
    piece.kind = PieceKind::nth_weekday;
    piece.n = n;
    piece.weekday = iso;
    return make_piece(m, piece);
  }
  m.out.weekdays = {{weekday_from(iso), n}};
  return make_repeat(m, Frequency::monthly);
}

// each? number|ordinal|roman workday in? each? piece=month|unit|repeat?
bool nth_workday(Match& m) {
  const int n = count_of(m.at(1));
  if (n == 0 || n > max_workdays || (m.at(1).is(Class::number) && !m.at(1).ordinal_form)) return false;
  Piece piece;
  const bool named = m.has(5) && m.at(5).is(Class::piece);
  if (named) piece = m.at(5).piece;
  piece.kind = PieceKind::nth_workday;
  piece.n = n;
  const bool of_month = !m.has(5) || is_unit(&m.at(5), Unit::month);
  const bool each = m.has(0) || m.has(4) || (m.has(5) && m.at(5).is(Class::repeat));
  if (named || (of_month && m.context.plan.kind == YearKind::month && !each)) return make_piece(m, piece);
  if (!m.has(5)) return false;
  if (n != -1) m.context.warnings.push_back("which working day is meant was not kept");
  if (m.at(5).is(Class::repeat)) return make_repeat(m, static_cast<Frequency>(m.at(5).value(Class::repeat)));
  const Unit unit = unit_of(m.at(5));
  return per_year(unit) <= 12 && make_rate(m, 1, 1, unit);
}

bool nth_list(Match& m) {  // ordinal comma|conjunction|dash|slash repeat: «1-я и 3-я среда месяца»
  const auto& next = m.at(2);
  if (next.weekdays.size() == 0 || next.weekdays.front().nth == 0) return false;
  const int n = count_of(m.at(0));
  if (n > 5 || n == 0) return false;
  m.out.weekdays = next.weekdays;
  m.out.weekdays.insert(m.out.weekdays.begin(), {next.weekdays.front().weekday, n});
  return make_repeat(m, Frequency::monthly);
}

// «1 числа каждого месяца», "the 5th of each month": a day of every month.
bool day_of_every_month(Match& m) {
  const int day = count_of(m.at(0));
  if (day < 1 || day > 31) return false;
  if (!m.has(1) && !m.at(0).ordinal_form && !m.at(0).is(Class::ordinal)) return false;
  m.out.piece.day = day;
  return make_repeat(m, static_cast<Frequency>(m.at(3).value(Class::repeat)));
}

}  // namespace

const Step& frequency_step() {
  static const Step step = {
      "frequency",
      {
          {"in|by|deadline number|ordinal? unit until|before|deadline", days_before},
          {"number unit before|after", days_around},
          {"number|ordinal? dash|conjunction? number? times in|by? each? number|ordinal|other? unit",
           times_per_unit},
          {"each number|ordinal|other? unit", each_unit},
          {"other unit=week", other_unit},
          {"results report? unit", results_unit},
          {"results year_pair|year unit?", results_year},
          {"report unit", report_unit},
          {"every", adverb},
      }};
  return step;
}

const Step& weekday_step() {
  static const Step step = {
      "weekdays",
      {
          {"each? ordinal|number|roman weekday piece=month", nth_of_month},
          {"each? ordinal|number|roman weekday in? each? unit=month?", nth_of_every_month},
          {"each? ordinal|number|roman weekday in? repeat", nth_of_every_month},
          {"each? ordinal|number|roman workday in? each? piece=month|unit|repeat?", nth_workday},
          {"ordinal|number|roman comma|conjunction|dash|slash repeat", nth_list},
          {"number|ordinal date_word? comma? repeat", day_of_every_month},
          {"by|in? weekdays", every_weekday},
          {"from? weekday dash|until weekday", weekdays_from_to},
          {"each|by|in? other? weekday", named_weekday},
      }};
  return step;
}

}  // namespace convoke::calendar
