#include "calendar/conflicts.hpp"

#include "base/text.hpp"
#include "base/time_zone.hpp"
#include "calendar/event_occurrences.hpp"
#include "model/person.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <string>
#include <tuple>

namespace convoke::calendar {
namespace {

// Half open.
struct Span {
  Instant begin, end;

  bool meets(const Span& other) const { return begin < other.end && other.begin < end; }
};

struct Taken {
  Date first;
  Span days;   // the whole of them
  Span times;  // the hours, where they are known
};

Taken taken_by(const Event& event, Date first, Date last, std::optional<TimeOfDay> time,
               std::optional<TimeOfDay> end_time) {
  Taken taken{
      first,
      {to_instant(first, TimeOfDay{0}, event.zone), to_instant(add_days(last, 1), TimeOfDay{0}, event.zone)},
      {}};
  taken.times = taken.days;
  if (!time || first != last) return taken;
  taken.times.begin = to_instant(first, *time, event.zone);
  taken.times.end = taken.times.begin + usual_length;
  // An end before the beginning is one of the next day.
  if (end_time)
    taken.times.end = to_instant(*end_time > *time ? first : add_days(first, 1), *end_time, event.zone);
  return taken;
}

bool is_series(const Period& period) {
  return period.precision == Precision::recurring && period.has_dates();
}

bool may_stand_in_the_way(const Event& event) {
  return event.kind != EventKind::goal && event.status != EventStatus::cancelled && !event.period.deadline &&
         (is_series(event.period) || takes_days(event));
}

// All that `event` takes from `from` to `to`.
std::vector<Taken> taken_within(const Event& event, Date from, Date to) {
  std::vector<Taken> taken;
  const Period& period = event.period;
  if (event.overrides.empty() && (*period.last < from || to < *period.first)) return taken;
  if (!is_series(period)) {
    taken.push_back(taken_by(event, *period.first, *period.last, period.time, period.end_time));
    return taken;
  }
  for (const auto& one : event_occurrences(event, from, to))
    if (!one.cancelled && one.first == one.last)  // a month in which something is due takes no day
      taken.push_back(taken_by(event, one.first, one.last, one.time, one.end_time));
  return taken;
}

// Names of no place in particular.
bool is_nowhere(std::string_view folded) {
  static constexpr std::array<std::string_view, 12> words = {
      "онлайн",   "online",   "zoom",     "дистанційно", "дистанционно", "дыстанцыйна",
      "інтернет", "интернет", "інтэрнэт", "google meet", "meet",         "вебінар"};
  return folded.empty() || std::find(words.begin(), words.end(), folded) != words.end();
}

bool same_person(const Responsible& a, const Responsible& b) {
  if (a.person && b.person) return a.person == b.person;
  return !a.name.empty() && !b.name.empty() && name_key(a.name) == name_key(b.name);
}

class Comparison {
 public:
  explicit Comparison(const Event& event) : event_(event), place_(fold(collapse_spaces(event.place))) {}

  bool shares_person(const Event& other) const {
    return std::any_of(event_.responsible.begin(), event_.responsible.end(), [&](const Responsible& mine) {
      return std::any_of(other.responsible.begin(), other.responsible.end(),
                         [&](const Responsible& theirs) { return same_person(mine, theirs); });
    });
  }
  // "The reading room" of a neighbour is another one.
  bool shares_place(const Event& other) const {
    return event_.source == other.source && !is_nowhere(place_) &&
           fold(collapse_spaces(other.place)) == place_;
  }

 private:
  const Event& event_;
  const std::string place_;
};

}  // namespace

bool takes_days(const Event& event) {
  const Period& period = event.period;
  if (!period.has_dates() || period.deadline) return false;
  if (event.status == EventStatus::cancelled || event.kind == EventKind::goal) return false;
  if (period.is_dated()) return true;
  return period.precision == Precision::date_range &&
         to_days(*period.last) - to_days(*period.first) < longest_stay;
}

std::vector<Conflict> conflicts(const Event& event, const std::vector<const Event*>& others) {
  std::vector<Conflict> found;
  if (!takes_days(event)) return found;
  const Period& period = event.period;
  const auto mine = taken_by(event, *period.first, *period.last, period.time, period.end_time);
  // A day more at both ends: elsewhere it may be another date already.
  const Date from = add_days(*period.first, -1), to = add_days(*period.last, 1);
  const Comparison comparison(event);
  for (const Event* other : others) {
    if (other->id == event.id || !may_stand_in_the_way(*other)) continue;
    for (const auto& theirs : taken_within(*other, from, to)) {
      if (!mine.days.meets(theirs.days)) continue;
      Conflict conflict;
      conflict.other = other;
      conflict.day = std::max(mine.first, theirs.first);
      conflict.neighbour = other->source != event.source;
      if (mine.times.meets(theirs.times)) {
        conflict.responsible = comparison.shares_person(*other);
        conflict.place = comparison.shares_place(*other);
      }
      if (!conflict.neighbour && !conflict.responsible && !conflict.place) continue;
      found.push_back(conflict);
      break;
    }
  }
  std::sort(found.begin(), found.end(), [](const Conflict& a, const Conflict& b) {
    return std::tuple(a.day, a.other->id) < std::tuple(b.day, b.other->id);
  });
  if (found.size() > most_conflicts) found.resize(most_conflicts);
  return found;
}

}  // namespace convoke::calendar
