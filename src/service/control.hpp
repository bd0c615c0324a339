// Control of execution: what is due, what is late, who has answered what, which days nobody has named, what
// waits for a decision. The history of one event is in event_history.hpp.
#pragma once

#include "base/deferred.hpp"
#include "model/answer.hpp"
#include "model/event.hpp"
#include "model/plan.hpp"
#include "service/context.hpp"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace convoke::db {
class Unit;
}

namespace convoke::service {

inline constexpr int days_ahead = 14;          // what is due so soon is shown
inline constexpr int days_before_period = 30;  // a day is missed when its period begins so soon

// One item: an event, or one occurrence of a series.
struct ControlRow {
  Event event;                   // as it is on that occasion
  std::string occurrence;        // as in model/answer.hpp
  Date due{};                    // its last day
  std::vector<Answer> answers;   // to it, newest first
  std::optional<Instant> asked;  // when a mail about it last left
};

struct PendingRow {
  Answer answer;
  Event event;  // as it is on that occasion
};

// Of everything that was due by now. What takes place is in time when it took place; work when somebody said
// so by its last day.
struct Discipline {
  int due = 0, done = 0, in_time = 0;

  // The coefficient, in hundredths rounded down; nothing when nothing was due.
  std::optional<int> percent() const { return due > 0 ? std::optional(in_time * 100 / due) : std::nullopt; }
};

struct PlanControl {
  PlanId plan;  // 0: events of no plan
  std::string title;
  Discipline discipline;
  int overdue = 0, coming = 0, undated = 0, pending = 0;
};

struct Control {
  std::vector<PendingRow> pending;     // oldest first
  std::vector<ControlRow> overdue;     // the longest first
  std::vector<ControlRow> coming;      // due within days_ahead, the next first
  std::vector<ControlRow> unanswered;  // a mail about it left, and nobody has answered; the next first
  std::vector<ControlRow> undated;     // the period begins soon or has begun, and nobody has named the day
  Discipline discipline;
  std::vector<PlanControl> plans;  // newest year first
  Date today{};
};

// Which events are looked at.
struct ControlScope {
  OrganisationId within;                               // of that association; 0: of all
  std::optional<PlanId> plan;                          // 0: events of no plan; absent: of all
  std::function<bool(const Event&)> chosen = nullptr;  // none: all of these

  ControlScope() = default;
};

// Inside the caller's transaction.
Control control_in(db::Unit& unit, const ControlScope& scope, Date today, Instant now);

// Of one plan, or of all. `within`: of that association; 0: of all.
Deferred<Control> control_of(Context& context, OrganisationId within, std::optional<PlanId> plan);

}  // namespace convoke::service
