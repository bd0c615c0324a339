// Answers and decisions of those who are signed in, and of programs with a token.
#include "base/time_zone.hpp"
#include "db/store.hpp"
#include "notify/planner.hpp"
#include "service/answer_people.hpp"
#include "service/answer_steps.hpp"
#include "service/answers.hpp"
#include "service/checked_text.hpp"
#include "service/reach.hpp"

namespace convoke::service {
namespace {

Error may_not() {
  return {Errc::forbidden, "answering for others needs an organiser, or a token with the scope write"};
}

Error no_such_event() {
  return {Errc::not_found, "there is no such event"};
}

std::optional<Error> check_who(db::Unit& unit, const std::string& who) {
  if (!who.empty() && name_of_key(unit, who).empty())
    return Error{Errc::invalid_input, "'who' must be a person that is known, like person:12"};
  return std::nullopt;
}

Error not_open(StepState state) {
  return {Errc::conflict,
          state == StepState::superseded ? "this does not take place any more" : "this is done already"};
}

bool is_within(db::Unit& unit, const Event& event, OrganisationId within) {
  return Reach(unit, within).holds(event.organisation);
}

Result<Answer> give(const Writing& writing, const std::string& actor, const NewAnswer& wanted,
                    OrganisationId within) {
  auto& unit = writing.unit;
  const auto event = unit.events().find(wanted.event);
  if (!event || !is_within(unit, *event, within)) return no_such_event();
  if (event->source) return Error{Errc::forbidden, "the event is a neighbour's: nobody here answers for it"};
  if (auto error = check_who(unit, wanted.who)) return std::move(*error);
  if (event->period.precision == Precision::recurring && wanted.occurrence.empty() &&
      wanted.kind != AnswerKind::hand_over)
    return Error{Errc::invalid_input, "'occurrence' must name one of the series, like 2026-03-31"};
  const auto state = state_of(unit, *event, wanted.occurrence);
  if (state != StepState::open) return not_open(state);
  Step step;
  step.event = *event;
  step.occurrence = wanted.occurrence;
  step.kind = wanted.kind;
  step.who = wanted.who.empty() ? actor : wanted.who;
  step.name = wanted.who.empty() ? wanted.name : name_of_key(unit, wanted.who);
  step.channel = wanted.channel;
  step.decides = actor;
  auto taken = take_step(writing, step, wanted.form);
  if (!taken) return taken.error();
  if (const auto* problem = std::get_if<AnswerProblem>(&*taken))
    return Error{Errc::invalid_input, describe(*problem)};
  return std::get<Answer>(*taken);
}

}  // namespace

Deferred<Answer> give_answer(Context& context, Actor actor, NewAnswer answer, OrganisationId within) {
  if (actor.role != Role::editor) return Deferred<Answer>::ready(may_not());
  const Instant now = context.clock.now();
  auto work = [actor, answer = std::move(answer), within, rules = rules_of(context.settings),
               now](db::Unit& unit) {
    return give({unit, rules, now}, actor.name, answer, within);
  };
  return context.store.write(db::Author(actor.name, now), std::move(work))
      .after_success(context.reminders_queued);
}

Deferred<std::vector<Answer>> answers_of(Context& context, Actor actor, EventId event) {
  if (actor.role == Role::anonymous)
    return Deferred<std::vector<Answer>>::ready(
        Error{Errc::unauthenticated, "the list of answers needs a token"});
  return context.store.read([event](db::Unit& unit) -> Result<std::vector<Answer>> {
    if (!unit.events().find(event)) return no_such_event();
    return unit.answers().of_event(event);
  });
}

Deferred<Answer> decide_answer(Context& context, Actor actor, AnswerId id, bool approve, std::string note,
                               OrganisationId within) {
  if (actor.role != Role::editor) return Deferred<Answer>::ready(may_not());
  auto checked = checked_text(note, longest_answer, "the note");
  if (!checked) return Deferred<Answer>::ready(Error{Errc::invalid_input, checked.error().message});
  const Instant now = context.clock.now();
  auto work = [actor, id, approve, within, note = std::move(*checked), rules = rules_of(context.settings),
               now](db::Unit& unit) -> Result<Answer> {
    const auto answer = unit.answers().find(id);
    const auto event = answer ? unit.events().find(answer->event) : std::nullopt;
    if (!event || !is_within(unit, *event, within)) return Error{Errc::not_found, "there is no such answer"};
    return take_decision({unit, rules, now}, *answer, approve, actor.name, note);
  };
  return context.store.write(db::Author(actor.name, now), std::move(work))
      .after_success(context.reminders_queued);
}

std::string describe(AnswerProblem problem) {
  switch (problem) {
    case AnswerProblem::note_missing:
      return "'note' must give a reason";
    case AnswerProblem::note_long:
      return "'note' is longer than " + std::to_string(longest_answer) + " characters";
    case AnswerProblem::note_unclear:
      return "a text has control characters, is no UTF-8 or is too long";
    case AnswerProblem::day_missing:
      return "'date' must name a day like 2026-11-20";
    case AnswerProblem::day_unclear:
      return "'date' is no day that this could be moved to";
    case AnswerProblem::day_past:
      return "'date' is past";
    case AnswerProblem::day_outside:
      return "'date' is outside of the plan's period: postpone it instead";
    case AnswerProblem::period_unclear:
      return "'period' could not be read; write it like '20.11.2026' or 'грудень 2026'";
    case AnswerProblem::time_unclear:
      return "'time' must be written like 10:00";
    case AnswerProblem::person_missing:
      return "'name' must say who takes it";
    case AnswerProblem::person_several:
      return "more than one person has this name; give the address of the right one as 'email'";
    case AnswerProblem::person_unknown:
      return "no address is known for this person; give it as 'email'";
    case AnswerProblem::address_unclear:
      return "'email' is no address";
    case AnswerProblem::to_oneself:
      return "the work is this person's already";
  }
  return "the answer could not be used";
}

}  // namespace convoke::service
