// Writing a plan: each edit of its rows is one transaction, which also keeps what was before it, so that it
// can be taken back. Every visible change raises SEQUENCE and replans reminders, as elsewhere (events.hpp).
#pragma once

#include "base/deferred.hpp"
#include "model/plan_work.hpp"
#include "service/context.hpp"
#include "service/plan_table.hpp"

#include <optional>
#include <string>
#include <vector>

namespace convoke::service {

// Who edits. `name`: as the history shows it; `within`: of these associations; empty: of all.
struct Editor {
  Actor actor;
  std::string name;
  Reach within;
  bool approves = false;  // a director

  Editor() = default;
  Editor(Actor a, std::string n, Reach w) : actor(std::move(a)), name(std::move(n)), within(std::move(w)) {}
};

struct EditDone {
  PlanEditId edit;   // 0: nothing changed
  EventId row;       // the first one; of an addition the new one
  int rows = 0;      // how many changed
  int left_out = 0;  // of several: those that it means nothing for
};

inline constexpr std::size_t most_plan_rows = 5'000;  // of one plan

// Errors of all: forbidden (no editor), not_found (no such plan or row, or another association's),
// storage_unavailable; further ones are named.

// What is wrong with a field, for a message beside it.
// Unread: of the period of an event of no plan (new_event.hpp); a row keeps such words.
enum class RowFault { none, missing, too_long, not_text, unread };
struct RowProblem {
  std::string field;  // "title"
  RowFault fault = RowFault::none;
};
std::optional<RowProblem> check_row(const RowFields& fields);
// All that is wrong, in the order of the fields.
std::vector<RowProblem> row_problems(const RowFields& fields);

// Behind the row `behind`, else at the end of the section, else at the end of the plan. Errors: invalid_input
// (check_row), limit_exceeded.
Deferred<EditDone> add_row(Context& context, Editor editor, PlanId plan, RowFields fields, EventId behind);

// `expected`: the row_stamp() of what was edited. Another section moves the row to its end. Errors: conflict
// when the row says something else by now; invalid_input.
Deferred<EditDone> change_row(Context& context, Editor editor, PlanId plan, EventId row, RowFields fields,
                              std::string expected);

// The day that a row is given while its words stay as the plan has them. Without a time one that was there is
// gone; several days stay as many.
struct RowDay {
  Date day{};
  std::optional<TimeOfDay> time;
};
// Errors: conflict as of change_row; invalid_input for a series, or for what is held or cancelled.
Deferred<EditDone> date_row(Context& context, Editor editor, PlanId plan, EventId row, RowDay day,
                            std::string expected);

enum class RowMove { up, down, behind, first };
// Up and down lead over the captions of sections, too. `target`: of behind, the row that will stand before
// it; the section is that row's. A row that cannot move further stays.
Deferred<EditDone> move_row(Context& context, Editor editor, PlanId plan, EventId row, RowMove move,
                            EventId target = {});

// The event leaves every feed at once. Errors: conflict.
Deferred<EditDone> remove_row(Context& context, Editor editor, PlanId plan, EventId row,
                              std::string expected);
// The row stays, and its event is shown as cancelled. Errors: conflict.
Deferred<EditDone> cancel_row(Context& context, Editor editor, PlanId plan, EventId row,
                              std::string expected);

// The caption of the rows that stand together with `row`. Errors: conflict when it is not `expected` by now.
Deferred<EditDone> rename_section(Context& context, Editor editor, PlanId plan, EventId row,
                                  std::string expected, std::string name);

// The rows that stand together with `row`, over the section before them or under the one after; with none
// there they stay. Errors: conflict when the caption is not `expected` by now.
Deferred<EditDone> move_section(Context& context, Editor editor, PlanId plan, EventId row,
                                std::string expected, bool up);

inline constexpr std::size_t most_preamble_items = 60;
// Of what a form was opened with.
std::string heading_stamp(const PlanHeading& heading);
// Title and preamble; items without words are left out. Errors: invalid_input for a missing title or what is
// no text, limit_exceeded, conflict when they are not `expected` (a heading_stamp) by now.
Deferred<EditDone> change_heading(Context& context, Editor editor, PlanId plan, PlanHeading heading,
                                  std::string expected);

// What is done to the rows that were chosen.
struct RowsChange {
  enum class What { responsible, kind, done, not_done, shift, remove } what = What::done;
  std::string responsible;
  EventKind kind = EventKind::event;
  int months = 1;  // of shift; may be negative

  RowsChange() = default;
};
// Rows that are not there any more are passed over. Errors: invalid_input.
Deferred<EditDone> change_rows(Context& context, Editor editor, PlanId plan, std::vector<EventId> rows,
                               RowsChange change);

// Takes an edit back; that is an edit itself. Errors: conflict when a row was changed since, or it was taken
// back already; the message names the row.
Deferred<EditDone> undo_edit(Context& context, Editor editor, PlanId plan, PlanEditId edit);

}  // namespace convoke::service
