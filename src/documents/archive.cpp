#include "documents/archive.hpp"

#include "documents/limits.hpp"

#include <zip.h>

#include <algorithm>
#include <cstdint>

namespace convoke::documents {

struct Archive::Handle {
  zip_t* zip = nullptr;
  ~Handle() {
    if (zip != nullptr) zip_discard(zip);
  }
};

Archive::Archive() = default;
Archive::Archive(Archive&&) noexcept = default;
Archive& Archive::operator=(Archive&&) noexcept = default;
Archive::~Archive() = default;

namespace {

constexpr std::uint32_t unix_type_mask = 0170000;
constexpr std::uint32_t unix_symlink = 0120000;

Error broken(std::string what) {
  return Error{Errc::invalid_input, "the archive is broken: " + std::move(what)};
}

bool leaves_folder(std::string_view name) {
  if (name.starts_with('/') || name.find('\\') != std::string_view::npos ||
      name.find(':') != std::string_view::npos)
    return true;
  while (!name.empty()) {
    const auto slash = name.find('/');
    if (name.substr(0, slash) == "..") return true;
    if (slash == std::string_view::npos) break;
    name.remove_prefix(slash + 1);
  }
  return false;
}

bool is_symlink(zip_t* zip, zip_uint64_t index) {
  zip_uint8_t system = 0;
  zip_uint32_t attributes = 0;
  if (zip_file_get_external_attributes(zip, index, 0, &system, &attributes) != 0) return false;
  return system == ZIP_OPSYS_UNIX && ((attributes >> 16) & unix_type_mask) == unix_symlink;
}

bool over_ratio(std::uint64_t unpacked, std::uint64_t packed) {
  return unpacked > ratio_floor_bytes && unpacked / max_ratio > packed;
}

// The first thing wrong with entry `index`, or success; adds its sizes.
Result<std::string> judge_entry(zip_t* zip, zip_uint64_t index, std::uint64_t& unpacked) {
  zip_stat_t stat;
  if (zip_stat_index(zip, index, 0, &stat) != 0) return broken("an entry cannot be read");
  constexpr zip_uint64_t needed = ZIP_STAT_NAME | ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE;
  if ((stat.valid & needed) != needed) return broken("an entry has no size");
  const std::string name = stat.name;
  if (leaves_folder(name))
    return Error{Errc::invalid_input, "the archive holds a path that leaves its folder"};
  if ((stat.valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 && stat.encryption_method != ZIP_EM_NONE)
    return Error{Errc::invalid_input, "the document is encrypted; save it without a password"};
  // libzip knows more ways to pack, and nothing bounds what it unpacks where a caller copies a part.
  if ((stat.valid & ZIP_STAT_COMP_METHOD) == 0 ||
      (stat.comp_method != ZIP_CM_STORE && stat.comp_method != ZIP_CM_DEFLATE))
    return Error{Errc::invalid_input, "the archive is packed in a way that documents are not; save it anew"};
  if (is_symlink(zip, index)) return Error{Errc::invalid_input, "the archive holds a symbolic link"};
  if (stat.size > max_unpacked_bytes || (unpacked += stat.size) > max_unpacked_bytes)
    return Error{Errc::limit_exceeded, "max_unpacked_bytes: the document unpacks to more than 100 MB"};
  if (over_ratio(stat.size, stat.comp_size))
    return Error{Errc::limit_exceeded,
                 "max_ratio: a part of the document unpacks to more than 100 times its size"};
  return name;
}

}  // namespace

Result<Archive> Archive::open(std::string_view bytes) {
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
  if (source == nullptr) return broken("no memory");
  Archive archive;
  archive.handle_ = std::make_unique<Handle>();
  archive.handle_->zip = zip_open_from_source(source, ZIP_RDONLY, &error);
  if (archive.handle_->zip == nullptr) {
    zip_source_free(source);
    const std::string why = zip_error_strerror(&error);
    zip_error_fini(&error);
    return broken(why);
  }
  zip_t* zip = archive.handle_->zip;
  const auto count = static_cast<std::uint64_t>(std::max<zip_int64_t>(zip_get_num_entries(zip, 0), 0));
  if (count > max_entries)
    return Error{Errc::limit_exceeded, "max_entries: the archive holds more than 2000 entries"};
  std::uint64_t unpacked = 0;
  for (std::uint64_t i = 0; i < count; ++i) {
    auto name = judge_entry(zip, i, unpacked);
    if (!name) return name.error();
    archive.names_.push_back(std::move(*name));
  }
  if (over_ratio(unpacked, bytes.size()))
    return Error{Errc::limit_exceeded, "max_ratio: the document unpacks to more than 100 times its size"};
  return archive;
}

bool Archive::has(std::string_view name) const {
  return std::find(names_.begin(), names_.end(), name) != names_.end();
}

Result<std::string> Archive::read(std::string_view name) {
  const auto found = std::find(names_.begin(), names_.end(), name);
  if (found == names_.end()) return Error{Errc::not_found, "the document has no part " + std::string(name)};
  const auto index = static_cast<zip_uint64_t>(found - names_.begin());
  zip_file_t* file = zip_fopen_index(handle_->zip, index, 0);
  if (file == nullptr) return broken(zip_strerror(handle_->zip));
  const std::unique_ptr<zip_file_t, int (*)(zip_file_t*)> closer(file, &zip_fclose);
  std::string out;
  char buffer[64 * 1024];
  for (;;) {
    const auto got = zip_fread(file, buffer, sizeof buffer);
    if (got < 0) return broken(std::string(name) + " cannot be unpacked");
    if (got == 0) return out;
    out.append(buffer, static_cast<std::size_t>(got));
    unpacked_ += static_cast<std::size_t>(got);
    if (out.size() > max_xml_part_bytes)
      return Error{Errc::limit_exceeded, "max_xml_part_bytes: a part of the document is larger than 32 MB"};
    if (unpacked_ > max_unpacked_bytes)
      return Error{Errc::limit_exceeded, "max_unpacked_bytes: the document unpacks to more than 100 MB"};
  }
}

}  // namespace convoke::documents
