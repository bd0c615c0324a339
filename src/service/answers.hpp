// What responsible people answer to their mails: by the links that act without a sign-in, on a page, over the
// API. Every step is stored with all that follows from it (a changed day, another responsible, the ladder of
// reminders, mails to who has to know) in one transaction, and once: the same step sent twice says so.
#pragma once

#include "base/deferred.hpp"
#include "model/answer.hpp"
#include "model/event.hpp"
#include "model/language.hpp"
#include "notify/answer_links.hpp"
#include "service/context.hpp"

#include <optional>
#include <string>
#include <vector>

namespace convoke::service {

// What signs the links of this installation (notify/answer_links.hpp); made when it is first asked for.
Deferred<std::string> link_key(Context& context);

inline constexpr std::size_t longest_answer = 2'000;  // characters of a note, a reason, a result
inline constexpr std::size_t most_colleagues = 500;   // that a page offers to hand over to
inline constexpr std::size_t longest_period = 200;    // characters of a period as people write it

// Whether a step can still be taken.
enum class StepState {
  open,
  taken,       // this very step was taken, by this link or another: LinkView::answer
  closed,      // the work is done, or the day has been named
  not_yours,   // somebody else is responsible by now
  superseded,  // it does not take place any more
};

// What is wrong with a form.
enum class AnswerProblem {
  note_missing,  // a reason is required
  note_long,
  note_unclear,  // no text that could be stored
  day_missing,
  day_unclear,
  day_past,
  day_outside,  // of the plan's period: that is a postponement
  period_unclear,
  time_unclear,
  person_missing,
  person_several,  // namesakes
  person_unknown,  // not in the directory: an address is needed
  address_unclear,
  to_oneself,
};

// What was entered, as it was typed.
struct AnswerForm {
  std::string note;                // the result, the reason; of a decision: what to tell
  std::string date, time, period;  // "2026-11-20", "10:00"; "грудень 2026"
  std::string place;               // of name_day
  std::string name, email;         // of hand_over
  bool approve = false;            // of decide

  AnswerForm() = default;
};

// What the page of a link shows.
struct LinkView {
  notify::LinkPurpose purpose = notify::LinkPurpose::acknowledge;
  StepState state = StepState::open;
  Event event;  // as it is on the occasion that the link is about
  std::string occurrence;
  std::string who, name;  // the recipient key, and what that person is called
  Language language = Language::uk;
  std::string association;
  std::string responsible;              // who is responsible by now
  std::optional<Answer> answer;         // that was given; of decide: that is to be decided
  std::vector<std::string> colleagues;  // names for hand_over, by alphabet
  Date today{};                         // where the event is
};

// What a link would do. Changes nothing. Errors: not_found for what is none of ours, or about an event that
// was removed; gone when it has expired; storage_unavailable. A link for a subscription is not_found here
// (service/subscribers.hpp).
Deferred<LinkView> view_link(Context& context, std::string token);

struct StepOutcome {
  LinkView view;                         // as it is now
  std::optional<AnswerProblem> problem;  // nothing was stored; the form has to be mended
  bool stored = false;                   // by this very request
  // Whether a decision is still waited for: of `done` and `postpone`.
  bool waits = false;
};

// Takes the step that a link is for. Errors: those of view_link().
Deferred<StepOutcome> answer_link(Context& context, std::string token, AnswerForm form);

// A step that somebody signed in, or a program with a token, takes for an event. Who may change events also
// decides: what they say waits for nobody.
struct NewAnswer {
  EventId event;
  std::string occurrence;  // as in model/answer.hpp
  AnswerKind kind = AnswerKind::done;
  AnswerForm form;
  std::string who;   // on whose behalf, "person:12"; empty: one's own
  std::string name;  // what the one who answers is called
  AnswerChannel channel = AnswerChannel::page;

  NewAnswer() = default;
};
// `within`: whose events are meant; those of others are not found (threats D2). 0: all.
// Errors: forbidden, not_found, invalid_input naming the field, conflict when the step was taken or the event
// is closed, storage_unavailable.
Deferred<Answer> give_answer(Context& context, Actor actor, NewAnswer answer, OrganisationId within = {});

// Everything that was answered about an event, oldest first. Errors: unauthenticated for anonymous;
// not_found.
Deferred<std::vector<Answer>> answers_of(Context& context, Actor actor, EventId event);

// Approves or sends back. Errors: forbidden; not_found; conflict when it was decided before; invalid_input
// when what is asked for cannot be done any more (a day that is past); storage_unavailable.
Deferred<Answer> decide_answer(Context& context, Actor actor, AnswerId answer, bool approve, std::string note,
                               OrganisationId within = {});

// One line for a person of what is wrong: for the API, in English.
std::string describe(AnswerProblem problem);

}  // namespace convoke::service
