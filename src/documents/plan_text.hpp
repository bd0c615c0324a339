// What the paragraphs of a plan say: its title and year, aims and tasks, captions of sections; and, in a plan
// that has no table, its entries.
#pragma once

#include "documents/plan_parts.hpp"
#include "documents/plan_rows.hpp"
#include "documents/plan_year.hpp"
#include "model/imported_plan.hpp"

#include <optional>
#include <string>
#include <vector>

namespace convoke::documents {

struct TitleReading {
  std::string title;
  std::size_t first = 0, last = 0;  // the parts it was read from, both inclusive
  bool found = false;
  bool names_plan = false;  // the word "plan" stands in it
};

// The title: from a line that begins with "план" or names the year, up to the year.
TitleReading find_title(const std::vector<Part>& parts);

// Whether the folded text names a plan: the word "plan" itself, or what else such a document is called.
bool names_plan(std::string_view folded);
// Whether a folded line is one that a plan's title begins with.
bool opens_title(std::string_view folded);
// "Задачи", "Мета", "Приоритетные направления": captions of what is never scheduled.
bool is_goal_caption(std::string_view line);
// Whether the paragraph is a caption by its look: ends in a colon, or is short and numbered.
bool is_caption(const Paragraph& paragraph);
// The list mark, drawn by the word processor or part of the text.
ListMark mark_of(const Paragraph& paragraph);

}  // namespace convoke::documents
