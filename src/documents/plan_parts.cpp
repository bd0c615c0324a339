#include "documents/plan_parts.hpp"

#include "base/text.hpp"
#include "documents/approvals.hpp"
#include "documents/characters.hpp"
#include "documents/side_by_side.hpp"

#include <algorithm>

namespace convoke::documents {
namespace {

constexpr std::size_t heading_search_rows = 25;  // sheets carry stamps and a title above their heading

using Rows = std::vector<const TableRow*>;

void add_lines(std::vector<Part>& parts, const Paragraph& paragraph) {
  bool first = true;
  for (const auto raw : split(paragraph.text, '\n')) {
    if (trim(raw).empty()) continue;
    Paragraph line = paragraph;
    line.text = std::string(raw);
    if (!first) {
      line.marker.clear();
      line.after_empty = false;
    }
    first = false;
    parts.emplace_back(std::move(line));
  }
}

bool holds_stamp(const Rows& rows) {
  return std::any_of(rows.begin(), rows.end(), [](const TableRow* row) {
    return std::any_of(row->cells.begin(), row->cells.end(),
                       [](const Cell& cell) { return is_stamp(cell.text); });
  });
}

// Stamps stand side by side: read column by column.
void add_by_columns(std::vector<Part>& parts, const Rows& rows) {
  std::size_t width = 0;
  for (const auto* row : rows) width = std::max(width, row->cells.size());
  for (std::size_t column = 0; column < width; ++column) {
    bool first = true;
    for (const auto* row : rows) {
      if (column >= row->cells.size() || trim(row->cells[column].text).empty() ||
          row->cells[column].merged_above)
        continue;
      Paragraph paragraph;
      paragraph.text = row->cells[column].text;
      paragraph.after_empty = first;
      first = false;
      add_lines(parts, paragraph);
    }
  }
}

void add_by_rows(std::vector<Part>& parts, const Rows& rows) {
  for (const auto* row : rows) {
    Paragraph paragraph;
    paragraph.after_empty = row->after_empty;
    for (const auto& cell : row->cells)
      if (!trim(cell.text).empty() && !cell.merged_above)
        paragraph.text += (paragraph.text.empty() ? "" : " ") + cell.text;
    if (!paragraph.text.empty()) add_lines(parts, paragraph);
  }
}

// A numbered list whose numbers are followed by TABs looks like a table of two columns.
bool is_list(const Rows& rows) {
  return std::all_of(rows.begin(), rows.end(), [](const TableRow* row) {
    return row->cells.size() == 2 &&
           (row_number(row->cells[0].text) ||
            read_list_mark(row->cells[0].text + " x").kind == ListMark::Kind::bullet);
  });
}

void add_list(std::vector<Part>& parts, const Rows& rows) {
  for (const auto* row : rows) {
    Paragraph paragraph;
    paragraph.marker = row->cells[0].text;
    paragraph.text = row->cells[1].text;
    paragraph.after_empty = row->after_empty;
    add_lines(parts, paragraph);
  }
}

// The second row of a heading of two: under merged cells, with headings of its own or short words.
bool continues_heading(const TableRow& row) {
  return std::any_of(row.cells.begin(), row.cells.end(),
                     [](const Cell& cell) { return cell.merged_above; }) &&
         std::all_of(row.cells.begin(), row.cells.end(),
                     [](const Cell& cell) { return cell.merged_above || length(cell.text) <= 30; });
}

void add_table(std::vector<Part>& parts, const Rows& rows) {
  std::size_t at = 0;
  std::optional<Columns> heading;
  for (; at < rows.size() && at < heading_search_rows && !heading; ++at) heading = read_heading(*rows[at]);
  const bool after_paragraph = parts.empty() || std::holds_alternative<Paragraph>(parts.back());
  if (!heading && (holds_stamp(rows) || is_list(rows))) {
    holds_stamp(rows) ? add_by_columns(parts, rows) : add_list(parts, rows);
    return;
  }
  TablePart table;
  if (heading) {
    const Rows before(rows.begin(), rows.begin() + static_cast<std::ptrdiff_t>(at - 1));
    holds_stamp(before) ? add_by_columns(parts, before) : add_by_rows(parts, before);
    if (at < rows.size() && continues_heading(*rows[at])) refine_heading(*heading, *rows[at++]);
    table.after_paragraph = after_paragraph || at > 1;
  } else {
    at = 0;
    table.after_paragraph = after_paragraph;
  }
  table.heading = std::move(heading);
  table.rows.assign(rows.begin() + static_cast<std::ptrdiff_t>(at), rows.end());
  for (const auto* row : rows) table.width = std::max(table.width, row->cells.size());
  parts.emplace_back(std::move(table));
}

}  // namespace

std::vector<Part> take_apart(const Document& document) {
  std::vector<Part> parts;
  Rows rows;
  const auto flush = [&] {
    if (!rows.empty()) add_table(parts, rows);
    rows.clear();
  };
  for (const auto& block : document.blocks) {
    if (const auto* row = std::get_if<TableRow>(&block)) {
      if (!rows.empty() && rows.back()->table != row->table) flush();
      rows.push_back(row);
      continue;
    }
    flush();
    add_lines(parts, std::get<Paragraph>(block));
  }
  flush();
  unfold_columns(parts);
  return parts;
}

}  // namespace convoke::documents
