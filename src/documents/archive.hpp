// A ZIP archive from a stranger, opened over libzip with every limit of documents/limits.hpp: the central
// directory is judged before anything is unpacked, and each entry again while it inflates (threats E1).
#pragma once

#include "base/result.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace convoke::documents {

class Archive {
 public:
  // `bytes` must outlive the archive. Errors: invalid_input (no readable ZIP, a name that leaves the folder,
  // an encrypted entry, one neither stored nor deflated, a symbolic link), limit_exceeded (max_entries,
  // max_unpacked_bytes, max_ratio).
  static Result<Archive> open(std::string_view bytes);

  Archive(Archive&&) noexcept;
  Archive& operator=(Archive&&) noexcept;
  ~Archive();

  bool has(std::string_view name) const;
  const std::vector<std::string>& names() const { return names_; }
  // Errors: not_found, limit_exceeded (max_xml_part_bytes, max_unpacked_bytes), invalid_input (broken data).
  Result<std::string> read(std::string_view name);

 private:
  struct Handle;
  Archive();

  std::unique_ptr<Handle> handle_;
  std::vector<std::string> names_;
  std::size_t unpacked_ = 0;  // by read() so far
};

}  // namespace convoke::documents
