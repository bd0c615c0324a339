#include "documents/anonymous_copy.hpp"

#include "documents/anonymous_parts.hpp"

#include <zip.h>

#include <memory>
#include <new>

namespace convoke::documents {
namespace {

constexpr zip_uint16_t first_day = (1 << 5) | 1;  // 1 January 1980: the same file gives the same copy

struct Discard {
  void operator()(zip_t* zip) const { zip_discard(zip); }
};
struct Release {
  void operator()(zip_source_t* source) const { zip_source_free(source); }
};

Error broken() {
  return {Errc::invalid_input, "the archive cannot be written anew"};
}

using Source = std::unique_ptr<zip_source_t, Release>;
using Zip = std::unique_ptr<zip_t, Discard>;

// An archive over `memory`, which stays the caller's too; null when it is none.
Zip opened(const Source& memory, int flags) {
  if (!memory) throw std::bad_alloc();
  zip_source_keep(memory.get());
  Zip zip(zip_open_from_source(memory.get(), flags, nullptr));
  if (!zip) zip_source_free(memory.get());
  return zip;
}

std::string contents_of(zip_source_t* source) {
  std::string bytes;
  zip_stat_t stat;
  zip_stat_init(&stat);
  if (zip_source_open(source) != 0) return bytes;
  if (zip_source_stat(source, &stat) == 0 && (stat.valid & ZIP_STAT_SIZE) != 0) {
    bytes.resize(static_cast<std::size_t>(stat.size));
    const auto read = zip_source_read(source, bytes.data(), bytes.size());
    if (read < 0 || static_cast<std::size_t>(read) != bytes.size()) bytes.clear();
  }
  zip_source_close(source);
  return bytes;
}

// One part as it is packed, or what stands in its place. Its packing stays: that of an open document begins
// with a part that is not packed at all. Nothing is unpacked: Archive::open() lets stored and deflated parts
// in alone, and both are copied as they are.
bool copy_part(zip_t* from, zip_uint64_t index, zip_t* into, const PartChanges& parts) {
  zip_stat_t stat;
  zip_stat_init(&stat);
  constexpr zip_uint64_t needed = ZIP_STAT_NAME | ZIP_STAT_COMP_METHOD;
  if (zip_stat_index(from, index, 0, &stat) != 0 || (stat.valid & needed) != needed) return false;
  const std::string name = stat.name;
  // A folder: its parts name it.
  if (name.ends_with('/') || parts.dropped.contains(name)) return true;
  const auto fresh = parts.fresh.find(name);
  const bool kept = fresh == parts.fresh.end();
  auto* source = kept ? zip_source_zip(into, from, index, ZIP_FL_COMPRESSED, 0, -1)
                      : zip_source_buffer(into, fresh->second.data(), fresh->second.size(), 0);
  if (source == nullptr) return false;
  const auto at = zip_file_add(into, name.c_str(), source, ZIP_FL_ENC_UTF_8 | ZIP_FL_OVERWRITE);
  if (at < 0) {
    zip_source_free(source);
    return false;
  }
  const auto place = static_cast<zip_uint64_t>(at);
  if (!kept) zip_file_set_dostime(into, place, 0, first_day, 0);
  return zip_set_file_compression(into, place, stat.comp_method, 0) == 0;
}

// A new archive with these parts in place of its own. Not by writing into the old one: libzip would free
// the memory of a buffer that it was only lent.
Result<std::string> rewritten(std::string_view bytes, const PartChanges& parts) {
  const Source given(zip_source_buffer_create(bytes.data(), bytes.size(), 0, nullptr));
  const Source memory(zip_source_buffer_create(nullptr, 0, 0, nullptr));
  const Zip from = opened(given, ZIP_RDONLY);
  Zip into = opened(memory, ZIP_TRUNCATE);
  if (!from || !into) return broken();
  const auto count = zip_get_num_entries(from.get(), 0);
  for (zip_int64_t i = 0; i < count; ++i)
    if (!copy_part(from.get(), static_cast<zip_uint64_t>(i), into.get(), parts)) return broken();
  if (zip_close(into.get()) != 0) return broken();
  [[maybe_unused]] const auto* closed = into.release();
  auto copy = contents_of(memory.get());
  if (copy.empty()) return broken();
  return copy;
}

}  // namespace

bool has_removable_properties(UploadFormat format) {
  return format == UploadFormat::docx || format == UploadFormat::odt || format == UploadFormat::pptx;
}

Result<std::string> without_properties(std::string_view bytes, UploadFormat format) {
  if (!has_removable_properties(format))
    return Error(Errc::unsupported_format, "the properties of this kind of file stay in it");
  const auto parts = parts_without_authors(bytes, format);
  if (!parts) return parts.error();
  if (parts->empty()) return std::string(bytes);
  return rewritten(bytes, *parts);
}

}  // namespace convoke::documents
