// A plan as a file that people open, print and send on. What is written is text and nothing else: no cell is
// ever a formula (threats H1), and what XML cannot hold becomes U+FFFD (H2). The same plan gives the same
// bytes.
#pragma once

#include "documents/plan_layout.hpp"

#include <string>

namespace convoke::documents {

std::string write_docx(const PlanLayout& layout);  // A4, Office Open XML
std::string write_xlsx(const PlanLayout& layout);  // one sheet, every cell a text
// ";" between quoted fields, with a byte order mark, as spreadsheets of the region open it. Lines that could
// be taken for a formula begin with an apostrophe, which read_csv() takes off again.
std::string write_csv(const PlanLayout& layout);
std::string write_pdf(const PlanLayout& layout);  // A4, pages numbered, the heading on each

// A line that a spreadsheet could take for a formula.
bool looks_like_formula(std::string_view line);

}  // namespace convoke::documents
