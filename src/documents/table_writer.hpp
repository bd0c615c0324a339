// A plain table as a file: what people export and open in a spreadsheet. Text and nothing else: no cell is
// ever a formula (threats H1), and what XML cannot hold becomes U+FFFD (H2). The same table gives the same
// bytes.
#pragma once

#include <string>
#include <vector>

namespace convoke::documents {

struct Table {
  std::string name;  // of the sheet; cut to what spreadsheets allow
  std::vector<std::string> headings;
  std::vector<std::vector<std::string>> rows;

  Table() = default;
};

std::string write_table_xlsx(const Table& table);
// ";" between quoted fields, with a byte order mark; lines that could be taken for a formula begin with an
// apostrophe.
std::string write_table_csv(const Table& table);

}  // namespace convoke::documents
