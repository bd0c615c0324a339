// What is kept of a plan on its way in: the rows as they were read, and what people put right of them. One
// JSON text, written and read here alone.
#pragma once

#include "base/result.hpp"
#include "model/imported_plan.hpp"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace convoke::service {

// The fields of a row that can be doubtful or put right, as bits of a set. `row` is the row as a whole: where
// it begins and ends.
enum class RowField : unsigned { row = 1, title = 2, period = 4, kind = 8, responsible = 16, place = 32 };
inline constexpr unsigned all_row_fields = 63;
constexpr bool has(unsigned fields, RowField field) {
  return (fields & static_cast<unsigned>(field)) != 0;
}

struct DraftRow {
  int key = 0;              // the same as long as the intake is there, whatever is joined or split
  ImportedItem item;        // its event's as_read: what the reader had understood
  bool left_out = false;    // by a person: stands in the document and is no event
  unsigned put_right = 0;   // RowFields that a person entered or confirmed
  unsigned remembered = 0;  // RowFields put right as the last time
};

// Who is meant by a name of the document.
struct NameDecision {
  enum class What { enter, person, same_as } what = What::enter;
  PersonId person;   // of person
  std::string name;  // of same_as: the other spelling
  bool remembered = false;

  bool operator==(const NameDecision&) const = default;
};

struct IntakeDraft {
  Plan plan;                                  // organisation 0: the one that it names
  std::vector<std::string> warnings;          // about the document as a whole
  std::vector<DraftRow> rows;                 // what may be an event, in the order of the document
  int aims = 0;                               // what stands in the document and is never scheduled
  std::map<std::string, NameDecision> names;  // by name_key
  int last_key = 0;
  PlanId made_from;  // of next year's plan: this year's

  DraftRow* find(int key);
};

std::string draft_json(const IntakeDraft& draft);
// Errors: internal for anything that draft_json() does not write.
Result<IntakeDraft> parse_draft_json(std::string_view text);

}  // namespace convoke::service
