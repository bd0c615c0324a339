// One reader a format, behind read_document(). `text` is UTF-8 with LF line ends; an Archive is open already.
#pragma once

#include "documents/archive.hpp"
#include "documents/document.hpp"

#include <string_view>

namespace convoke::documents {

// Lines: a line with TABs (or Markdown's bars) is a table row, any other a paragraph.
Result<Document> read_text(std::string_view text);
// RFC 4180 with ",", ";" or TAB between the fields, whichever the file uses.
Result<Document> read_csv(std::string_view text);
// Office Open XML (ECMA-376): word/document.xml. Tracked deletions are left out, list labels are computed.
Result<Document> read_docx(Archive& archive);
// Office Open XML spreadsheet: every visible sheet with content, dates as ISO text.
Result<Document> read_xlsx(Archive& archive);
// OpenDocument text and spreadsheet (content.xml).
Result<Document> read_odf(Archive& archive);

}  // namespace convoke::documents
