#include "calendar/event_occurrences.hpp"

#include <algorithm>
#include <tuple>

namespace convoke::calendar {
namespace {

// An override may repeat what the series says anyway.
std::optional<std::string> other_than(const std::string& usual, const std::optional<std::string>& changed) {
  return changed && *changed != usual ? changed : std::nullopt;
}

// Moved without a new end, it lasts as long as it would have.
std::optional<TimeOfDay> shifted_end(const Period& period, TimeOfDay time) {
  if (!period.time || !period.end_time) return std::nullopt;
  constexpr TimeOfDay day = std::chrono::hours{24};
  return (*period.end_time - *period.time + time + day) % day;
}

EventOccurrence plain(const Event& event, Occurrence one) {
  EventOccurrence out;
  out.key = std::move(one.key);
  out.first = one.first;
  out.last = one.last;
  out.day = event.period.precision == Precision::recurring ? one.last : one.first;
  out.time = event.period.time;
  out.end_time = event.period.end_time;
  out.cancelled = event.status == EventStatus::cancelled;
  return out;
}

void apply(const Event& event, const Override& change, EventOccurrence& out) {
  out.cancelled = out.cancelled || change.cancelled;
  if (change.time) {
    out.time = change.time;
    out.end_time = change.end_time ? change.end_time : shifted_end(event.period, *change.time);
  } else if (change.end_time && out.time) {
    out.end_time = change.end_time;
  }
  if (change.date) out.first = out.last = *change.date;
  out.moved = (change.date && *change.date != out.day) || out.time != event.period.time ||
              out.end_time != event.period.end_time;
  out.title = other_than(event.title, change.title);
  out.place = other_than(event.place, change.place);
  out.note = other_than(event.note, change.note);
}

// What is left over from a series that has become one day says nothing any more.
const Override* override_of(const Event& event, Date day) {
  if (event.period.precision != Precision::recurring) return nullptr;
  const auto found = std::lower_bound(event.overrides.begin(), event.overrides.end(), day,
                                      [](const Override& one, Date wanted) { return one.day < wanted; });
  return found != event.overrides.end() && found->day == day ? &*found : nullptr;
}

}  // namespace

std::optional<EventOccurrence> occurrence_on(const Event& event, Date day) {
  for (auto& one : occurrences(event.period, day, day)) {
    auto out = plain(event, std::move(one));
    if (out.day != day) continue;  // a quarter meets all its days and has one
    if (const auto* change = override_of(event, day)) apply(event, *change, out);
    return out;
  }
  return std::nullopt;
}

std::vector<EventOccurrence> event_occurrences(const Event& event, Date from, Date to, std::size_t* steps) {
  std::vector<EventOccurrence> found;
  for (auto& one : occurrences(event.period, from, to, steps)) {
    auto out = plain(event, std::move(one));
    if (override_of(event, out.day) == nullptr) found.push_back(std::move(out));
  }
  std::size_t looked_at = 0;
  for (const auto& change : event.overrides) {
    if (event.period.precision != Precision::recurring || to < from || looked_at++ == max_overrides) break;
    const Date now_on = change.date.value_or(change.day);
    if (now_on < from || (change.date && now_on > to)) continue;
    const auto one = occurrence_on(event, change.day);
    if (one && one->first <= to && one->last >= from) found.push_back(*one);
  }
  if (steps) *steps += looked_at;
  std::sort(found.begin(), found.end(), [](const EventOccurrence& a, const EventOccurrence& b) {
    return std::tie(a.last, a.time, a.day) < std::tie(b.last, b.time, b.day);
  });
  return found;
}

Event as_on(const Event& event, const EventOccurrence& occurrence) {
  Event out = event;
  out.overrides.clear();
  out.period.recurrence.reset();
  out.period.first = occurrence.first;
  out.period.last = occurrence.last;
  out.period.time = occurrence.time;
  out.period.end_time = occurrence.end_time;
  if (event.period.precision == Precision::recurring || occurrence.moved) {
    const bool one_day = occurrence.first == occurrence.last;
    out.period.precision = !one_day          ? Precision::date_range
                           : occurrence.time ? Precision::exact_time
                                             : Precision::exact_date;
  }
  if (occurrence.cancelled) out.status = EventStatus::cancelled;
  if (occurrence.title) out.title = *occurrence.title;
  if (occurrence.place) out.place = *occurrence.place;
  if (occurrence.note) out.note = *occurrence.note;
  return out;
}

Event without_cancelled_days(Event event) {
  if (!event.period.recurrence) return event;
  auto& without = event.period.recurrence->without;
  for (const auto& change : event.overrides)
    if (change.cancelled) without.push_back(change.day);
  std::sort(without.begin(), without.end());
  without.erase(std::unique(without.begin(), without.end()), without.end());
  std::erase_if(event.overrides, [](const Override& change) { return change.cancelled; });
  return event;
}

}  // namespace convoke::calendar
