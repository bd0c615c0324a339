// Tables: Office Open XML spreadsheets and CSV, with the same rows.
#include "base/text.hpp"
#include "documents/package_writer.hpp"
#include "documents/plan_writers.hpp"
#include "documents/workbook.hpp"

#include <algorithm>
#include <array>

namespace convoke::documents {
namespace {

struct SheetRow {
  enum class Style {
    plain = 0,
    stamp = 1,
    title = 2,
    heading = 3,
    caption = 4,
    cell = 5
  } style = Style::plain;
  std::vector<std::string> cells;
};

std::string preamble_text(const PlanLayout& layout) {
  std::string text;
  for (const auto& one : layout.preamble)
    text += (text.empty() ? "" : "\n") + std::string(one.point ? "• " : "") + one.text;
  return text;
}

// Above the heading few rows only: whoever reads the sheet looks for it there.
std::vector<SheetRow> rows_of(const PlanLayout& layout) {
  std::vector<SheetRow> rows;
  if (!layout.stamps.empty()) {
    SheetRow stamps{SheetRow::Style::stamp, {""}};
    for (const auto& stamp : layout.stamps) stamps.cells.push_back(join(stamp, "\n"));
    rows.push_back(std::move(stamps));
  }
  if (!layout.organisation.empty()) rows.push_back({SheetRow::Style::plain, {layout.organisation}});
  rows.push_back({SheetRow::Style::title, {layout.title}});
  if (!layout.preamble.empty()) rows.push_back({SheetRow::Style::plain, {preamble_text(layout)}});
  rows.push_back({SheetRow::Style::heading, layout.headings});
  for (const auto& line : layout.lines)
    rows.push_back(
        {line.kind == LaidOutLine::Kind::caption ? SheetRow::Style::caption : SheetRow::Style::cell,
         line.cells});
  // Apart from the table, the name in a column of its own.
  for (const auto& line : layout.signatures) {
    const auto gap = line.find(signature_gap);
    rows.push_back({SheetRow::Style::plain, {}});
    if (gap == std::string::npos)
      rows.push_back({SheetRow::Style::plain, {"", line}});
    else
      rows.push_back(
          {SheetRow::Style::plain, {"", line.substr(0, gap), "", line.substr(gap + signature_gap.size())}});
  }
  return rows;
}

std::string column_name(std::size_t index) {
  return std::string(1, static_cast<char>('A' + index % 26));
}

std::string sheet_part(const PlanLayout& layout) {
  constexpr std::array<int, 6> widths = {8, 60, 24, 34, 28, 28};
  std::string out =
      "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<worksheet "
      "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><cols>";
  for (std::size_t i = 0; i < widths.size(); ++i)
    out += "<col min=\"" + std::to_string(i + 1) + "\" max=\"" + std::to_string(i + 1) + "\" width=\"" +
           std::to_string(widths[i]) + "\" customWidth=\"1\"/>";
  out += "</cols><sheetData>";
  std::vector<std::string> merged;
  std::size_t number = 0;
  for (const auto& row : rows_of(layout)) {
    ++number;
    out += "<row r=\"" + std::to_string(number) + "\">";
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
      const auto reference = column_name(i) + std::to_string(number);
      out += "<c r=\"" + reference + "\" s=\"" + std::to_string(static_cast<int>(row.style)) +
             "\" t=\"inlineStr\"><is><t xml:space=\"preserve\">" + xml_text(row.cells[i]) + "</t></is></c>";
    }
    out += "</row>";
    const bool wide = row.cells.size() == 1;
    if (wide)
      merged.push_back("A" + std::to_string(number) + ":" + column_name(layout.headings.size() - 1) +
                       std::to_string(number));
  }
  out += "</sheetData>";
  if (!merged.empty()) {
    out += "<mergeCells count=\"" + std::to_string(merged.size()) + "\">";
    for (const auto& one : merged) out += "<mergeCell ref=\"" + one + "\"/>";
    out += "</mergeCells>";
  }
  return out +
         "<pageMargins left=\"0.7\" right=\"0.4\" top=\"0.6\" bottom=\"0.6\" header=\"0.3\" footer=\"0.3\"/>"
         "<pageSetup paperSize=\"9\" orientation=\"landscape\" fitToHeight=\"0\"/></worksheet>";
}

// In the order of SheetRow::Style.
constexpr const char* styles_part =
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<styleSheet "
    "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">"
    "<fonts count=\"2\"><font><sz val=\"11\"/><name val=\"Times New Roman\"/></font>"
    "<font><b/><sz val=\"11\"/><name val=\"Times New Roman\"/></font></fonts>"
    "<fills count=\"2\"><fill><patternFill patternType=\"none\"/></fill>"
    "<fill><patternFill patternType=\"gray125\"/></fill></fills>"
    "<borders count=\"2\"><border><left/><right/><top/><bottom/><diagonal/></border>"
    "<border><left style=\"thin\"/><right style=\"thin\"/><top style=\"thin\"/><bottom "
    "style=\"thin\"/><diagonal/></border></borders>"
    "<cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs>"
    "<cellXfs count=\"6\">"
    "<xf numFmtId=\"49\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyAlignment=\"1\"><alignment "
    "vertical=\"top\" wrapText=\"1\"/></xf>"
    "<xf numFmtId=\"49\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyAlignment=\"1\"><alignment "
    "vertical=\"top\" wrapText=\"1\"/></xf>"
    "<xf numFmtId=\"49\" fontId=\"1\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyAlignment=\"1\"><alignment "
    "horizontal=\"center\" vertical=\"top\" wrapText=\"1\"/></xf>"
    "<xf numFmtId=\"49\" fontId=\"1\" fillId=\"0\" borderId=\"1\" xfId=\"0\" applyAlignment=\"1\"><alignment "
    "horizontal=\"center\" vertical=\"center\" wrapText=\"1\"/></xf>"
    "<xf numFmtId=\"49\" fontId=\"1\" fillId=\"0\" borderId=\"1\" xfId=\"0\" applyAlignment=\"1\"><alignment "
    "horizontal=\"center\" vertical=\"top\" wrapText=\"1\"/></xf>"
    "<xf numFmtId=\"49\" fontId=\"0\" fillId=\"0\" borderId=\"1\" xfId=\"0\" applyAlignment=\"1\"><alignment "
    "vertical=\"top\" wrapText=\"1\"/></xf></cellXfs></styleSheet>";

}  // namespace

bool looks_like_formula(std::string_view line) {
  line = trim(line);
  if (line.empty()) return false;
  if (std::string_view("=+-@\t\r").find(line.front()) != std::string_view::npos) return true;
  for (const std::string_view wide : {"＝", "＋", "－", "＠"})
    if (line.starts_with(wide)) return true;
  return false;
}

std::string write_xlsx(const PlanLayout& layout) {
  return workbook_of("Plan", sheet_part(layout), styles_part);
}

std::string write_csv(const PlanLayout& layout) {
  std::string out = "\xEF\xBB\xBF";
  for (const auto& row : rows_of(layout)) {
    for (std::size_t i = 0; i < std::max(row.cells.size(), layout.headings.size()); ++i) {
      if (i > 0) out += ';';
      if (i < row.cells.size()) out += csv_field(row.cells[i]);
    }
    out += "\r\n";
  }
  return out;
}

}  // namespace convoke::documents
