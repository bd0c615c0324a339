// A table of people as rows: headings in any order and any of the four languages.
#pragma once

#include "documents/document.hpp"
#include "service/people.hpp"

#include <string>
#include <vector>

namespace convoke::service {

// One row, its cells without surplus spaces; nothing in it is checked.
struct TableLine {
  int line = 0;  // from 1; paragraphs count
  std::string name, email, post, language, organisation;
};

// The rows that name somebody. Errors: invalid_input without a row of headings that has a name.
Result<std::vector<TableLine>> read_people_table(const documents::Document& table);

// The same as CSV (RFC 4180), with headings; `line` is kept in a column of its own.
std::string write_people_table(const std::vector<TableLine>& lines);

}  // namespace convoke::service
