#include "calendar/conflicts.hpp"

#include "base/text.hpp"
#include "base/time_zone.hpp"
#include "calendar/event_occurrences.hpp"
#include "model/person.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <tuple>

namespace convoke::calendar {
namespace {

bool is_series(const Period& period) {
  return period.precision == Precision::recurring && period.has_dates();
}

bool may_stand_in_the_way(const Event& event) {
  return event.kind != EventKind::goal && event.status != EventStatus::cancelled && !event.period.deadline &&
         (is_series(event.period) || takes_days(event));
}

// Names of no place in particular.
bool is_nowhere(std::string_view folded) {
  static constexpr std::array<std::string_view, 12> words = {
      "онлайн",   "online",   "zoom",     "дистанційно", "дистанционно", "дыстанцыйна",
      "інтернет", "интернет", "інтэрнэт", "google meet", "meet",         "вебінар"};
  return folded.empty() || std::find(words.begin(), words.end(), folded) != words.end();
}

bool share_one(const std::vector<std::uint32_t>& a, const std::vector<std::uint32_t>& b) {
  return std::any_of(a.begin(), a.end(),
                     [&](auto key) { return key != 0 && std::find(b.begin(), b.end(), key) != b.end(); });
}

bool are_relatives(const Event& a, const Event& b) {
  return (a.parent && a.parent == b.id) || (b.parent && b.parent == a.id);
}

std::int64_t utc_day(Instant at) {
  return std::chrono::floor<std::chrono::days>(at).time_since_epoch().count();
}

}  // namespace

bool takes_days(const Event& event) {
  const Period& period = event.period;
  if (!period.has_dates() || period.deadline) return false;
  if (event.status == EventStatus::cancelled || event.kind == EventKind::goal) return false;
  if (period.is_dated()) return true;
  return period.precision == Precision::date_range &&
         to_days(*period.last) - to_days(*period.first) < longest_stay;
}

template<class KeyOf>
ConflictIndex::Side ConflictIndex::side_of(const Entry& entry, KeyOf key_of) {
  const Event& event = *entry.event;
  Side side;
  side.event = entry.event;
  for (const auto& one : event.responsible)
    if (one.person || !one.name.empty())
      side.responsible.push_back({one.person, one.name.empty() ? 0 : key_of("n" + name_key(one.name))});
  for (const auto& name : entry.speakers) side.speakers.push_back(key_of("n" + name_key(name)));
  for (const auto& audience : event.audience)
    if (auto folded = fold(collapse_spaces(audience)); !folded.empty())
      side.audience.push_back(key_of("a" + folded));
  // "The reading room" of a neighbour is another one.
  if (const auto place = fold(collapse_spaces(event.place)); !is_nowhere(place))
    side.place = key_of("p" + std::to_string(event.source.value) + "/" + place);
  return side;
}

ConflictIndex::Taken ConflictIndex::taken_by(const Event& event, Date first, Date last,
                                             std::optional<TimeOfDay> time,
                                             std::optional<TimeOfDay> end_time) {
  Taken taken;
  taken.first = first;
  taken.days = {to_instant(first, TimeOfDay{0}, event.zone),
                to_instant(add_days(last, 1), TimeOfDay{0}, event.zone)};
  taken.times = taken.days;
  if (!time || first != last) return taken;
  taken.timed = true;
  taken.times.begin = to_instant(first, *time, event.zone);
  taken.times.end = taken.times.begin + usual_length;
  // An end before the beginning is one of the next day.
  if (end_time)
    taken.times.end = to_instant(*end_time > *time ? first : add_days(first, 1), *end_time, event.zone);
  return taken;
}

// All that `event` takes from `from` to `to`.
std::vector<ConflictIndex::Taken> ConflictIndex::taken_within(const Event& event, Date from, Date to) {
  std::vector<Taken> taken;
  if (!may_stand_in_the_way(event)) return taken;
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

ConflictIndex::ConflictIndex(const std::vector<Entry>& entries, Date from, Date to)
    : from_(add_days(from, -1)), to_(add_days(to, 1)) {
  const auto key_of = [this](std::string text) {
    return keys_.try_emplace(std::move(text), static_cast<Key>(keys_.size() + 1)).first->second;
  };
  for (const auto& entry : entries) {
    auto taken = taken_within(*entry.event, from_, to_);
    if (taken.empty()) continue;
    for (auto& one : taken) {
      one.side = sides_.size();
      for (auto day = utc_day(one.days.begin); day <= utc_day(one.days.end - std::chrono::seconds{1}); ++day)
        days_[day].push_back(taken_.size());
      taken_.push_back(one);
    }
    sides_.push_back(side_of(entry, key_of));
  }
}

bool ConflictIndex::speaks_at_both(const Side& a, const Side& b) {
  const auto answers_for = [](const Side& side, const std::vector<Key>& speakers) {
    return std::any_of(side.responsible.begin(), side.responsible.end(), [&](const Someone& one) {
      return one.name != 0 && std::find(speakers.begin(), speakers.end(), one.name) != speakers.end();
    });
  };
  return share_one(a.speakers, b.speakers) || answers_for(a, b.speakers) || answers_for(b, a.speakers);
}

Conflict ConflictIndex::compared(const Side& mine, const Taken& when, const Side& theirs, const Taken& then) {
  Conflict conflict;
  conflict.other = theirs.event;
  conflict.day = std::max(when.first, then.first);
  conflict.neighbour = theirs.event->source != mine.event->source;
  if (!when.times.meets(then.times)) return conflict;
  // Parts of one event share its people, its room and its guests; only the hours tell them apart.
  const bool siblings = mine.event->parent && mine.event->parent == theirs.event->parent;
  if (siblings && !(when.timed && then.timed)) return conflict;
  conflict.responsible = std::any_of(mine.responsible.begin(), mine.responsible.end(), [&](const Someone& a) {
    return std::any_of(theirs.responsible.begin(), theirs.responsible.end(), [&](const Someone& b) {
      return a.person && b.person ? a.person == b.person : a.name != 0 && a.name == b.name;
    });
  });
  conflict.speaker = speaks_at_both(mine, theirs);
  conflict.place = mine.place != 0 && mine.place == theirs.place;
  conflict.audience = share_one(mine.audience, theirs.audience);
  return conflict;
}

std::vector<Conflict> ConflictIndex::of(const Entry& one) const {
  const Event& event = *one.event;
  // What the index has never heard of cannot be shared.
  const Side mine = side_of(one, [this](const std::string& text) {
    const auto found = keys_.find(text);
    return found == keys_.end() ? Key{0} : found->second;
  });
  std::map<const Event*, Conflict> found;  // the first day of each
  for (const auto& when : taken_within(event, from_, to_)) {
    for (auto day = utc_day(when.days.begin); day <= utc_day(when.days.end - std::chrono::seconds{1});
         ++day) {
      const auto bucket = days_.find(day);
      if (bucket == days_.end()) continue;
      for (const auto at : bucket->second) {
        const Taken& then = taken_[at];
        const Side& theirs = sides_[then.side];
        if (theirs.event->id == event.id || are_relatives(event, *theirs.event)) continue;
        if (!when.days.meets(then.days)) continue;
        const auto conflict = compared(mine, when, theirs, then);
        if (!conflict.neighbour && !conflict.responsible && !conflict.speaker && !conflict.place &&
            !conflict.audience)
          continue;
        const auto [known, fresh] = found.try_emplace(theirs.event, conflict);
        if (!fresh && conflict.day < known->second.day) known->second = conflict;
      }
    }
  }
  std::vector<Conflict> conflicts;
  for (const auto& [other, conflict] : found) conflicts.push_back(conflict);
  std::sort(conflicts.begin(), conflicts.end(), [](const Conflict& a, const Conflict& b) {
    return std::tuple(a.day, a.other->id) < std::tuple(b.day, b.other->id);
  });
  if (conflicts.size() > most_conflicts) conflicts.resize(most_conflicts);
  return conflicts;
}

std::size_t ConflictIndex::others_on(Date day, const Event& event) const {
  const auto whole = taken_by(event, day, day, {}, {});
  std::vector<std::size_t> sides;
  for (auto at = utc_day(whole.days.begin); at <= utc_day(whole.days.end - std::chrono::seconds{1}); ++at) {
    const auto bucket = days_.find(at);
    if (bucket == days_.end()) continue;
    for (const auto one : bucket->second) {
      const Event& other = *sides_[taken_[one].side].event;
      if (other.id != event.id && other.source == event.source && other.organisation == event.organisation &&
          taken_[one].days.meets(whole.days))
        sides.push_back(taken_[one].side);
    }
  }
  std::sort(sides.begin(), sides.end());
  return static_cast<std::size_t>(std::unique(sides.begin(), sides.end()) - sides.begin());
}

std::vector<Conflict> conflicts(const Event& event, const std::vector<const Event*>& others) {
  if (!takes_days(event)) return {};
  std::vector<ConflictIndex::Entry> entries;
  entries.reserve(others.size());
  for (const auto* other : others) entries.push_back({other, {}});
  return ConflictIndex(entries, *event.period.first, *event.period.last).of({&event, {}});
}

}  // namespace convoke::calendar
