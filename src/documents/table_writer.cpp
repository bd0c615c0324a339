#include "documents/table_writer.hpp"

#include "base/text.hpp"
#include "documents/package_writer.hpp"
#include "documents/workbook.hpp"

#include <algorithm>

namespace convoke::documents {
namespace {

// "A", "Z", "AA"
std::string column_name(std::size_t index) {
  constexpr std::size_t letters = 26;
  std::string name;
  for (++index; index > 0; index = (index - 1) / letters)
    name.insert(name.begin(), static_cast<char>('A' + (index - 1) % letters));
  return name;
}

void add_row(std::string& out, const std::vector<std::string>& cells, std::size_t number, int style) {
  out += "<row r=\"" + std::to_string(number) + "\">";
  for (std::size_t i = 0; i < cells.size(); ++i)
    out += "<c r=\"" + column_name(i) + std::to_string(number) + "\" s=\"" + std::to_string(style) +
           "\" t=\"inlineStr\"><is><t xml:space=\"preserve\">" + xml_text(cells[i]) + "</t></is></c>";
  out += "</row>";
}

std::string sheet_part(const Table& table) {
  std::string out =
      "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<worksheet "
      "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetViews><sheetView "
      "workbookViewId=\"0\"><pane ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\" "
      "state=\"frozen\"/></sheetView></sheetViews><cols><col min=\"1\" max=\"" +
      std::to_string(std::max<std::size_t>(table.headings.size(), 1)) +
      "\" width=\"24\" customWidth=\"1\"/></cols><sheetData>";
  add_row(out, table.headings, 1, 1);
  for (std::size_t i = 0; i < table.rows.size(); ++i) add_row(out, table.rows[i], i + 2, 0);
  return out + "</sheetData></worksheet>";
}

constexpr const char* styles_part =
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<styleSheet "
    "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">"
    "<fonts count=\"2\"><font><sz val=\"11\"/><name val=\"Calibri\"/></font>"
    "<font><b/><sz val=\"11\"/><name val=\"Calibri\"/></font></fonts>"
    "<fills count=\"2\"><fill><patternFill patternType=\"none\"/></fill>"
    "<fill><patternFill patternType=\"gray125\"/></fill></fills>"
    "<borders count=\"1\"><border><left/><right/><top/><bottom/><diagonal/></border></borders>"
    "<cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs>"
    "<cellXfs count=\"2\"><xf numFmtId=\"49\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\"/>"
    "<xf numFmtId=\"49\" fontId=\"1\" fillId=\"0\" borderId=\"0\" xfId=\"0\"/></cellXfs></styleSheet>";

void add_line(std::string& out, const std::vector<std::string>& cells) {
  for (std::size_t i = 0; i < cells.size(); ++i) out += (i > 0 ? ";" : "") + csv_field(cells[i]);
  out += "\r\n";
}

}  // namespace

std::string write_table_xlsx(const Table& table) {
  return workbook_of(table.name, sheet_part(table), styles_part);
}

std::string write_table_csv(const Table& table) {
  std::string out = "\xEF\xBB\xBF";
  add_line(out, table.headings);
  for (const auto& row : table.rows) add_line(out, row);
  return out;
}

}  // namespace convoke::documents
