#include "service/registration_door.hpp"

#include "base/text.hpp"
#include "base/time_zone.hpp"
#include "db/store.hpp"
#include "model/named_values.hpp"
#include "notify/planner.hpp"
#include "service/attendance_marks.hpp"
#include "service/reach.hpp"
#include "service/registration_consent.hpp"
#include "service/registration_entry.hpp"
#include "service/registration_scope.hpp"
#include "service/registration_steps.hpp"

#include <algorithm>

namespace convoke::service {
namespace {

using namespace std::chrono_literals;

constexpr std::array<std::string_view, 10> answer_names = {"here",    "already",     "undone", "absent",
                                                           "waiting", "unconfirmed", "gone",   "other_event",
                                                           "unknown", "outdated"};

// A telephone tells how long ago in whole seconds, and so does the clock here.
constexpr std::chrono::seconds same_moment{2};

struct DoorWork {
  Event event;
  RegistrationForm form;
  Reach reach;

  DoorWork(Event e, RegistrationForm f, Reach r)
      : event(std::move(e)), form(std::move(f)), reach(std::move(r)) {}
};

Result<DoorWork> door_at(db::Unit& unit, const DeskScope& scope) {
  auto event = desk_event(unit, scope);
  if (!event) return event.error();
  auto form = desk_form(unit, scope);
  if (!form) return form.error();
  if (form->erased) return Error(Errc::not_found, "what this event knew of people is erased");
  return DoorWork(std::move(*event), std::move(*form), Reach(unit, scope.within));
}

DoorCounts counted(db::Unit& unit, const Door& door, const DayMarks& marks) {
  DoorCounts counts;
  const bool several = door.days.size() > 1;
  for (const auto& one : unit.registrations().counts(door.event.id)) {
    const auto at = static_cast<std::size_t>(one.format);
    if (takes_part(one.state)) counts.expected.at(at) += one.count;
    if (!several && one.state == RegistrationState::attended) counts.came.at(at) += one.count;
  }
  if (!several) return counts;
  db::RegistrationSelection came;
  came.event = door.event.id;
  came.state = RegistrationState::attended;
  for (const auto& one : unit.registrations().list(came))
    if (marks.since(one.id, door.day)) ++counts.came.at(static_cast<std::size_t>(one.format));
  return counts;
}

// A mark is news when it is heard of, however long ago somebody was seen.
bool is_news(const Registration& one, const DayMarks& marks, Date day, Instant since) {
  const auto* mark = marks.last(one.id, day);
  return std::max(one.submitted, one.settled.value_or(one.submitted)) >= since ||
         (mark != nullptr && mark->heard >= since);
}

// By name, those alone who were asked for.
void choose(db::Unit& unit, Door& door, const DoorSelection& wanted, const DayMarks& marks) {
  if (wanted.person) {
    const auto one = unit.registrations().find(*wanted.person);
    if (one && one->event == door.event.id) door.people.push_back(*one);
    return;
  }
  db::RegistrationSelection selection;
  selection.event = door.event.id;
  selection.words = fold(to_valid_utf8(wanted.words));
  selection.limit = wanted.since ? most_door_people : wanted.limit + 1;
  door.people = unit.registrations().list(selection);
  if (wanted.since)
    std::erase_if(door.people,
                  [&](const Registration& one) { return !is_news(one, marks, door.day, *wanted.since); });
  door.more = std::ssize(door.people) > wanted.limit;
  if (door.more) door.people.resize(static_cast<std::size_t>(wanted.limit));
  std::ranges::stable_sort(door.people, {}, [](const Registration& one) { return fold(one.name); });
}

ArrivalAnswer standing_of(RegistrationState state) {
  switch (state) {
    case RegistrationState::waiting:
      return ArrivalAnswer::waiting;
    case RegistrationState::submitted:
    case RegistrationState::pending:
      return ArrivalAnswer::unconfirmed;
    case RegistrationState::cancelled:
    case RegistrationState::lapsed:
    case RegistrationState::refused:
      return ArrivalAnswer::gone;
    case RegistrationState::registered:
    case RegistrationState::attended:
      break;
  }
  return ArrivalAnswer::absent;
}

// Who is meant; what to answer when it is nobody of this event.
std::optional<Registration> meant(db::Unit& unit, const DoorWork& door, const Arrival& seen,
                                  Arrived& answer) {
  auto found =
      seen.person ? unit.registrations().find(seen.person) : unit.registrations().find_by_code(seen.code);
  if (!found) return std::nullopt;
  if (found->event == door.event.id) return found;
  const auto other = unit.events().find(found->event);
  if (!seen.person && other && door.reach.holds(other->organisation)) {
    answer.answer = ArrivalAnswer::other_event;
    answer.title = other->title;
  }
  return std::nullopt;
}

// Somebody decided about this person and day after `moment`. A registration without a mark was settled as a
// whole.
bool is_overtaken(const Registration& one, const DayMarks& marks, Date day, Instant moment) {
  const auto* mark = marks.last(one.id, day);
  if (mark != nullptr) return moment + same_moment < mark->seen;
  return !marks.has_any(one.id) && one.settled && moment + same_moment < *one.settled;
}

Arrived settle(RegistrationWork work, const DoorWork& door, const Arrival& seen) {
  Arrived answer;
  const Instant heard = work.now;
  work.now -= seen.ago;
  const auto days = attendance_days(door.event);
  answer.day = seen.day ? day_among(days, *seen.day) : day_of_moment(door.event, work.now);
  auto found = meant(work.unit, door, seen, answer);
  if (!found) return answer;
  const auto marks = marks_of(work.unit, door.event, found->id);
  answer.since = here_since(marks, *found, answer.day);
  const bool here = answer.since.has_value();
  if (!takes_part(found->state)) {
    answer.answer = standing_of(found->state);
  } else if (here != seen.undo) {
    answer.answer = here ? ArrivalAnswer::already : ArrivalAnswer::absent;
  } else if (is_overtaken(*found, marks, answer.day, work.now) || seen.ago > oldest_arrival) {
    answer.answer = ArrivalAnswer::outdated;
  } else if (mark_day(work, door.form, door.event, *found, answer.day, !seen.undo, heard)) {
    answer.answer = seen.undo ? ArrivalAnswer::undone : ArrivalAnswer::here;
    answer.since = seen.undo ? std::nullopt : std::optional(work.now);
  }
  answer.who = std::move(found);
  return answer;
}

bool is_key(const std::string& key) {
  constexpr std::size_t shortest = 16, longest = 64;
  return key.size() >= shortest && key.size() <= longest;
}

bool is_known(db::Unit& unit, EventId event, const std::string& email) {
  const auto address = to_lower(trim(email));
  if (address.empty()) return false;
  const auto known = unit.registrations().of_address(event, address);
  return std::ranges::any_of(known, [](const Registration& one) { return is_alive(one.state); });
}

// A walk-in that comes again: whether they are here still, or somebody decided otherwise since.
ArrivalAnswer what_became_of(db::Unit& unit, const DoorWork& door, const Registration& one, Date day) {
  if (!takes_part(one.state)) return standing_of(one.state);
  const auto marks = marks_of(unit, door.event, one.id);
  const bool elsewhere = marks.last(one.id, day) == nullptr && marks.on_any_day(one.id);
  return elsewhere || here_since(marks, one, day) ? ArrivalAnswer::here : ArrivalAnswer::outdated;
}

Result<WalkIn> enter_walk_in(const RegistrationWork& work, const DeskScope& scope, RegistrationEntry entry,
                             const Arrival& seen, Instant heard) {
  const auto door = door_at(work.unit, scope);
  if (!door) return door.error();
  WalkIn answer;
  auto before =
      is_key(entry.key) ? work.unit.registrations().of_party(entry.key) : std::vector<Registration>();
  if (!is_key(entry.key) || (!before.empty() && before.front().event != scope.event)) {
    answer.problem = RegistrationProblem::old_form;
    return answer;
  }
  const auto day = seen.day.value_or(day_of_moment(door->event, work.now));
  if (!before.empty()) {
    answer.answer = what_became_of(work.unit, *door, before.front(), day);
    answer.who = std::move(before.front());
    return answer;
  }
  if (!entry.consent) {
    answer.problem = RegistrationProblem::consent;
    return answer;
  }
  if (is_known(work.unit, scope.event, entry.email)) {
    answer.problem = RegistrationProblem::email;
    answer.known = true;
    return answer;
  }
  const auto entered = enter_form(work, scope.event, std::move(entry));
  if (!entered) return entered.error();
  answer.problem = entered->problem;
  if (answer.problem) return answer;
  auto who = work.unit.registrations().find(entered->id);
  if (!who) return Error(Errc::not_found, "there is no such registration");
  // Whoever was put on the waiting list has no place: nothing of it is stored.
  if (auto taken = mark_day(work, door->form, door->event, *who, day, true, heard); !taken)
    return taken.error();
  answer.who = std::move(*who);
  return answer;
}

}  // namespace

std::string_view name_of(ArrivalAnswer answer) {
  return name_in(answer_names, answer);
}
std::optional<ArrivalAnswer> arrival_answer_of(std::string_view name) {
  return value_in<ArrivalAnswer>(answer_names, name);
}

Deferred<Door> door_of_event(Context& context, Actor actor, DeskScope scope, DoorSelection selection) {
  if (auto no = desk_refusal(actor)) return Deferred<Door>::ready(std::move(*no));
  const auto work = [scope, selection = std::move(selection),
                     now = context.clock.now()](db::Unit& unit) -> Result<Door> {
    auto at = door_at(unit, scope);
    if (!at) return at.error();
    Door door;
    door.event = std::move(at->event);
    for (const auto format : all_attendance_formats)
      door.offered.at(static_cast<std::size_t>(format)) = at->form.of(format).offered;
    door.days = attendance_days(door.event);
    door.today = civil_date(now, notify::zone_of(door.event));
    door.day = day_among(door.days, selection.day.value_or(door.today));
    const auto marks = marks_of(unit, door.event);
    door.counts = counted(unit, door, marks);
    choose(unit, door, selection, marks);
    for (const auto& one : door.people)
      if (const auto since = here_since(marks, one, door.day)) door.here.emplace(one.id, *since);
    const auto own = unit.organisations().find(door.event.organisation);
    door.consent = consent_text(at->form, own ? own->name : std::string("Convoke"), selection.language);
    door.now = now;
    return door;
  };
  return context.store.read(work);
}

Deferred<std::vector<Arrived>> arrive(Context& context, Actor actor, DeskScope scope,
                                      std::vector<Arrival> seen) {
  using All = std::vector<Arrived>;
  if (auto no = desk_refusal(actor)) return Deferred<All>::ready(std::move(*no));
  if (seen.size() > most_arrivals) {
    Error many{Errc::limit_exceeded, "so many arrivals do not come at once"};
    return Deferred<All>::ready(std::move(many));
  }
  const Instant now = context.clock.now();
  auto work = [scope, seen = std::move(seen), now,
               domain = context.settings.mail_domain](db::Unit& unit) -> Result<All> {
    const auto door = door_at(unit, scope);
    if (!door) return door.error();
    All answers;
    for (const auto& one : seen) answers.push_back(settle(RegistrationWork(unit, domain, now), *door, one));
    return answers;
  };
  return context.store.write(db::Author(actor.name, now), std::move(work));
}

Deferred<WalkIn> walk_in(Context& context, Actor actor, DeskScope scope, RegistrationEntry entry,
                         Arrival seen) {
  if (auto no = desk_refusal(actor)) return Deferred<WalkIn>::ready(std::move(*no));
  entry.organiser = true;
  entry.channel = "door";
  entry.colleagues.clear();
  const Instant now = context.clock.now();
  // As if it had come then: the consent was given at that moment, too.
  const Instant then = now - std::clamp(seen.ago, 0s, std::chrono::seconds(oldest_arrival));
  auto work = [scope, entry = std::move(entry), seen = std::move(seen), now, then,
               domain = context.settings.mail_domain](db::Unit& unit) {
    return enter_walk_in(RegistrationWork(unit, domain, then), scope, entry, seen, now);
  };
  return context.store.write(db::Author(actor.name, now), std::move(work))
      .after_success(context.reminders_queued);
}

Deferred<DoorTicket> door_ticket(Context& context, Actor actor, OrganisationId within, std::string code) {
  const auto work = [actor = std::move(actor), within, code = std::move(code),
                     now = context.clock.now()](db::Unit& unit) -> Result<DoorTicket> {
    const Error none{Errc::not_found, "this is no ticket of ours"};
    auto who = unit.registrations().find_by_code(code);
    if (!who) return none;
    auto at = door_at(unit, DeskScope(who->event, {}));
    if (!at) return none;
    DoorTicket ticket;
    ticket.valid = takes_part(who->state);
    ticket.here =
        here_since(marks_of(unit, at->event, who->id), *who, day_of_moment(at->event, now)).has_value();
    if (const auto own = unit.organisations().find(at->event.organisation)) ticket.association = own->name;
    if (actor.role == Role::editor && Reach(unit, within).holds(at->event.organisation))
      ticket.who = std::move(*who);
    ticket.event = std::move(at->event);
    return ticket;
  };
  return context.store.read(work);
}

}  // namespace convoke::service
