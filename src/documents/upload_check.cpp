#include "documents/upload_check.hpp"

#include "base/text.hpp"
#include "documents/archive.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace convoke::documents {
namespace {

constexpr std::string_view pdf_start = "%PDF-", pdf_end = "%%EOF";
constexpr std::size_t pdf_tail = 2'048;  // where its end stands, some blanks behind it
constexpr std::string_view png_start("\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16);
constexpr std::string_view jpeg_start("\xff\xd8\xff", 3), jpeg_end("\xff\xd9", 2);
constexpr std::string_view zip_start("PK\x03\x04", 4);

struct Extension {
  std::string_view name;
  UploadFormat format;
};
constexpr std::array<Extension, 7> extensions = {{{"pdf", UploadFormat::pdf},
                                                  {"docx", UploadFormat::docx},
                                                  {"odt", UploadFormat::odt},
                                                  {"pptx", UploadFormat::pptx},
                                                  {"jpg", UploadFormat::jpeg},
                                                  {"jpeg", UploadFormat::jpeg},
                                                  {"png", UploadFormat::png}}};

Error other() {
  return {Errc::unsupported_format, "this kind of file is not taken"};
}
Error damaged() {
  return {Errc::invalid_input, "the file is damaged or incomplete"};
}
Error runs() {
  return {Errc::invalid_input, "the file holds macros or scripts"};
}

std::optional<UploadFormat> promised_by(std::string_view file_name) {
  const auto dot = file_name.rfind('.');
  if (dot == std::string_view::npos) return std::nullopt;
  const auto extension = to_lower(file_name.substr(dot + 1));
  const auto* const found = std::ranges::find(extensions, extension, &Extension::name);
  if (found == extensions.end()) return std::nullopt;
  return found->format;
}

// Programs of Office keep what runs in parts of these names; ODF in folders.
bool can_run(std::string_view entry) {
  const auto name = to_lower(entry);
  return name.ends_with("vbaproject.bin") || name.ends_with("vbadata.xml") || name.starts_with("basic/") ||
         name.starts_with("scripts/") || name.find("/activex/") != std::string::npos ||
         name.ends_with(".exe") || name.ends_with(".dll") || name.ends_with(".js") || name.ends_with(".vbs");
}

Result<UploadFormat> check_office(Archive& archive) {
  auto types = archive.read("[Content_Types].xml");
  if (!types) return types.error().code == Errc::not_found ? other() : types.error();
  if (to_lower(*types).find("macroenabled") != std::string::npos) return runs();
  if (archive.has("word/document.xml")) return UploadFormat::docx;
  if (archive.has("ppt/presentation.xml")) return UploadFormat::pptx;
  return other();
}

Result<UploadFormat> check_archive(std::string_view bytes) {
  auto archive = Archive::open(bytes);
  if (!archive) return archive.error();
  if (std::ranges::any_of(archive->names(), [](const std::string& name) { return can_run(name); }))
    return runs();
  if (!archive->has("mimetype")) return check_office(*archive);
  const auto type = archive->read("mimetype");
  if (!type) return type.error();
  if (trim(*type) != "application/vnd.oasis.opendocument.text") return other();
  if (!archive->has("content.xml")) return damaged();
  return UploadFormat::odt;
}

Result<UploadFormat> by_bytes(std::string_view bytes) {
  if (bytes.starts_with(pdf_start)) {
    const auto tail = bytes.substr(bytes.size() - std::min(bytes.size(), pdf_tail));
    if (tail.find(pdf_end) == std::string_view::npos) return damaged();
    return UploadFormat::pdf;
  }
  if (bytes.starts_with(png_start)) {
    if (bytes.find("IEND", png_start.size()) == std::string_view::npos) return damaged();
    return UploadFormat::png;
  }
  if (bytes.starts_with(jpeg_start)) {
    if (bytes.rfind(jpeg_end) == std::string_view::npos) return damaged();
    return UploadFormat::jpeg;
  }
  if (bytes.starts_with(zip_start)) return check_archive(bytes);
  return other();
}

}  // namespace

Result<UploadFormat> check_upload(std::string_view bytes, std::string_view file_name) {
  if (bytes.empty()) return Error(Errc::invalid_input, "the file is empty");
  const auto promised = promised_by(file_name);
  if (!promised) return other();
  const auto found = by_bytes(bytes);
  if (!found) return found.error();
  if (*found != *promised) return Error(Errc::invalid_input, "the file is not what its name says");
  return *found;
}

}  // namespace convoke::documents
