#include "base/text.hpp"
#include "documents/characters.hpp"
#include "documents/columns.hpp"
#include "documents/limits.hpp"
#include "documents/names.hpp"
#include "documents/readers.hpp"
#include "documents/table_builder.hpp"

#include <algorithm>

namespace convoke::documents {
namespace {

struct Line {
  std::string_view text;
  std::size_t tabs = 0;
  bool only_leading_tabs = false;  // nothing but spaces before the last TAB
};

Line measure(std::string_view text) {
  Line line{text, static_cast<std::size_t>(std::count(text.begin(), text.end(), '\t')), false};
  if (line.tabs > 0) line.only_leading_tabs = trim(text.substr(0, text.rfind('\t'))).empty();
  return line;
}

// "| a | b |", or "a | b | c" with at least two bars between spaces.
bool is_bar_row(std::string_view text) {
  const auto inner = trim(text);
  const auto bar = inner.find(" | ");
  if (bar != std::string_view::npos && inner.find(" | ", bar + 3) != std::string_view::npos) return true;
  return inner.size() > 2 && inner.front() == '|' && inner.back() == '|';
}

std::vector<Cell> cells_between(std::string_view text, char separator) {
  std::vector<Cell> cells;
  for (const auto part : split(text, separator)) {
    if (cells.size() == max_columns) break;
    cells.push_back(Cell{std::string(trim(part)), 1, false, false});
  }
  return cells;
}

// "|---|:--|" separates Markdown's heading from its rows and says nothing.
bool is_bar_rule(const std::vector<Cell>& cells) {
  return std::all_of(cells.begin(), cells.end(), [](const Cell& cell) {
    return cell.text.find_first_not_of("-: ") == std::string::npos && !cell.text.empty();
  });
}

// A bullet, a TAB and text is one item of a list, not a row of two cells.
bool is_bulleted(const Line& line) {
  if (line.tabs != 1) return false;
  const auto first = trim(line.text.substr(0, line.text.find('\t')));
  return !first.empty() && length(first) == 1 &&
         read_list_mark(std::string(first) + " x").kind == ListMark::Kind::bullet;
}

class TextReader {
 public:
  Result<Document> read(std::string_view text) {
    lines_ = split(text, '\n');
    usual_tabs_ = usual_tabs();
    for (at_ = 0; at_ < lines_.size() && !builder_.full(); ++at_)
      if (!broken_heading()) take(lines_[at_]);
    flush();
    return std::move(builder_).finish();
  }

 private:
  // How many TABs the rows of the document's tables have; 0 when there is none. Of several answers the
  // widest.
  std::size_t usual_tabs() const {
    std::vector<std::size_t> lines_with(max_columns);
    for (const auto text : lines_)
      if (const auto tabs = measure(text).tabs; tabs > 1 && tabs < max_columns) ++lines_with[tabs];
    const auto most = std::max_element(lines_with.rbegin(), lines_with.rend());
    return *most == 0 ? 0 : static_cast<std::size_t>(lines_with.rend() - most) - 1;
  }

  // Line breaks inside the cells of a heading cut it into lines none of which is a row: put together, they
  // have the TABs of one and the words of a heading.
  bool broken_heading() {
    constexpr std::size_t most_lines = 12, longest_line = 200;
    const Line first = measure(lines_[at_]);
    if (usual_tabs_ == 0 || first.tabs >= usual_tabs_ || first.text.size() > longest_line) return false;
    if (first.tabs == 0 && !trim(first.text).starts_with("№")) return false;
    std::string whole;
    std::size_t tabs = 0, end = at_;
    for (; end < lines_.size() && end < at_ + most_lines && tabs < usual_tabs_; ++end) {
      const Line line = measure(lines_[end]);
      if (trim(line.text).empty() || line.text.size() > longest_line) return false;
      whole += (whole.empty() ? "" : "\n") + std::string(line.text);
      tabs += line.tabs;
    }
    // The last cell's own line breaks.
    while (tabs == usual_tabs_ && end < lines_.size() && measure(lines_[end]).tabs == 0 &&
           !trim(lines_[end]).empty() && is_lower(decode(trim(lines_[end]).substr(0, 4))[0]))
      whole += "\n" + std::string(lines_[end++]);
    if (tabs != usual_tabs_ || end - at_ < 2) return false;
    TableRow heading;
    heading.cells = cells_between(whole, '\t');
    if (!read_heading(heading)) return false;
    flush();
    row(std::move(heading.cells));
    empty_ = false;
    at_ = end - 1;
    return true;
  }

