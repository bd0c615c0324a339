// Office Open XML (ECMA-376): word/document.xml and what it cannot be opened without.
#include "base/text.hpp"
#include "documents/package_writer.hpp"
#include "documents/plan_writers.hpp"

#include <array>

namespace convoke::documents {
namespace {

// Twentieths of a point.
constexpr int text_width = 9922;  // A4 less 25 and 10 mm
constexpr std::array<int, 6> widths_of_six = {700, 2922, 1800, 1800, 1400, 1300},
                             widths_of_four = {700, 4622, 2200, 2400, 0, 0};

constexpr const char* main_namespace = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

std::vector<int> widths_for(std::size_t columns) {
  const auto& widths = columns == 4 ? widths_of_four : widths_of_six;
  std::vector<int> all(widths.begin(), widths.begin() + static_cast<std::ptrdiff_t>(columns));
  int rest = text_width;
  for (const int width : all) rest -= width;
  all[1] += rest;
  return all;
}

// One run with its line breaks.
std::string run(const std::string& text, bool bold) {
  std::string out = "<w:r>";
  if (bold) out += "<w:rPr><w:b/></w:rPr>";
  bool first = true;
  for (const auto line : split(text, '\n')) {
    if (!first) out += "<w:br/>";
    first = false;
    out += "<w:t xml:space=\"preserve\">" + xml_text(line) + "</w:t>";
  }
  return out + "</w:r>";
}

std::string paragraph(const std::string& text, const char* align = "left", bool bold = false,
                      const char* more = "") {
  std::string out = "<w:p><w:pPr>" + std::string(more) + "<w:jc w:val=\"" + align + "\"/></w:pPr>";
  if (!text.empty()) out += run(text, bold);
  return out + "</w:p>";
}

std::string cell(const std::string& content, int width, std::size_t span = 1) {
  std::string out = "<w:tc><w:tcPr><w:tcW w:w=\"" + std::to_string(width) + "\" w:type=\"dxa\"/>";
  if (span > 1) out += "<w:gridSpan w:val=\"" + std::to_string(span) + "\"/>";
  return out + "</w:tcPr>" + content + "</w:tc>";
}

std::string table_start(const std::vector<int>& columns, bool lines) {
  std::string out = "<w:tbl><w:tblPr><w:tblW w:w=\"" + std::to_string(text_width) + "\" w:type=\"dxa\"/>";
  if (lines) {
    out += "<w:tblBorders>";
    for (const char* side : {"top", "left", "bottom", "right", "insideH", "insideV"})
      out += "<w:" + std::string(side) + " w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"000000\"/>";
    out += "</w:tblBorders>";
  }
  out += "<w:tblLayout w:type=\"fixed\"/></w:tblPr><w:tblGrid>";
  for (const int width : columns) out += "<w:gridCol w:w=\"" + std::to_string(width) + "\"/>";
  return out + "</w:tblGrid>";
}

// Side by side, as they are pasted into plans.
std::string stamps_table(const PlanLayout& layout) {
  constexpr std::size_t side_by_side = 2;
  std::string out;
  for (std::size_t i = 0; i < layout.stamps.size(); i += side_by_side) {
    const std::size_t count = std::min(side_by_side, layout.stamps.size() - i);
    const std::vector<int> columns(count, text_width / static_cast<int>(count));
    out += table_start(columns, false) + "<w:tr>";
    for (std::size_t k = 0; k < count; ++k) {
      std::string lines;
      for (const auto& line : layout.stamps[i + k])
        lines += paragraph(line, "left", &line == &layout.stamps[i + k].front());
      out += cell(lines, columns[k]);
    }
    out += "</w:tr></w:tbl>" + paragraph("");
  }
  return out;
}

std::string plan_table(const PlanLayout& layout) {
  const auto columns = widths_for(layout.headings.size());
  std::string out = table_start(columns, true) + "<w:tr><w:trPr><w:tblHeader/></w:trPr>";
  for (std::size_t i = 0; i < columns.size(); ++i)
    out += cell(paragraph(layout.headings[i], "center", true), columns[i]);
  out += "</w:tr>";
  for (const auto& line : layout.lines) {
    out += "<w:tr><w:trPr><w:cantSplit/></w:trPr>";
    if (line.kind == LaidOutLine::Kind::caption) {
      out += cell(paragraph(line.cells.front(), "center", true, "<w:keepNext/>"), text_width, columns.size());
    } else {
      for (std::size_t i = 0; i < columns.size(); ++i) out += cell(paragraph(line.cells[i]), columns[i]);
    }
    out += "</w:tr>";
  }
  return out + "</w:tbl>";
}

std::string document_part(const PlanLayout& layout) {
  std::string body = stamps_table(layout);
  if (!layout.organisation.empty()) body += paragraph(layout.organisation, "center") + paragraph("");
  body += paragraph(layout.title, "center", true) + paragraph("");
  for (const auto& one : layout.preamble)
    body += paragraph((one.point ? "• " : "") + one.text, "both", one.caption);
  if (!layout.preamble.empty()) body += paragraph("");
  body += plan_table(layout);
  for (const auto& line : layout.signatures) body += paragraph("") + paragraph(line);
  body +=
      "<w:sectPr><w:pgSz w:w=\"11906\" w:h=\"16838\"/><w:pgMar w:top=\"1134\" w:right=\"567\" "
      "w:bottom=\"1134\" w:left=\"1417\" w:header=\"709\" w:footer=\"709\" w:gutter=\"0\"/></w:sectPr>";
  return "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<w:document xmlns:w=\"" +
         std::string(main_namespace) + "\"><w:body>" + body + "</w:body></w:document>";
}

std::string styles_part(const std::string& language) {
  return "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<w:styles xmlns:w=\"" +
         std::string(main_namespace) +
         "\"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii=\"Times New Roman\" w:hAnsi=\"Times New "
         "Roman\" w:cs=\"Times New Roman\"/><w:sz w:val=\"24\"/><w:lang w:val=\"" +
         xml_text(language) +
         "\"/></w:rPr></w:rPrDefault></w:docDefaults><w:style w:type=\"paragraph\" w:default=\"1\" "
         "w:styleId=\"Normal\"><w:name w:val=\"Normal\"/></w:style></w:styles>";
}

constexpr const char* content_types =
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
    "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
    "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
    "<Override PartName=\"/word/document.xml\" "
    "ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/>"
    "<Override PartName=\"/word/styles.xml\" "
    "ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml\"/></Types>";

std::string relations(const char* type, const char* target) {
  return std::string(
             "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<Relationships "
             "xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship "
             "Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/") +
         type + "\" Target=\"" + target + "\"/></Relationships>";
}

}  // namespace

std::string write_docx(const PlanLayout& layout) {
  return package_of({{"[Content_Types].xml", content_types},
                     {"_rels/.rels", relations("officeDocument", "word/document.xml")},
                     {"word/_rels/document.xml.rels", relations("styles", "styles.xml")},
                     {"word/document.xml", document_part(layout)},
                     {"word/styles.xml", styles_part(layout.language)}});
}

}  // namespace convoke::documents
