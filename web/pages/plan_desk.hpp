// The plan as a table that people write: its rows, the form of the one that is open, filters, and the page
// for whoever saved second.
#pragma once

#include "service/plan_clashes.hpp"
#include "service/plan_edits.hpp"
#include "service/plan_table.hpp"
#include "service/snapshot.hpp"
#include "web/pages/frame.hpp"

#include <optional>
#include <set>
#include <string>
#include <vector>

namespace convoke::web {

// Of one page: with its boxes the form stays within what a form may have (web/limits.hpp).
inline constexpr std::size_t plan_rows_a_page = 150;

// Which rows are shown; all in the address.
struct PlanFilter {
  enum class Show { all, undated, overdue, mine, changed } show = Show::all;
  std::optional<EventKind> kind;
  std::string responsible;  // as responsible_line() writes one; empty: anybody
  std::size_t page = 1;

  bool any() const { return show != Show::all || kind || !responsible.empty(); }
};

// "show=undated&kind=meeting" as pairs; what it does not know is left out.
PlanFilter plan_filter(const std::optional<std::string_view>& show,
                       const std::optional<std::string_view>& kind,
                       const std::optional<std::string_view>& responsible,
                       const std::optional<std::string_view>& page);
// The address of the plan's table with this filter.
std::string plan_desk_path(PlanId plan, const PlanFilter& filter = {});

// The row that is open for writing.
struct RowForm {
  EventId row;     // 0: a new one
  EventId behind;  // of a new one: behind which it will stand; 0: at the end
  service::RowFields values;
  service::RowFields was;  // what the form was opened with
  std::string stamp;
  std::optional<service::RowProblem> problem;
  std::optional<PeriodReading> reading;  // shown before it is saved
  std::vector<service::Clash> clashes;   // of what is typed
  std::vector<calendar::FreeDay> free;   // of a row that awaits its day
  bool gone = false;                     // the row was removed meanwhile: what was typed can be added anew

  RowForm() = default;
};

struct PlanDeskView {
  service::PlanTable table;
  PlanFilter filter;
  std::optional<RowForm> form;
  EventId removing;                     // asked: remove this row?
  EventId renaming;                     // the caption above this row is open
  std::string message;                  // a line of state, in the reader's language
  bool bad = false;                     // it says what went wrong
  std::size_t clashes = 0;              // of the plan, from today
  std::set<EventId> clashing;           // the rows concerned
  std::vector<service::Clash> against;  // the row that was just saved
  PersonId me;
  Date today{};
  std::string zone;
};

std::string render_plan_desk(const PlanDeskView& view, const Frame& frame);
// The plans of the associations that the reader's account reaches.
struct NewPlanForm;  // plan_head.hpp
std::string render_plan_list(const service::Snapshot& snapshot, const NewPlanForm& form, const Frame& frame);

// Somebody saved the row while it was open here.
struct MergeView {
  Plan plan;
  EventId row;
  service::RowFields was, theirs, yours;
  std::string stamp;  // of theirs
  std::string back;   // where to go on
};
std::string render_plan_merge(const MergeView& view, const Frame& frame);

std::string render_plan_history(const Plan& plan, const std::vector<PlanEdit>& edits, const std::string& zone,
                                const std::string& message, const Frame& frame);

// The rows that the filter leaves, in their order.
std::vector<const Event*> chosen_rows(const service::PlanTable& table, const PlanFilter& filter, PersonId me,
                                      Date today);

// "листопад 2026 року", or that nothing could be read.
std::string reading_text(const PeriodReading& reading, Language language);
// The state of its approval: "draft", "approved".
std::string state_text(const Plan& plan, Language language);

}  // namespace convoke::web
