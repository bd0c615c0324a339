#include "service/answer_steps.hpp"

#include "base/text.hpp"
#include "base/time_zone.hpp"
#include "notify/enqueue.hpp"
#include "notify/hooks.hpp"
#include "notify/mail_links.hpp"
#include "notify/planner.hpp"
#include "notify/recipients.hpp"
#include "service/checked_text.hpp"
#include "service/events.hpp"
#include "service/occurrence_changes.hpp"
#include "service/people.hpp"

#include <algorithm>
#include <limits>

namespace convoke::service {
namespace {

// A mail about an answer is of use for so long.
constexpr std::chrono::hours answer_mail_lasts{14 * 24};

// The form, read.
struct Entered {
  std::string note, period, place;
  std::optional<Date> date;
  std::optional<TimeOfDay> time;
};

bool is_series(const Event& event) {
  return event.period.precision == Precision::recurring;
}

Date today_of(const Event& event, Instant now) {
  return civil_date(now, notify::zone_of(event));
}

// The event moved as somebody asks. A day keeps the time of day, the length and what the old one was.
Result<Event> moved(const Writing& writing, const Step& step, const Entered& entered) {
  const Event& event = step.event;
  if (is_series(event)) {
    const auto one = occurrence_called(event, step.occurrence);
    if (!one) return Error{Errc::not_found, "the series has no such day"};
    OccurrenceChange change;
    change.date = entered.date;
    if (entered.time) change.time = entered.time;
    return event_with_day(event, one->day, change);
  }
  EventChange change;
  if (!entered.date) {
    change.period = entered.period;
    return event_with(writing.unit, event, change, writing.now);
  }
  const Period& period = event.period;
  change.date = entered.date;
  change.time = entered.time ? entered.time : period.time;
  if (!entered.time) change.end_time = period.end_time;
  if (period.deadline) change.deadline = true;
  if (period.precision == Precision::date_range && period.first != period.last && !change.time)
    change.last_date =
        add_days(*entered.date, static_cast<int>((to_days(*period.last) - to_days(*period.first)).count()));
  if (!entered.place.empty()) change.place = entered.place;
  return event_with(writing.unit, event, change, writing.now);
}

std::optional<AnswerProblem> read_note(const AnswerForm& form, bool required, Entered& entered) {
  auto note = checked_text(form.note, longest_answer, "the note");
  if (!note)
    return note.error().code == Errc::limit_exceeded ? AnswerProblem::note_long : AnswerProblem::note_unclear;
  if (required && note->empty()) return AnswerProblem::note_missing;
  entered.note = std::move(*note);
  return std::nullopt;
}

std::optional<AnswerProblem> read_day(const AnswerForm& form, Date today, Entered& entered) {
  if (const auto text = trim(form.date); !text.empty()) {
    const auto date = parse_iso_date(text);
    if (!date || static_cast<int>(date->year()) > last_year) return AnswerProblem::day_unclear;
    if (*date < today) return AnswerProblem::day_past;
    entered.date = *date;
  }
  if (const auto text = trim(form.time); !text.empty()) {
    const auto time = parse_iso_time(text);
    if (!time) return AnswerProblem::time_unclear;
    if (!entered.date) return AnswerProblem::day_missing;
    entered.time = *time;
  }
  return std::nullopt;
}

std::optional<AnswerProblem> read_postponement(const Writing& writing, const Step& step,
                                               const AnswerForm& form, Entered& entered) {
  const Date today = today_of(step.event, writing.now);
  if (const auto problem = read_day(form, today, entered)) return problem;
  if (!entered.date) {
    auto period = checked_text(form.period, longest_period, "the period");
    if (!period) return AnswerProblem::period_unclear;
    entered.period = collapse_spaces(*period);
    if (entered.period.empty() || is_series(step.event)) return AnswerProblem::day_missing;
  }
  const auto event = moved(writing, step, entered);
  if (!event) return entered.date ? AnswerProblem::day_unclear : AnswerProblem::period_unclear;
  if (!event->period.has_dates()) return AnswerProblem::period_unclear;
  if (!is_series(*event) && *event->period.last < today) return AnswerProblem::day_past;
  return read_note(form, true, entered);
}

std::optional<AnswerProblem> read_named_day(const Writing& writing, const Step& step, const AnswerForm& form,
                                            Entered& entered) {
  if (const auto problem = read_day(form, today_of(step.event, writing.now), entered)) return problem;
  if (!entered.date) return AnswerProblem::day_missing;
  const Period& period = step.event.period;
  if (period.has_dates() && (*entered.date < *period.first || *entered.date > *period.last))
    return AnswerProblem::day_outside;
  auto place = checked_text(form.place, longest_title, "the place");
  if (!place) return AnswerProblem::note_unclear;
  entered.place = collapse_spaces(*place);
  return read_note(form, false, entered);
}

std::variant<Person, AnswerProblem> person_for(const Writing& writing, const Step& step,
                                               const AnswerForm& form) {
  db::Unit& unit = writing.unit;
  const auto name = checked_text(form.name, longest_label, "the name");
  if (!name || collapse_spaces(*name).empty()) return AnswerProblem::person_missing;
  std::string email;
  if (!trim(form.email).empty()) {
    auto checked = check_email(trim(form.email));
    if (!checked) return AnswerProblem::address_unclear;
    email = std::move(*checked);
  }
  Person person;
  person.name = collapse_spaces(*name);
  auto known = find_named(unit, person.name, step.event.organisation).here;
  // An address tells namesakes apart.
  if (known.size() > 1 && !email.empty())
    std::erase_if(known, [&](const Person& one) { return to_lower(one.email) != to_lower(email); });
  if (known.size() > 1) return AnswerProblem::person_several;
  if (known.empty()) {
    if (email.empty()) return AnswerProblem::person_unknown;
    person.email = email;
    person.organisation = step.event.organisation;
    if (const auto own = unit.organisations().find(person.organisation)) person.language = own->language;
    return person;
  }
  person = known.front();
  if (notify::person_key(person.id) == step.who) return AnswerProblem::to_oneself;
  if (!person.email.empty()) return person;
  if (email.empty()) return AnswerProblem::person_unknown;
  person.email = email;
  return person;
}

// Queued like every mail, in the transaction of what it is about.
void queue_mail(const Writing& writing, const Event& event, AnswerId answer, std::string_view rule,
                ReminderReason reason, std::string recipient) {
  Reminder row;
  row.key = {event.id, notify::occurrence_of(answer), std::string(rule), std::move(recipient)};
  row.reason = reason;
  row.due = writing.now;
  row.expires = writing.now + answer_mail_lasts;
  row.event_sequence = event.sequence;
  row.message_id = notify::stable_message_id(event.uid, row.key, writing.rules.message_domain);
  notify::enqueue(writing.unit, row);
}

// Who gives the work away goes; an office that others hold as well stays beside the one who takes it.
void put_in_place(db::Unit& unit, Event& event, const std::string& who, const Person& person) {
  Responsible taken;
  taken.person = person.id;
  taken.name = person.name;
  taken.post = person.post;
  std::erase_if(event.responsible, [&](const Responsible& one) { return one.person == person.id; });
  const auto id = notify::person_of_key(who);
  const auto giver = id ? unit.people().find(*id) : std::nullopt;
  const auto named = std::find_if(event.responsible.begin(), event.responsible.end(), [&](const auto& one) {
    if (!giver) return false;
    return one.person ? one.person == giver->id
                      : !one.name.empty() && name_key(one.name) == name_key(giver->name);
  });
  if (named != event.responsible.end())
    *named = std::move(taken);
  else
    event.responsible.insert(event.responsible.begin(), std::move(taken));
}

ReminderReason reason_of_work(const Event& event) {
  if (event.period.is_vague()) return ReminderReason::fix_date;
  const bool work = event.period.deadline || event.kind == EventKind::report || event.kind == EventKind::task;
  return work ? ReminderReason::deadline : ReminderReason::upcoming;
}

Answer blank_answer(const Writing& writing, const Step& step, const Entered& entered) {
  Answer answer;
  answer.event = step.event.id;
  answer.occurrence = step.occurrence;
  answer.who = step.who;
  answer.name = step.name;
  answer.kind = step.kind;
  answer.note = entered.note;
  answer.new_date = entered.date;
  answer.new_time = entered.time;
  answer.new_period = entered.period;
  answer.sequence = step.event.sequence;
  answer.at = writing.now;
  answer.channel = step.channel;
  return answer;
}

Answer stored(const Writing& writing, Answer answer) {
  answer.id = writing.unit.answers().insert(answer);
  if (const auto event = writing.unit.events().find(answer.event))
    notify::tell_hooks_of_answer(writing.unit, *event, answer, writing.rules.message_domain, writing.now);
  return answer;
}

// Stored as waiting for a decision; decided at once when who answers decides.
Result<Stepped> ask(const Writing& writing, const Step& step, const Entered& entered) {
  Answer answer = blank_answer(writing, step, entered);
  answer.decision = Decision::pending;
  answer = stored(writing, std::move(answer));
  if (step.kind == AnswerKind::done) replan_event(writing, step.event);  // the ladder asks nothing more
  if (step.decides.empty()) {
    tell_controller(writing, step.event, answer);
    return Stepped(answer);
  }
  auto decided = take_decision(writing, answer, true, step.decides, {});
  if (!decided) return decided.error();
  return Stepped(std::move(*decided));
}

Result<Stepped> name_day(const Writing& writing, const Step& step, const Entered& entered) {
  auto event = moved(writing, step, entered);
  if (!event) return Stepped(AnswerProblem::day_unclear);
  const auto changed = update_event(writing, step.event, std::move(*event));
  const Answer answer = stored(writing, blank_answer(writing, step, entered));
  if (step.decides.empty()) tell_controller(writing, changed.event, answer);
  return Stepped(answer);
}

Result<Stepped> hand_over(const Writing& writing, const Step& step, const Entered& entered, Person person) {
  if (!person.id)
    person.id = writing.unit.people().insert(person);
  else if (const auto known = writing.unit.people().find(person.id); known && known->email != person.email)
    writing.unit.people().update(person);
  Event event = step.event;
  put_in_place(writing.unit, event, step.who, person);
  Answer answer = blank_answer(writing, step, entered);
  answer.to = person.id;
  answer = stored(writing, std::move(answer));
  const auto changed = update_event(writing, step.event, std::move(event));
  queue_mail(writing, changed.event, answer.id, notify::taken_rule, reason_of_work(changed.event),
             notify::person_key(person.id));
  if (step.decides.empty()) tell_controller(writing, changed.event, answer);
  return Stepped(answer);
}

// The mail that asks for this decision and has not left yet asks in vain.
void take_question_back(const Writing& writing, const Answer& answer) {
  db::ReminderSelection selection;
  selection.event = answer.event;
  selection.limit = std::numeric_limits<int>::max();
  for (const auto& row : writing.unit.reminders().list(selection))
    if (row.reason == ReminderReason::answer && notify::answer_of(row.key.occurrence) == answer.id)
      writing.unit.reminders().supersede(row.id, writing.now);
}

// What an approval does to the event; a decline lets the ladder go on.
Result<Event> after_decision(const Writing& writing, const Event& event, const Answer& answer, bool approve) {
  if (!approve) {
    if (answer.kind == AnswerKind::done) replan_event(writing, event);
    return event;
  }
  if (answer.kind == AnswerKind::done) {
    if (is_series(event) || !is_open(event.status)) return event;
    EventChange change;
    change.status = EventStatus::held;
    auto held = event_with(writing.unit, event, change, writing.now);
    if (!held) return held;
    return update_event(writing, event, std::move(*held)).event;
  }
  Step step;
  step.event = event;
  step.occurrence = answer.occurrence;
  Entered entered;
  entered.date = answer.new_date;
  entered.time = answer.new_time;
  entered.period = answer.new_period;
  auto later = moved(writing, step, entered);
  if (!later) return later;
  return update_event(writing, event, std::move(*later)).event;
}

bool is_mail_key(std::string_view who) {
  return who.starts_with("person:") || who.starts_with("account:");
}

}  // namespace

void tell_controller(const Writing& writing, const Event& event, const Answer& answer) {
  const bool waits = answer.decision == Decision::pending;
  queue_mail(writing, event, answer.id, waits ? notify::decide_rule : notify::told_rule,
             ReminderReason::answer, "duty:chair");
}

std::optional<calendar::EventOccurrence> occurrence_called(const Event& event, const std::string& key) {
  if (!is_series(event) || !event.period.has_dates()) return std::nullopt;
  Date from = *event.period.first, to = *event.period.last;
  for (const auto& change : event.overrides) {
    if (!change.date) continue;
    from = std::min(from, *change.date);
    to = std::max(to, *change.date);
  }
  for (auto& one : calendar::event_occurrences(event, from, to))
    if (one.key == key) return std::move(one);
  return std::nullopt;
}

Result<Stepped> take_step(const Writing& writing, const Step& step, const AnswerForm& form) {
  Entered entered;
  std::optional<AnswerProblem> problem;
  switch (step.kind) {
    case AnswerKind::done:
    case AnswerKind::acknowledged:
    case AnswerKind::accepted:
    case AnswerKind::tentative:
    case AnswerKind::declined:
      problem = read_note(form, false, entered);
      break;
    case AnswerKind::postpone:
      problem = read_postponement(writing, step, form, entered);
      break;
    case AnswerKind::named_day:
      problem = read_named_day(writing, step, form, entered);
      break;
    case AnswerKind::hand_over: {
      problem = read_note(form, false, entered);
      if (problem) break;
      auto person = person_for(writing, step, form);
      if (const auto* wrong = std::get_if<AnswerProblem>(&person)) return Stepped(*wrong);
      return hand_over(writing, step, entered, std::move(std::get<Person>(person)));
    }
  }
  if (problem) return Stepped(*problem);
  if (step.kind == AnswerKind::done || step.kind == AnswerKind::postpone) return ask(writing, step, entered);
  if (step.kind == AnswerKind::named_day) return name_day(writing, step, entered);
  const Answer answer = stored(writing, blank_answer(writing, step, entered));
  if (step.kind == AnswerKind::declined && step.decides.empty()) tell_controller(writing, step.event, answer);
  return Stepped(answer);
}

Result<Answer> take_decision(const Writing& writing, const Answer& answer, bool approve,
                             const std::string& by, const std::string& note) {
  auto& unit = writing.unit;
  const auto event = unit.events().find(answer.event);
  if (!event) return Error{Errc::not_found, "the event is there no more"};
  const auto decision = approve ? Decision::approved : Decision::declined;
  if (!unit.answers().decide(answer.id, decision, by, writing.now, note))
    return Error{Errc::conflict, "this has been decided already"};
  const auto after = after_decision(writing, *event, answer, approve);
  if (!after) return after.error();
  take_question_back(writing, answer);
  if (by != answer.who && is_mail_key(answer.who))
    queue_mail(writing, *after, answer.id, notify::decision_rule, ReminderReason::decision, answer.who);
  const auto decided = *unit.answers().find(answer.id);
  notify::tell_hooks_of_answer(unit, *after, decided, writing.rules.message_domain, writing.now);
  return decided;
}

StepState state_of(db::Unit& unit, const Event& event, const std::string& occurrence) {
  if (event.status == EventStatus::cancelled) return StepState::superseded;
  if (!is_open(event.status)) return StepState::closed;
  if (!occurrence.empty()) {
    const auto one = occurrence_called(event, occurrence);
    if (!one || one->cancelled) return StepState::superseded;
  }
  const auto closed = unit.answers().closed(event.id);
  const bool done = std::find(closed.begin(), closed.end(), occurrence) != closed.end();
  return done ? StepState::closed : StepState::open;
}

}  // namespace convoke::service
