#include "base/text.hpp"
#include "documents/plan_writers.hpp"
#include "documents/readers.hpp"
#include "documents/table_builder.hpp"

#include <algorithm>
#include <array>

namespace convoke::documents {
namespace {

// Fields are counted outside quotes over the first records: the separator that most records have wins.
char find_separator(std::string_view text) {
  constexpr std::array candidates = {';', '\t', ','};
  constexpr std::size_t sample_bytes = 16 * 1024;
  std::array<std::size_t, 3> lines{}, seen{};
  bool quoted = false;
  for (const char c : text.substr(0, sample_bytes)) {
    if (c == '"') quoted = !quoted;
    if (quoted) continue;
    for (std::size_t i = 0; i < candidates.size(); ++i) {
      if (c == candidates[i]) ++seen[i];
      if (c != '\n') continue;
      lines[i] += seen[i] > 0 ? 1 : 0;
      seen[i] = 0;
    }
  }
  for (std::size_t i = 0; i < candidates.size(); ++i) lines[i] += seen[i] > 0 ? 1 : 0;
  return candidates[static_cast<std::size_t>(std::max_element(lines.begin(), lines.end()) - lines.begin())];
}

class CsvReader {
 public:
  CsvReader(std::string_view text, char separator) : text_(text), separator_(separator) {}

  Result<Document> read() {
    builder_.begin_table();
    for (std::size_t i = 0; i < text_.size() && !builder_.full(); ++i) step(i);
    if (!field_.empty() || !cells_.empty()) end_record();
    return std::move(builder_).finish();
  }

 private:
  void step(std::size_t& i) {
    const char c = text_[i];
    if (quoted_) {
      if (c != '"')
        field_ += c;
      else if (i + 1 < text_.size() && text_[i + 1] == '"')
        field_ += text_[++i];
      else
        quoted_ = false;
    } else if (c == '"' && trim(field_).empty()) {
      field_.clear();
      quoted_ = true;
    } else if (c == separator_) {
      end_field();
    } else if (c == '\n') {
      end_record();
    } else {
      field_ += c;
    }
  }

  // The apostrophe before what could be a formula is not part of the text: spreadsheets and we put it there.
  static std::string without_guards(std::string_view field) {
    std::string text;
    bool first = true;
    for (auto line : split(field, '\n')) {
      if (!first) text += '\n';
      first = false;
      if (line.starts_with('\'') && looks_like_formula(line.substr(1))) line.remove_prefix(1);
      text += line;
    }
    return text;
  }

  void end_field() {
    if (cells_.size() < max_columns)
      cells_.push_back(
          Cell{to_valid_utf8(trim(without_guards(std::string_view(field_).substr(0, max_cell_bytes)))), 1,
               false, false});
    field_.clear();
  }

  void end_record() {
    const bool blank = cells_.empty() && trim(field_).empty();
    end_field();
    builder_.row(std::move(cells_), blank || after_blank_);
    after_blank_ = blank;
    cells_.clear();
  }

  std::string_view text_;
  char separator_;
  DocumentBuilder builder_;
  std::vector<Cell> cells_;
  std::string field_;
  bool quoted_ = false;
  bool after_blank_ = false;
};

}  // namespace

Result<Document> read_csv(std::string_view text) {
  return CsvReader(text, find_separator(text)).read();
}

}  // namespace convoke::documents
