#include "documents/docx_parts.hpp"

#include "base/text.hpp"
#include "documents/package_writer.hpp"

namespace convoke::documents::docx {
namespace {

constexpr const char* main_namespace = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
constexpr const char* head = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
constexpr const char* relation_types = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
constexpr int units_a_point = 12'700;  // of a drawing (EMU)

// One line with its tabs.
std::string line_of(std::string_view text) {
  std::string out;
  bool first = true;
  for (const auto part : split(text, '\t')) {
    if (!first) out += "<w:tab/>";
    first = false;
    if (!part.empty()) out += "<w:t xml:space=\"preserve\">" + xml_text(part) + "</w:t>";
  }
  return out;
}

// One run with its line breaks.
std::string run(const std::string& text, bool bold, int half_points) {
  std::string out = "<w:r>";
  if (bold || half_points > 0) {
    const auto size = "<w:sz w:val=\"" + std::to_string(half_points) + "\"/>";
    out += std::string("<w:rPr>") + (bold ? "<w:b/>" : "") + (half_points > 0 ? size : "") + "</w:rPr>";
  }
  bool first = true;
  for (const auto line : split(text, '\n')) {
    if (!first) out += "<w:br/>";
    first = false;
    out += line_of(line);
  }
  return out + "</w:r>";
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

std::string content_types(bool picture) {
  return std::string(head) +
         "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
         "<Default Extension=\"rels\" "
         "ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>" +
         (picture ? "<Default Extension=\"png\" ContentType=\"image/png\"/>" : "") +
         "<Override PartName=\"/word/document.xml\" "
         "ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/>"
         "<Override PartName=\"/word/styles.xml\" "
         "ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml\"/></"
         "Types>";
}

std::string relation(const char* id, const char* type, const char* target) {
  return std::string("<Relationship Id=\"") + id + "\" Type=\"" + relation_types + "/" + type +
         "\" Target=\"" + target + "\"/>";
}

std::string relations(const std::string& all) {
  return std::string(head) +
         "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">" + all +
         "</Relationships>";
}

std::string section_properties(Sheet sheet) {
  const bool wide = sheet == Sheet::landscape;
  return std::string("<w:sectPr><w:pgSz ") +
         (wide ? "w:w=\"16838\" w:h=\"11906\" w:orient=\"landscape\"" : "w:w=\"11906\" w:h=\"16838\"") +
         "/><w:pgMar w:top=\"1134\" w:right=\"567\" w:bottom=\"1134\" w:left=\"1417\" w:header=\"709\" "
         "w:footer=\"709\" w:gutter=\"0\"/></w:sectPr>";
}

}  // namespace

std::string paragraph(const std::string& text, const char* align, bool bold, const char* more,
                      int half_points) {
  std::string out = "<w:p><w:pPr>" + std::string(more) + "<w:jc w:val=\"" + align + "\"/></w:pPr>";
  if (!text.empty()) out += run(text, bold, half_points);
  return out + "</w:p>";
}

std::string cell(const std::string& content, int width, std::size_t span) {
  std::string out = "<w:tc><w:tcPr><w:tcW w:w=\"" + std::to_string(width) + "\" w:type=\"dxa\"/>";
  if (span > 1) out += "<w:gridSpan w:val=\"" + std::to_string(span) + "\"/>";
  return out + "</w:tcPr>" + content + "</w:tc>";
}

std::string table_start(const std::vector<int>& columns, int width, bool lines) {
  std::string out = "<w:tbl><w:tblPr><w:tblW w:w=\"" + std::to_string(width) + "\" w:type=\"dxa\"/>";
  if (lines) {
    out += "<w:tblBorders>";
    for (const char* side : {"top", "left", "bottom", "right", "insideH", "insideV"})
      out += "<w:" + std::string(side) + " w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"000000\"/>";
    out += "</w:tblBorders>";
  }
  out += "<w:tblLayout w:type=\"fixed\"/></w:tblPr><w:tblGrid>";
  for (const int one : columns) out += "<w:gridCol w:w=\"" + std::to_string(one) + "\"/>";
  return out + "</w:tblGrid>";
}

std::string picture(const std::string& words, int width, int height) {
  const auto size = " cx=\"" + std::to_string(width * units_a_point) + "\" cy=\"" +
                    std::to_string(height * units_a_point) + "\"/>";
  const auto name = " id=\"1\" name=\"1\" descr=\"" + xml_text(words) + "\"/>";
  return "<w:p><w:r><w:drawing><wp:inline distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\"><wp:extent" + size +
         "<wp:docPr" + name +
         "<a:graphic><a:graphicData "
         "uri=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"><pic:pic>"
         "<pic:nvPicPr><pic:cNvPr" +
         name +
         "<pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip "
         "r:embed=\"rId2\"/><a:stretch><a:fillRect/></a:stretch>"
         "</pic:blipFill><pic:spPr><a:xfrm><a:off x=\"0\" y=\"0\"/><a:ext" +
         size +
         "</a:xfrm><a:prstGeom "
         "prst=\"rect\"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>"
         "</wp:inline></w:drawing></w:r></w:p>";
}

std::string package(const std::string& body, const std::string& language, Sheet sheet,
                    const std::string& png) {
  const auto document =
      std::string(head) + "<w:document xmlns:w=\"" + main_namespace + "\" xmlns:r=\"" + relation_types +
      "\" xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\" "
      "xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" "
      "xmlns:pic=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"><w:body>" +
      body + section_properties(sheet) + "</w:body></w:document>";
  auto used = relation("rId1", "styles", "styles.xml");
  if (!png.empty()) used += relation("rId2", "image", "media/image1.png");
  std::vector<std::pair<std::string, std::string>> parts = {
      {"[Content_Types].xml", content_types(!png.empty())},
      {"_rels/.rels", relations(relation("rId1", "officeDocument", "word/document.xml"))},
      {"word/_rels/document.xml.rels", relations(used)},
      {"word/document.xml", document},
      {"word/styles.xml", styles_part(language)}};
  if (!png.empty()) parts.emplace_back("word/media/image1.png", png);
  return package_of(parts);
}

}  // namespace convoke::documents::docx
