#include "documents/workbook.hpp"

#include "base/text.hpp"
#include "documents/package_writer.hpp"
#include "documents/plan_writers.hpp"

#include <utility>

namespace convoke::documents {
namespace {

// A spreadsheet takes no longer name, and none of these characters.
std::string sheet_name(const std::string& name) {
  constexpr std::size_t longest = 31;
  std::string out;
  for (const char c : name)
    if (std::string_view("[]:*?/\\'").find(c) == std::string_view::npos) out += c;
  out = ellipsize(collapse_spaces(out), longest);
  return out.empty() ? "1" : out;
}

constexpr const char* content_types =
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
    "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
    "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
    "<Override PartName=\"/xl/workbook.xml\" "
    "ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/>"
    "<Override PartName=\"/xl/worksheets/sheet1.xml\" "
    "ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml\"/>"
    "<Override PartName=\"/xl/styles.xml\" "
    "ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml\"/></Types>";

constexpr const char* root_relations =
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<Relationships "
    "xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" "
    "Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" "
    "Target=\"xl/workbook.xml\"/></Relationships>";

constexpr const char* workbook_relations =
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<Relationships "
    "xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" "
    "Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" "
    "Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"rId2\" "
    "Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles\" "
    "Target=\"styles.xml\"/></Relationships>";

std::string workbook_part(const std::string& name) {
  return "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<workbook "
         "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" "
         "xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets><sheet "
         "name=\"" +
         xml_text(sheet_name(name)) + "\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>";
}

}  // namespace

std::string workbook_of(const std::string& name, std::string sheet, std::string styles) {
  return package_of({{"[Content_Types].xml", content_types},
                     {"_rels/.rels", root_relations},
                     {"xl/workbook.xml", workbook_part(name)},
                     {"xl/_rels/workbook.xml.rels", workbook_relations},
                     {"xl/worksheets/sheet1.xml", std::move(sheet)},
                     {"xl/styles.xml", std::move(styles)}});
}

std::string csv_field(const std::string& text) {
  std::string out = "\"";
  bool first = true;
  for (const auto line : split(text, '\n')) {
    if (!first) out += '\n';
    first = false;
    if (looks_like_formula(line)) out += '\'';
    for (const char c : line) {
      if (c == '"') out += '"';
      out += c == '\r' ? ' ' : c;
    }
  }
  return out + "\"";
}

}  // namespace convoke::documents
