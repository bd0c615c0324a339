#include "documents/package_writer.hpp"

#include "base/text.hpp"
#include "documents/characters.hpp"

#include <zip.h>

#include <stdexcept>

namespace convoke::documents {
namespace {

constexpr zip_uint16_t mtime = 0, mdate = (46U << 9U) | (1U << 5U) | 1U;  // 2026-01-01 00:00, in DOS's form

[[noreturn]] void fail() {
  throw std::runtime_error("a package could not be written");
}

// What XML 1.0 allows (2.2): no other controls, no surrogates, no U+FFFE and U+FFFF.
bool is_xml(char32_t c) {
  return c == U'\t' || c == U'\n' || c == U'\r' || (c >= 0x20 && c < 0xD800) || (c >= 0xE000 && c < 0xFFFE) ||
         c >= 0x10000;
}

}  // namespace

std::string xml_text(std::string_view text) {
  std::u32string letters = decode(to_valid_utf8(text));
  for (auto& c : letters)
    if (!is_xml(c)) c = U'\uFFFD';
  return escape_html(encode(letters));
}

std::string package_of(const std::vector<std::pair<std::string, std::string>>& parts) {
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* memory = zip_source_buffer_create(nullptr, 0, 0, &error);
  if (memory == nullptr) fail();
  zip_source_keep(memory);
  zip_t* archive = zip_open_from_source(memory, ZIP_TRUNCATE, &error);
  if (archive == nullptr) {
    zip_source_free(memory);
    zip_source_free(memory);
    fail();
  }
  bool good = true;
  for (const auto& [name, content] : parts) {
    zip_source_t* part = zip_source_buffer(archive, content.data(), content.size(), 0);
    const auto index = part == nullptr ? -1 : zip_file_add(archive, name.c_str(), part, ZIP_FL_ENC_UTF_8);
    if (index < 0) {
      if (part != nullptr) zip_source_free(part);
      good = false;
      break;
    }
    zip_file_set_dostime(archive, static_cast<zip_uint64_t>(index), mtime, mdate, 0);
  }
  if (!good || zip_close(archive) != 0) {
    zip_discard(archive);
    zip_source_free(memory);
    fail();
  }
  std::string bytes;
  zip_stat_t stat;
  zip_stat_init(&stat);
  if (zip_source_open(memory) == 0) {
    if (zip_source_stat(memory, &stat) == 0 && (stat.valid & ZIP_STAT_SIZE) != 0) {
      bytes.resize(stat.size);
      if (zip_source_read(memory, bytes.data(), bytes.size()) != static_cast<zip_int64_t>(bytes.size()))
        bytes.clear();
    }
    zip_source_close(memory);
  }
  zip_source_free(memory);
  if (bytes.empty()) fail();
  return bytes;
}

}  // namespace convoke::documents
