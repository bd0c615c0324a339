// A plan as the table that people write: its rows with their words as typed, what was done to it last, and
// the version that was approved. What changes it is in plan_edits.hpp.
#pragma once

#include "base/deferred.hpp"
#include "model/period_reading.hpp"
#include "model/plan_work.hpp"
#include "service/context.hpp"

#include <optional>
#include <string>
#include <vector>

namespace convoke::db {
class Unit;
}

namespace convoke::service {

// The cells of a row as a person types them.
struct RowFields {
  std::string section, number, title, period, responsible, place, note;
  std::optional<EventKind> kind;  // none: told by the title

  RowFields() = default;
  bool operator==(const RowFields&) const = default;
};

// In code points; of titles, places and notes in checked_text.hpp.
inline constexpr std::size_t longest_number = 40, longest_period_cell = 400, longest_responsible = 2'000;

// `language`: of the plan, for a period that has no words of its own.
RowFields row_fields(const Event& event, std::string_view language);
// The period's own words; for a day that nobody has written in words, "14.11.2024 10:00–12:00".
std::string period_as_typed(const Period& period, std::string_view language);
// A short fingerprint of what the row says: a form carries it, so that who was slower is told.
std::string row_stamp(const Event& event);
// The same of the whole plan: who approves has seen this.
std::string plan_stamp(const Plan& plan, const std::vector<Event>& rows);

using Reach = std::vector<OrganisationId>;
// Whether a thing of `organisation` is within: of none, or of one of these; everything when there are none.
bool reaches(const Reach& within, OrganisationId organisation);

struct PlanTable {
  Plan plan;
  std::vector<Event> rows;             // in the order of the plan
  std::optional<PlanEdit> last_edit;   // the newest that can be undone; without its rows
  std::optional<PlanVersion> version;  // the newest, whole
};

// `within`: the associations of whoever asks (SignedIn::reach); empty: all. Errors: not_found (also another's
// plan), storage_unavailable.
Deferred<PlanTable> plan_table(Context& context, PlanId plan, Reach within);
// Newest first, without their rows. Errors: the same.
Deferred<std::vector<PlanEdit>> plan_history(Context& context, PlanId plan, Reach within);
inline constexpr int most_plan_history = 200;

// The plan, inside a transaction. Errors: not_found.
Result<Plan> plan_within(db::Unit& unit, PlanId plan, const Reach& within);

}  // namespace convoke::service
