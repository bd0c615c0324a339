// Puts the blocks of a document together under the limits; shared by the readers of all formats.
#pragma once

#include "documents/document.hpp"
#include "documents/limits.hpp"

#include <map>
#include <string>

namespace convoke::documents {

class DocumentBuilder {
 public:
  void paragraph(Paragraph paragraph);  // an empty text marks the next block as after_empty
  void begin_table() { ++table_; }
  void row(std::vector<Cell> cells, bool after_empty = false);  // an empty row is dropped, its gap remembered
  std::size_t table() const { return table_; }
  // limit_exceeded when more than max_blocks came.
  Result<Document> finish() &&;
  bool full() const { return document_.blocks.size() > max_blocks; }

 private:
  Document document_;
  std::size_t table_ = 0;
  bool empty_before_ = false;
};

// A row being filled cell by cell, with the cells that hang down from the rows above.
class RowBuilder {
 public:
  // The next free column gets `text`, over `columns` columns and `rows` rows.
  void cell(std::string text, std::size_t columns = 1, std::size_t rows = 1);
  // A cell of the format that lies under another one.
  void covered();
  std::vector<Cell> take();
  void reset() { hanging_.clear(); }

 private:
  struct Hanging {
    std::string text;
    std::size_t rows = 0;
    std::size_t columns = 1;
  };
  std::vector<Cell> cells_;
  std::map<std::size_t, Hanging> hanging_;  // by column
};

}  // namespace convoke::documents
