// Table rows to entries of a plan: sections told from events, rows broken across pages joined, cells that say
// "as above" filled in.
#pragma once

#include "documents/plan_parts.hpp"
#include "documents/sections.hpp"

#include <string>
#include <vector>

namespace convoke::documents {

// One entry, its cells still as written.
struct Entry {
  std::string section;
  std::string month;  // the caption of a month it stands under; empty when there is none
  std::string number, title, period, responsible, place, note, audience, form;
  bool period_holds_place = false;
  std::vector<std::string> agenda;  // given already, by a plan in prose
  std::vector<std::string> warnings;
  std::vector<std::string> raw;  // the rows it was made of, as they stand in the document
};

// What the rows of one table give; section captions go on to the next table through `sections`. Rows at the
// end that are a signature come out as paragraphs in `tail`.
std::vector<Entry> read_rows(const TablePart& table, const Columns& columns, SectionStack& sections,
                             std::vector<Paragraph>& tail);

// Whether the caption is nothing but a month: "Вересень", "СЕНТЯБРЬ 2024".
bool is_month_caption(std::string_view caption);

}  // namespace convoke::documents
