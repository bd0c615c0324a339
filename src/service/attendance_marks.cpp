#include "service/attendance_marks.hpp"

#include "base/time_zone.hpp"
#include "notify/planner.hpp"

#include <algorithm>

namespace convoke::service {
namespace {

constexpr Date before_all = make_date(-9999, 1, 1);

// What a mark of `day` counts for: one of the event's days. While the event has none, all marks are one,
// whatever day it was when they were made.
Date slot_among(const std::vector<Date>& days, Date day) {
  return days.empty() ? before_all : day_among(days, day);
}

}  // namespace

Date day_of_moment(const Event& event, Instant moment) {
  return day_among(attendance_days(event), civil_date(moment, notify::zone_of(event)));
}

DayMarks::DayMarks(const std::vector<AttendanceMark>& marks, std::vector<Date> days)
    : days_(std::move(days)) {
  for (const auto& one : marks) {
    const auto [at, first] = marks_.try_emplace({one.registration, slot_among(days_, one.day)}, one);
    if (first) continue;
    // Whoever was here on one of the days that became this one was here.
    const bool better = one.here != at->second.here ? one.here : at->second.seen < one.seen;
    if (better) at->second = one;
  }
}

const AttendanceMark* DayMarks::last(RegistrationId who, Date day) const {
  const auto found = marks_.find({who, slot_among(days_, day)});
  return found == marks_.end() ? nullptr : &found->second;
}

std::optional<Instant> DayMarks::since(RegistrationId who, Date day) const {
  const auto* mark = last(who, day);
  if (mark == nullptr || !mark->here) return std::nullopt;
  return mark->seen;
}

bool DayMarks::has_any(RegistrationId who) const {
  const auto from = marks_.lower_bound({who, before_all});
  return from != marks_.end() && from->first.first == who;
}

bool DayMarks::on_any_day(RegistrationId who) const {
  for (auto at = marks_.lower_bound({who, before_all}); at != marks_.end() && at->first.first == who; ++at)
    if (at->second.here) return true;
  return false;
}

std::optional<Instant> here_since(const DayMarks& marks, const Registration& one, Date day) {
  if (one.state != RegistrationState::attended) return std::nullopt;
  auto since = marks.since(one.id, day);
  if (!since && marks.days().size() <= 1) since = one.settled.value_or(one.submitted);
  return since;
}

DayMarks marks_of(db::Unit& unit, const Event& event, RegistrationId who) {
  return {unit.registrations().marks_of(who), attendance_days(event)};
}

DayMarks marks_of(db::Unit& unit, const Event& event) {
  return {unit.registrations().marks(event.id), attendance_days(event)};
}

Result<RegistrationState> mark_day(const RegistrationWork& work, const RegistrationForm& form,
                                   const Event& event, Registration& who, Date day, bool here,
                                   Instant heard) {
  if (!takes_part(who.state)) return Error(Errc::conflict, "whoever has no place is not at the door");
  const auto days = attendance_days(event);
  AttendanceMark mark;
  mark.registration = who.id;
  mark.day = day_among(days, day);
  mark.here = here;
  mark.seen = work.now;
  mark.heard = heard;
  // Marks that count for the same now say the same.
  const auto slot = slot_among(days, mark.day);
  for (auto other : work.unit.registrations().marks_of(who.id)) {
    if (other.day == mark.day || here || !other.here || slot_among(days, other.day) != slot) continue;
    other.here = false;
    other.heard = heard;
    work.unit.registrations().mark(other);
  }
  work.unit.registrations().mark(mark);
  const bool came = marks_of(work.unit, event, who.id).on_any_day(who.id);
  if (came == (who.state == RegistrationState::attended)) return who.state;
  std::vector<Registration> members = {who};
  auto state = take_step(work, form, members, came ? RegistrationStep::attend : RegistrationStep::undo_door);
  if (state) who = members.front();
  return state;
}

Result<RegistrationState> mark_at_desk(const RegistrationWork& work, const RegistrationForm& form,
                                       const Event& event, Registration& who, bool here) {
  std::vector<Date> days = {day_of_moment(event, work.now)};
  if (!here) {
    const auto marked = work.unit.registrations().marks_of(who.id);
    days.clear();
    for (const auto& one : marked)
      if (one.here) days.push_back(one.day);
  }
  const auto wanted = here ? RegistrationState::attended : RegistrationState::registered;
  if (who.state == wanted || days.empty())
    return Error(Errc::conflict, "this step does not follow the state");
  Result<RegistrationState> state = who.state;
  for (const auto day : days) {
    state = mark_day(work, form, event, who, day, here, work.now);
    if (!state) break;
  }
  return state;
}

}  // namespace convoke::service
