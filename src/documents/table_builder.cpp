#include "documents/table_builder.hpp"

#include "base/text.hpp"

#include <algorithm>

namespace convoke::documents {

void DocumentBuilder::paragraph(Paragraph paragraph) {
  if (trim(paragraph.text).empty() && paragraph.marker.empty()) {
    empty_before_ = true;
    return;
  }
  if (full()) return;
  paragraph.after_empty = empty_before_;
  empty_before_ = false;
  document_.blocks.emplace_back(std::move(paragraph));
}

void DocumentBuilder::row(std::vector<Cell> cells, bool after_empty) {
  const bool empty =
      std::all_of(cells.begin(), cells.end(), [](const Cell& c) { return trim(c.text).empty(); });
  if (empty) {
    empty_before_ = empty_before_ || after_empty;
    return;
  }
  if (full()) return;
  TableRow row{std::move(cells), table_, after_empty};
  empty_before_ = false;
  document_.blocks.emplace_back(std::move(row));
}

Result<Document> DocumentBuilder::finish() && {
  if (full())
    return Error{Errc::limit_exceeded, "max_blocks: the document has more than 20000 paragraphs and rows"};
  return std::move(document_);
}

void RowBuilder::cell(std::string text, std::size_t columns, std::size_t rows) {
  if (cells_.size() >= max_columns) return;
  if (text.size() > max_cell_bytes) text = to_valid_utf8(std::string_view(text).substr(0, max_cell_bytes));
  columns = std::clamp<std::size_t>(columns, 1, max_columns - cells_.size());
  const auto column = cells_.size();
  if (rows > 1)
    hanging_[column] = Hanging{text, rows - 1, columns};
  else
    hanging_.erase(column);
  cells_.push_back(Cell{std::move(text), columns, false, false});
  for (std::size_t i = 1; i < columns; ++i) cells_.push_back(Cell{"", 1, true, false});
}

void RowBuilder::covered() {
  if (cells_.size() >= max_columns) return;
  const auto found = hanging_.find(cells_.size());
  if (found == hanging_.end() || found->second.rows == 0) {
    cells_.push_back(Cell{"", 1, true, false});
    return;
  }
  --found->second.rows;
  cells_.push_back(Cell{found->second.text, 1, true, true});
}

std::vector<Cell> RowBuilder::take() {
  auto cells = std::move(cells_);
  cells_.clear();
  return cells;
}

}  // namespace convoke::documents
