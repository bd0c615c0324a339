// Which parts of a document name its authors, and what stands in their place where nobody may be named. What
// cannot be read is never handed on: it may name somebody all the same.
#pragma once

#include "base/result.hpp"
#include "documents/upload_check.hpp"

#include <map>
#include <set>
#include <string>
#include <string_view>

namespace convoke::documents {

struct PartChanges {
  std::map<std::string, std::string> fresh;  // by name: what stands in place of the part
  std::set<std::string> dropped;

  PartChanges() = default;
  bool empty() const { return fresh.empty() && dropped.empty(); }
};

// Lists of comments, people and changes that cannot be read become empty ones. Precondition:
// has_removable_properties(format). Errors: those of Archive::open(), Archive::read() and parse_xml() for a
// part that holds the text; invalid_input for a name that stands twice.
Result<PartChanges> parts_without_authors(std::string_view bytes, UploadFormat format);

}  // namespace convoke::documents
