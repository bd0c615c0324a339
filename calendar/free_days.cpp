#include "calendar/free_days.hpp"

#include "base/text.hpp"
#include "calendar/event_occurrences.hpp"
#include "model/named_values.hpp"
#include "model/programme.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <tuple>

namespace convoke::calendar {
namespace {

constexpr std::array<std::string_view, 5> standing_names = {"working", "weekend", "holiday", "moved_off",
                                                            "moved_work"};

// What files of days off call a day that was exchanged: "перенос с 1 ноября", "перанос на 11 студзеня".
bool tells_exchange(std::string_view name) {
  static constexpr std::array<std::string_view, 5> begins = {"перенос", "перанос", "перенес", "moved",
                                                             "instead of"};
  const auto folded = fold(name);
  return std::any_of(begins.begin(), begins.end(), [&](auto word) { return folded.starts_with(word); });
}

bool is_kept_free(Date day, const WorkingWeek& week) {
  const auto standing = standing_of(day, week);
  return standing == DayStanding::holiday || standing == DayStanding::moved_off;
}

struct Weighed {
  FreeDay day;
  std::size_t weight = 0;
};

constexpr std::size_t weight_of_holiday = 4, weight_of_event = 3, weight_of_neighbour = 3, weight_of_edge = 1;

std::size_t weight_of(const FreeDay& day) {
  const auto weekday = weekday_of(day.day);
  const bool edge = day.day == day.last &&
                    (weekday == std::chrono::Monday || weekday == std::chrono::Friday || is_weekend(day.day));
  return (day.beside_day_off ? weight_of_holiday : 0) + day.others * weight_of_event +
         day.neighbours * weight_of_neighbour + (edge ? weight_of_edge : 0);
}

// Whether people would come on all of them.
bool are_worked(Date first, Date last, const WorkingWeek& week) {
  if (!is_worked(standing_of(first, week)) || !is_worked(standing_of(last, week))) return false;
  const bool over_weekends = to_days(last) - to_days(first) >= std::chrono::days(longest_short_stay);
  for (Date day = add_days(first, 1); day < last; day = add_days(day, 1)) {
    const auto standing = standing_of(day, week);
    if (!is_worked(standing) && !(over_weekends && standing == DayStanding::weekend)) return false;
  }
  return true;
}

// The time of `event`, were it to begin on that day.
Period moved(const Event& event, Date first, Date last) {
  if (first == last) return make_dated(first, event.period.time, event.period.end_time);
  Period period = event.period;
  period.first = first;
  period.last = last;
  return period;
}

// What is known of days that nobody needed is taken on; nothing when somebody is.
std::optional<FreeDay> freely(const ConflictIndex& index, const ConflictIndex::Entry& candidate) {
  FreeDay free;
  const Period& period = candidate.event->period;
  free.day = *period.first;
  free.last = *period.last;
  for (const auto& conflict : index.of(candidate)) {
    if (conflict.responsible || conflict.speaker || conflict.place || conflict.audience) return std::nullopt;
    if (conflict.neighbour) ++free.neighbours;
  }
  for (Date day = free.day; day <= free.last; day = add_days(day, 1))
    free.others = std::max(free.others, index.others_on(day, *candidate.event));
  return free;
}

}  // namespace

std::string_view name_of(DayStanding standing) {
  return name_in(standing_names, standing);
}

DayStanding standing_of(Date day, const WorkingWeek& week) {
  const auto name = week.days_off.name_of(day, week.country);
  if (!week.is_day_off(day)) return is_weekend(day) ? DayStanding::moved_work : DayStanding::working;
  if (!name.empty()) return tells_exchange(name) ? DayStanding::moved_off : DayStanding::holiday;
  return is_weekend(day) ? DayStanding::weekend : DayStanding::holiday;
}

std::vector<StandingDay> standing_days(const Event& event, const WorkingWeek& week, Date from, Date to) {
  std::vector<StandingDay> found;
  const auto look_at = [&](Date day, bool weekends) {
    const auto standing = standing_of(day, week);
    if (found.size() == most_standing_days || standing == DayStanding::working) return;
    if (!weekends && standing == DayStanding::weekend) return;
    if (!found.empty() && found.back().day == day) return;
    found.push_back({day, standing, std::string(week.days_off.name_of(day, week.country))});
  };
  if (takes_days(event)) {
    const auto stay = to_days(*event.period.last) - to_days(*event.period.first);
    for (Date day = std::max(*event.period.first, from); day <= std::min(*event.period.last, to);
         day = add_days(day, 1))
      look_at(day, stay.count() < longest_short_stay);
    return found;
  }
  const bool series = event.period.precision == Precision::recurring && event.period.has_dates() &&
                      !event.period.deadline && event.status != EventStatus::cancelled &&
                      event.kind != EventKind::goal;
  if (!series) return found;
  for (const auto& one : event_occurrences(event, from, to))
    if (!one.cancelled && one.first == one.last) look_at(one.first, false);
  return found;
}

bool lasts_days(const Event& event) {
  return takes_days(event) && days_of(event) > 1;
}

std::vector<FreeDay> free_days(const ConflictIndex& index, const ConflictIndex::Entry& one,
                               const WorkingWeek& week, Date from, Date to, std::size_t most) {
  std::vector<Weighed> found;
  Event candidate = *one.event;
  candidate.overrides.clear();
  candidate.status = EventStatus::planned;
  const int more = lasts_days(candidate) ? days_of(candidate) - 1 : 0;
  to = std::min(to, add_days(from, longest_search));
  for (Date day = from; add_days(day, more) <= to; day = add_days(day, 1)) {
    const Date last = add_days(day, more);
    if (!are_worked(day, last, week)) continue;
    candidate.period = moved(*one.event, day, last);
    auto free = freely(index, {&candidate, one.speakers});
    if (!free) continue;
    free->beside_day_off = is_kept_free(add_days(day, -1), week) || is_kept_free(add_days(last, 1), week);
    const auto weight = weight_of(*free);
    found.push_back({std::move(*free), weight});
  }
  std::stable_sort(found.begin(), found.end(),
                   [](const Weighed& a, const Weighed& b) { return a.weight < b.weight; });
  if (found.size() > most) found.resize(most);
  std::vector<FreeDay> days;
  for (const auto& weighed : found) days.push_back(weighed.day);
  return days;
}

}  // namespace convoke::calendar
