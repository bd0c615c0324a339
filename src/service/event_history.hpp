// The history of one event: who changed or answered what, and when; and, as far as it was kept, what it said
// before and after each change.
#pragma once

#include "base/deferred.hpp"
#include "model/answer.hpp"
#include "model/event.hpp"
#include "service/context.hpp"

#include <optional>
#include <string>
#include <vector>

namespace convoke::service {

// One step in the life of an event.
struct HistoryStep {
  Instant at{};
  std::string who;  // "Калина О.П.", or "token:3", "cli", "system" for programs
  enum class What { entered, changed, answered, decided } what = What::changed;
  Answer answer;   // of answered and decided
  std::string to;  // of a hand-over: the name of who took it
  // Of changed. The change log says that an event changed, not how. Edits of a plan keep their rows before
  // and after, approvals the whole plan, and the event is there as it is now: a change that stands between
  // two of these alone is known. Nothing is guessed of the others.
  std::optional<Event> before, after;

  HistoryStep() = default;
};
inline constexpr std::size_t most_history = 200;  // of one event, the newest

// Newest first. A change that an answer caused is told by the answer alone. Errors: not_found.
Deferred<std::vector<HistoryStep>> history_of(Context& context, EventId event);

}  // namespace convoke::service
