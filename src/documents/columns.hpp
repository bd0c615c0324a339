// Which column of a table holds what: by the headings, in any order and four languages, or by the content
// when a table has none.
#pragma once

#include "documents/document.hpp"
#include "model/period_reading.hpp"

#include <optional>
#include <string>
#include <vector>

namespace convoke::documents {

enum class Role { number, title, period, responsible, place, note, form, audience, section, other };

struct Column {
  Role role = Role::other;
  bool holds_place = false;  // "Сроки и место проведения"
  bool strong = false;       // the heading names events or work, not just any name of a thing
  std::string caption;
};

using Columns = std::vector<Column>;

bool has_role(const Columns& columns, Role role);

// The columns that a heading row names; nothing when the row is no heading of a plan's table.
std::optional<Columns> read_heading(const TableRow& row);

// The second row of a heading: "Дата" and "Место" under «Срок и место» say more than it does.
void refine_heading(Columns& columns, const TableRow& row);

// "1 2 3 4" under a heading.
bool is_index_row(const TableRow& row);

// By content: the column whose cells read as periods, the one with names, the longest text. Nothing when no
// column reads as periods.
std::optional<Columns> guess_columns(const std::vector<const TableRow*>& rows, const PeriodReader& reader,
                                     std::string_view language, const PlanContext& year);

}  // namespace convoke::documents
