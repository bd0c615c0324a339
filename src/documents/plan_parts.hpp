// A document taken apart for the plan reader: paragraphs, tables, and what stands where. Layout tables
// (stamps side by side, a sheet's title rows) have become paragraphs.
#pragma once

#include "documents/columns.hpp"
#include "documents/document.hpp"

#include <string>
#include <variant>
#include <vector>

namespace convoke::documents {

struct TablePart {
  std::vector<const TableRow*> rows;  // without the heading
  std::optional<Columns> heading;     // nothing when the table has none
  std::size_t width = 0;
  bool after_paragraph = false;  // something else than a table stands before it
};

using Part = std::variant<Paragraph, TablePart>;

// Every paragraph is one line; `document` must outlive the parts.
std::vector<Part> take_apart(const Document& document);

}  // namespace convoke::documents
