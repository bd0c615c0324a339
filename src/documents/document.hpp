// What a file holds once its format is forgotten: paragraphs and table rows in reading order. The readers of
// the formats produce it, the plan reader consumes it; neither knows the other.
#pragma once

#include "base/result.hpp"

#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace convoke::documents {

struct Paragraph {
  std::string text;  // one paragraph; may hold TAB and line breaks as written
  // The label that the word processor drew: "•", "3.", "II."; empty when the list mark is part of the text.
  std::string marker;
  bool tab_led = false;      // plain text: the line begins with a TAB, as captions do in some plans
  bool after_empty = false;  // an empty line or paragraph stands before it
};

struct Cell {
  std::string text;
  std::size_t span = 1;  // columns; the cells it covers follow it, empty
  bool covered = false;  // stands under a cell that spans several rows or columns
  // Lower part of a cell that spans several rows: `text` repeats the upper part's.
  bool merged_above = false;
};

struct TableRow {
  std::vector<Cell> cells;
  std::size_t table = 0;     // rows of one table share it
  bool after_empty = false;  // an empty line, or a page's end, stands before it
};

using Block = std::variant<Paragraph, TableRow>;

struct Document {
  std::vector<Block> blocks;
};

// Reads .txt (UTF-8, UTF-16 with a mark, windows-1251, KOI8-U), .csv, .docx, .odt, .ods and .xlsx. The format
// is found by content; `file_name` only tells .csv from .txt. Errors: unsupported_format (nothing that is
// read here), limit_exceeded (the message names the limit of documents/limits.hpp), invalid_input (broken
// file).
Result<Document> read_document(std::string_view bytes, std::string_view file_name);

}  // namespace convoke::documents
