#include "base/date.hpp"
#include "base/text.hpp"
#include "documents/readers.hpp"
#include "documents/table_builder.hpp"
#include "documents/xlsx_dates.hpp"
#include "documents/xml.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <vector>

namespace convoke::documents {
namespace {

struct Range {
  std::size_t first_row = 0, first_column = 0, last_row = 0, last_column = 0;
};

// "B12" to row 11, column 1; false when it is none.
bool read_reference(std::string_view text, std::size_t& row, std::size_t& column) {
  std::size_t i = 0;
  column = 0;
  for (; i < text.size() && text[i] >= 'A' && text[i] <= 'Z' && i < 3; ++i)
    column = column * 26 + static_cast<std::size_t>(text[i] - 'A' + 1);
  if (i == 0) return false;
  const auto [end, error] = std::from_chars(text.data() + i, text.data() + text.size(), row);
  if (error != std::errc{} || end != text.data() + text.size() || row == 0) return false;
  --row;
  --column;
  return true;
}

// The text of a shared or inline string: plain, or runs; phonetic hints are left out.
std::string string_of(pugi::xml_node node) {
  std::string text;
  for (const auto part : node.children()) {
    if (local_name(part) == "t") text += part.text().get();
    if (local_name(part) == "r") text += child(part, "t").text().get();
  }
  return text;
}

class XlsxReader {
 public:
  explicit XlsxReader(Archive& archive) : archive_(archive) {}

  Result<Document> read() {
    auto workbook = part("xl/workbook.xml");
    if (!workbook) return workbook.error();
    if (auto loaded = load_shared(); !loaded) return loaded.error();
    const auto root = child(**workbook, "workbook");
    const auto date1904 = attribute(child(root, "workbookPr"), "date1904");
    styles_.date1904 = date1904 == "1" || date1904 == "true";
    auto targets = relations();
    if (!targets) return targets.error();
    for (const auto sheet : child(root, "sheets").children()) {
      const auto state = attribute(sheet, "state");
      if (state == "hidden" || state == "veryHidden") continue;
      const auto target = targets->find(std::string(attribute_id(sheet)));
      if (target == targets->end() || !archive_.has(target->second)) continue;
      auto content = part(target->second);
      if (!content) return content.error();
      read_sheet(child(**content, "worksheet"));
    }
    return std::move(builder_).finish();
  }

 private:
  // r:id stands beside sheetId; only the prefix tells them apart.
  static std::string_view attribute_id(pugi::xml_node sheet) {
    for (const auto candidate : sheet.attributes()) {
      const std::string_view name = candidate.name();
      if (name.ends_with(":id")) return candidate.value();
    }
    return {};
  }

  Result<std::unique_ptr<pugi::xml_document>> part(std::string_view name) {
    auto bytes = archive_.read(name);
    if (!bytes) return bytes.error();
    return parse_xml(*bytes);
  }

  Result<std::map<std::string, std::string>> relations() {
    std::map<std::string, std::string> out;
    auto relations = part("xl/_rels/workbook.xml.rels");
    if (!relations) return relations.error();
    for (const auto relation : child(**relations, "Relationships").children()) {
      const std::string target(attribute(relation, "Target"));
      out[std::string(attribute(relation, "Id"))] =
          target.starts_with('/') ? target.substr(1) : "xl/" + target;
    }
    return out;
  }

  Result<bool> load_shared() {
    if (archive_.has("xl/sharedStrings.xml")) {
      auto strings = part("xl/sharedStrings.xml");
      if (!strings) return strings.error();
      for (const auto item : child(**strings, "sst").children())
        if (local_name(item) == "si") shared_.push_back(string_of(item));
    }
    if (archive_.has("xl/styles.xml")) {
      auto styles = part("xl/styles.xml");
      if (!styles) return styles.error();
      styles_.load(child(**styles, "styleSheet"));
    }
    return true;
  }

  std::string value_of(pugi::xml_node cell) const {
    const auto type = attribute(cell, "t");
    if (type == "inlineStr") return string_of(child(cell, "is"));
    const std::string value = child(cell, "v").text().get();
    if (type == "s") {
      std::size_t index = 0;
      const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), index);
      return error == std::errc{} && index < shared_.size() ? shared_[index] : std::string();
    }
    if (type == "str" || type == "d") return value;
    if (type == "e" || type == "b") return {};
    return styles_.number_text(value, count_attribute(cell, "s", 0, 1'000'000));
  }

  static std::vector<Range> merges(pugi::xml_node sheet) {
    std::vector<Range> out;
    for (const auto node : child(sheet, "mergeCells").children()) {
      const auto text = attribute(node, "ref");
      const auto colon = text.find(':');
      Range range;
      if (colon != std::string_view::npos && out.size() < max_blocks &&
          read_reference(text.substr(0, colon), range.first_row, range.first_column) &&
          read_reference(text.substr(colon + 1), range.last_row, range.last_column) &&
          range.last_column < max_columns)
        out.push_back(range);
    }
    std::sort(out.begin(), out.end(),
              [](const Range& a, const Range& b) { return a.first_row < b.first_row; });
    return out;
  }

  void read_sheet(pugi::xml_node sheet) {
    builder_.begin_table();
    const auto ranges = merges(sheet);
    std::vector<const Range*> open;
    std::size_t next_range = 0, row_index = 0;
    std::map<const Range*, std::string> tops;
    for (const auto node : child(sheet, "sheetData").children()) {
      if (local_name(node) != "row" || builder_.full()) continue;
      const auto number = count_attribute(node, "r", row_index + 1, 2'000'000);
      row_index = std::max<std::size_t>(number, 1) - 1;
      while (next_range < ranges.size() && ranges[next_range].first_row <= row_index)
        open.push_back(&ranges[next_range++]);
      std::erase_if(open, [&](const Range* r) { return r->last_row < row_index; });
      const auto hidden = attribute(node, "hidden");
      auto cells = row_cells(node);
      apply_merges(cells, open, row_index, tops);
      if (hidden != "1" && hidden != "true") builder_.row(std::move(cells));
      ++row_index;
    }
  }

  std::vector<Cell> row_cells(pugi::xml_node row) const {
    std::vector<Cell> cells;
    for (const auto node : row.children()) {
      if (local_name(node) != "c") continue;
      std::size_t at_row = 0, column = cells.size();
      read_reference(attribute(node, "r"), at_row, column);
      if (column >= max_columns || column < cells.size()) continue;
      cells.resize(column + 1);
      cells[column].text = value_of(node);
      if (cells[column].text.size() > max_cell_bytes)
        cells[column].text = to_valid_utf8(std::string_view(cells[column].text).substr(0, max_cell_bytes));
    }
    return cells;
  }

  static void apply_merges(std::vector<Cell>& cells, const std::vector<const Range*>& open, std::size_t row,
                           std::map<const Range*, std::string>& tops) {
    for (const Range* range : open) {
      if (cells.size() <= range->last_column) cells.resize(range->last_column + 1);
      auto& first = cells[range->first_column];
      for (auto column = range->first_column; column <= range->last_column; ++column)
        cells[column].covered = column > range->first_column || row > range->first_row;
      if (row == range->first_row) {
        first.span = range->last_column - range->first_column + 1;
        tops[range] = first.text;
      } else {
        first.text = tops[range];
        first.merged_above = true;
      }
    }
  }

  Archive& archive_;
  std::vector<std::string> shared_;
  SheetStyles styles_;
  DocumentBuilder builder_;
};

}  // namespace

Result<Document> read_xlsx(Archive& archive) {
  return XlsxReader(archive).read();
}

}  // namespace convoke::documents