  // Names below one another in the last cell of a row come as lines without a TAB.
  void take_rest_of_last_cell(std::vector<Cell>& cells) {
    while (cells.size() > 2 && cells.size() == usual_tabs_ + 1 && at_ + 2 < lines_.size() &&
           measure(lines_[at_ + 1]).tabs == 0 && cells.back().text.size() < max_cell_bytes) {
      const auto next = trim(lines_[at_ + 1]);
      if (next.empty()) return;
      const auto letters = decode(next);
      const bool goes_on = cells.back().text.ends_with(',') || is_lower(letters[0]);
      const auto names = find_names(letters);
      const bool another = names.size() == 1 && names[0].begin == 0 && names[0].end == letters.size() &&
                           !cells.back().text.empty() && measure(lines_[at_ + 2]).tabs > 0;
      if (!goes_on && !another) return;
      cells.back().text += "\n" + std::string(next);
      ++at_;
    }
  }

  void take(std::string_view text) {
    if (trim(text).empty()) {
      flush();
      empty_ = true;
      builder_.paragraph({});
      return;
    }
    const Line line = measure(text);
    if (is_bar_row(text)) {
      auto inner = trim(text);
      if (inner.ends_with('|')) inner.remove_suffix(1);
      if (inner.starts_with('|')) inner.remove_prefix(1);
      auto cells = cells_between(inner, '|');
      if (!is_bar_rule(cells)) row(std::move(cells));
    } else if (is_row(line)) {
      auto cells = joined(cells_between(text, '\t'));
      take_rest_of_last_cell(cells);
      row(std::move(cells));
    } else {
      flush();
      width_ = 0;
      Paragraph paragraph;
      paragraph.text = std::string(text);
      paragraph.tab_led = line.tabs > 0 && line.only_leading_tabs;
      builder_.paragraph(std::move(paragraph));
    }
    empty_ = false;
  }

  bool is_row(const Line& line) const {
    if (line.tabs == 0 || is_bulleted(line)) return false;
    return !line.only_leading_tabs || (width_ > 1 && line.tabs + 1 == width_);
  }

  // A line break inside a cell cuts the row in two lines: a numbered row that is too short, and one that fits
  // what it lacks and has no number.
  std::vector<Cell> joined(std::vector<Cell> cells) {
    const bool fits = partial_.size() > 1 && !empty_ && !row_number(cells[0].text) &&
                      partial_.size() + cells.size() - 1 <= widest_;
    if (fits) {
      partial_.back().text += "\n" + cells[0].text;
      partial_.insert(partial_.end(), cells.begin() + 1, cells.end());
      cells = std::move(partial_);
    } else {
      flush();
    }
    partial_.clear();
    if (cells.size() > 1 && cells.size() < widest_ && row_number(cells[0].text)) {
      partial_ = std::move(cells);
      partial_after_empty_ = empty_ && !fits;
      return {};
    }
    return cells;
  }

  void flush() {
    if (!partial_.empty()) builder_.row(std::move(partial_), partial_after_empty_);
    partial_.clear();
  }

  void row(std::vector<Cell> cells) {
    if (cells.empty()) return;
    if (width_ == 0) builder_.begin_table();
    width_ = std::max(width_, cells.size());
    widest_ = std::max(widest_, width_);
    builder_.row(std::move(cells), empty_);
  }

  DocumentBuilder builder_;
  std::vector<std::string_view> lines_;
  std::size_t at_ = 0, usual_tabs_ = 0;
  std::vector<Cell> partial_;  // a row that may go on in the next line
  bool partial_after_empty_ = false;
  std::size_t widest_ = 0;  // of all tables so far
  std::size_t width_ = 0;   // of the table that is being read; 0 outside
  bool empty_ = false;
};

}  // namespace

Result<Document> read_text(std::string_view text) {
  return TextReader().read(text);
}

}  // namespace convoke::documents
