// A workbook of one sheet (Office Open XML), and cells of CSV: what every exported table is put into.
#pragma once

#include <string>

namespace convoke::documents {

// The package of a sheet and its styles. `name`: of the sheet; cut to what spreadsheets allow. The same parts
// give the same bytes.
std::string workbook_of(const std::string& name, std::string sheet, std::string styles);

// A quoted field of CSV; lines that could be taken for a formula begin with an apostrophe (threats H1).
std::string csv_field(const std::string& text);

}  // namespace convoke::documents
