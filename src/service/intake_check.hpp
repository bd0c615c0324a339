// How sure what was read of a row is: told by what the reader said of it, and ended by a person who puts it
// right or says that it is.
#pragma once

#include "service/intake_draft.hpp"

#include <string_view>
#include <vector>

namespace convoke::service {

// Ordered: the worst of a row's fields is the row's.
enum class Certainty { certain, guessed, doubtful };

// What a warning of the reader is about, and how much it leaves open.
RowField field_of_warning(std::string_view warning);
Certainty certainty_of_warning(std::string_view warning);

// Of one field, and of the row. Who stands behind a name is a question of its own (intake_names.hpp).
Certainty certainty_of(const DraftRow& row, RowField field);
Certainty certainty_of(const DraftRow& row);

// A person has entered or confirmed these fields: what the reader doubted of them is no longer said.
void put_right(DraftRow& row, unsigned fields);

// What a plan on its way in holds, counted as its preview says it.
struct IntakeTotals {
  int rows = 0;      // that become events
  int left_out = 0;  // by a person
  int sections = 0, persons = 0;
  int undated = 0;        // no date could be read, or none stands there
  int by_other_plan = 0;  // "by the plan of …"
  int recurring = 0;      // quarterly, monthly
  int quarterly = 0;      // of those
  int ongoing = 0;        // all year
  int guessed = 0, doubtful = 0;
  std::vector<std::string> bodies;  // offices and groups that answer for rows: "библиотекари"
};
IntakeTotals totals_of(const IntakeDraft& draft);

}  // namespace convoke::service
