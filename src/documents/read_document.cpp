#include "base/text.hpp"
#include "documents/encoding.hpp"
#include "documents/limits.hpp"
#include "documents/readers.hpp"

namespace convoke::documents {
namespace {

// Formats that people send and that are not read here: say which, and what to do.
std::string_view known_but_unread(std::string_view bytes) {
  if (bytes.starts_with("%PDF"))
    return "PDF files are not read; send the .docx, .odt or .xlsx it was made from";
  if (bytes.starts_with("\xD0\xCF\x11\xE0"))
    return "old .doc and .xls files are not read; save it as .docx or .xlsx";
  if (bytes.starts_with("{\\rtf")) return "RTF files are not read; save it as .docx or .odt";
  return {};
}

Result<Document> read_package(std::string_view bytes) {
  auto archive = Archive::open(bytes);
  if (!archive) return archive.error();
  if (archive->has("mimetype") && archive->has("content.xml")) return read_odf(*archive);
  if (archive->has("[Content_Types].xml")) {
    if (archive->has("word/document.xml")) return read_docx(*archive);
    if (archive->has("xl/workbook.xml")) return read_xlsx(*archive);
  }
  return Error{Errc::unsupported_format, "the archive is no .docx, .odt, .ods or .xlsx document"};
}

}  // namespace

Result<Document> read_document(std::string_view bytes, std::string_view file_name) {
  if (bytes.size() > max_upload_bytes)
    return Error{Errc::limit_exceeded, "max_upload_bytes: the file is larger than 10 MB"};
  if (bytes.empty()) return Error{Errc::invalid_input, "the file is empty"};
  if (const auto why = known_but_unread(bytes); !why.empty())
    return Error{Errc::unsupported_format, std::string(why)};
  if (bytes.starts_with("PK\x03\x04") || bytes.starts_with("PK\x05\x06")) return read_package(bytes);
  auto text = text_to_utf8(bytes);
  if (!text) return text.error();
  if (to_lower(to_valid_utf8(file_name)).ends_with(".csv")) return read_csv(*text);
  return read_text(*text);
}

}  // namespace convoke::documents
