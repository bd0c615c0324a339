// The steps of an item's execution inside a transaction: what each asks for, stores and sets going. Links,
// pages, the API and answers of calendar programs all end here.
#pragma once

#include "calendar/event_occurrences.hpp"
#include "model/answer.hpp"
#include "service/answers.hpp"
#include "service/event_store.hpp"

#include <optional>
#include <string>
#include <variant>

namespace convoke::service {

// Who takes a step for what.
struct Step {
  Event event;
  std::string occurrence;
  AnswerKind kind = AnswerKind::acknowledged;
  std::string who, name;
  AnswerChannel channel = AnswerChannel::link;
  std::string decides;  // who takes it may decide, too: the name for decided_by; empty: waits for a decision

  Step() = default;
};

using Stepped = std::variant<Answer, AnswerProblem>;

// Stores the step with all that follows. Nothing is stored when there is a problem. Errors: those of changing
// an event.
Result<Stepped> take_step(const Writing& writing, const Step& step, const AnswerForm& form);

// Queues a mail to the chair about an answer, as just stored with its id.
void tell_controller(const Writing& writing, const Event& event, const Answer& answer);

// Decides a pending answer, with all that follows. Errors: conflict when it waits for none; those of changing
// an event.
Result<Answer> take_decision(const Writing& writing, const Answer& answer, bool approve,
                             const std::string& by, const std::string& note);

// Whether an event, or this occurrence of it, is done, gone or over; open otherwise.
StepState state_of(db::Unit& unit, const Event& event, const std::string& occurrence);

// The occurrence of that key; nothing for an event that does not repeat, or has no such occurrence.
std::optional<calendar::EventOccurrence> occurrence_called(const Event& event, const std::string& key);

}  // namespace convoke::service
