// One pass over the parts of a document: aims, captions, tables and bullets become drafts of a plan's
// entries.
#pragma once

#include "documents/plan_parts.hpp"
#include "documents/plan_rows.hpp"
#include "documents/plan_text.hpp"
#include "model/period_reading.hpp"
#include "model/plan.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace convoke::documents {

struct Draft {
  enum class Origin { goal, table, prose } origin = Origin::table;
  Entry entry;
};

struct Walk {
  std::vector<Draft> drafts;  // in the order of the document
  std::vector<PreambleItem> preamble;
  std::vector<Paragraph> tail;        // rows under the last table that are no entries
  std::vector<std::string> warnings;  // about tables
  std::size_t directions = 0;         // aims, tasks, directions of work
  bool strong_table = false;          // a heading that only a plan has
  bool caption_names_plan = false;
};

struct WalkContext {
  const PeriodReader& reader;
  std::string_view language;
  PlanContext year;
  bool is_titled_plan = false;  // the title has the word "plan": tables without headings may be guessed at
};

Walk walk(const std::vector<Part>& parts, const TitleReading& title, const WalkContext& context);

}  // namespace convoke::documents
