#include "tests/documents/packages.hpp"

#include <zip.h>

#include <stdexcept>

namespace packages {

std::string zip(const std::vector<Entry>& entries) {
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* target = zip_source_buffer_create(nullptr, 0, 0, &error);
  zip_source_keep(target);
  zip_t* archive = zip_open_from_source(target, ZIP_TRUNCATE, &error);
  if (archive == nullptr) throw std::runtime_error("the test cannot make an archive");
  for (const auto& entry : entries) {
    zip_source_t* source = zip_source_buffer(archive, entry.bytes.data(), entry.bytes.size(), 0);
    const auto index = zip_file_add(archive, entry.name.c_str(), source, ZIP_FL_OVERWRITE | ZIP_FL_ENC_UTF_8);
    if (index < 0) throw std::runtime_error("the test cannot add an entry");
    if (entry.packing >= 0 &&
        zip_set_file_compression(archive, static_cast<zip_uint64_t>(index), entry.packing, 0) != 0)
      throw std::runtime_error("the test cannot pack an entry this way");
    if (entry.encrypted &&
        zip_file_set_encryption(archive, static_cast<zip_uint64_t>(index), ZIP_EM_AES_256, "invented") != 0)
      throw std::runtime_error("the test cannot encrypt an entry");
    if (entry.symlink)
      zip_file_set_external_attributes(archive, static_cast<zip_uint64_t>(index), 0, ZIP_OPSYS_UNIX,
                                       0120777u << 16);
  }
  if (zip_close(archive) != 0) throw std::runtime_error("the test cannot write its archive");
  zip_stat_t stat;
  zip_source_open(target);
  zip_source_stat(target, &stat);
  std::string bytes(stat.size, '\0');
  zip_source_read(target, bytes.data(), bytes.size());
  zip_source_close(target);
  zip_source_free(target);
  return bytes;
}

std::string docx(const std::string& body, const std::string& numbering) {
  const std::string space = R"( xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main")";
  std::vector<Entry> entries = {
      {"[Content_Types].xml", "<Types/>"},
      {"word/document.xml", R"(<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document)" + space +
                                "><w:body>" + body + "</w:body></w:document>"}};
  if (!numbering.empty())
    entries.push_back({"word/numbering.xml", "<w:numbering" + space + ">" + numbering + "</w:numbering>"});
  return zip(entries);
}

std::string odt(const std::string& text, const std::string& styles) {
  return zip(
      {{"mimetype", "application/vnd.oasis.opendocument.text"},
       {"content.xml",
        R"(<?xml version="1.0" encoding="UTF-8"?><office:document-content xmlns:office="o" xmlns:text="t" )"
        R"(xmlns:table="b" xmlns:draw="d" xmlns:style="s"><office:automatic-styles>)" +
            styles + "</office:automatic-styles><office:body><office:text>" + text +
            "</office:text></office:body></office:document-content>"}});
}

std::string xlsx(const std::string& rows, const std::string& after, const std::vector<std::string>& shared) {
  std::string strings = "<sst>";
  for (const auto& text : shared) strings += "<si><t>" + text + "</t></si>";
  strings += "</sst>";
  return zip(
      {{"[Content_Types].xml", "<Types/>"},
       {"xl/workbook.xml",
        R"(<workbook xmlns:r="r"><sheets><sheet name="1" sheetId="1" r:id="rId1"/></sheets></workbook>)"},
       {"xl/_rels/workbook.xml.rels",
        R"(<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>)"},
       {"xl/sharedStrings.xml", strings},
       {"xl/styles.xml",
        R"(<styleSheet><numFmts><numFmt numFmtId="170" formatCode="mmmm\ yyyy"/></numFmts>)"
        R"(<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="170"/></cellXfs></styleSheet>)"},
       {"xl/worksheets/sheet1.xml",
        "<worksheet><sheetData>" + rows + "</sheetData>" + after + "</worksheet>"}});
}

std::string word_paragraph(const std::string& text, const std::string& properties) {
  return "<w:p>" + (properties.empty() ? "" : "<w:pPr>" + properties + "</w:pPr>") +
         R"(<w:r><w:t xml:space="preserve">)" + text + "</w:t></w:r></w:p>";
}

std::string word_row(const std::vector<std::string>& cells) {
  std::string row = "<w:tr>";
  for (const auto& cell : cells)
    row += "<w:tc>" + (cell.starts_with('<') ? cell : word_paragraph(cell)) + "</w:tc>";
  return row + "</w:tr>";
}

}  // namespace packages
