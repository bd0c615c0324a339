// ZIP packages of Office Open XML, written into memory over libzip.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace convoke::documents {

// Name and content of each part. The same parts give the same bytes. Throws std::runtime_error when memory
// is out.
std::string package_of(const std::vector<std::pair<std::string, std::string>>& parts);

// `text` for an element or an attribute: escaped, and what XML 1.0 cannot hold replaced by U+FFFD.
std::string xml_text(std::string_view text);

}  // namespace convoke::documents
