// The body of a multipart/form-data form (RFC 7578): what a browser sends when a form has a file in it. Beast
// has no reader for it. Nothing is copied of a file: a part says where in the body it lies.
#pragma once

#include "base/result.hpp"
#include "web/http.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace convoke::web {

struct MultipartLimits {
  std::size_t parts = 200;         // fields and files together
  std::size_t part_header = 4096;  // bytes of the header lines of one part
  std::size_t file_name = 1024;    // bytes
};
inline constexpr std::size_t longest_boundary = 70;  // RFC 2046 5.1.1

// The boundary of "multipart/form-data; boundary=…"; empty for any other type, and for a boundary that RFC
// 2046 does not allow.
std::string multipart_boundary(std::string_view content_type);

struct Multipart {
  Pairs fields;  // text fields, in order; valid UTF-8, control characters but TAB and line ends are spaces
  std::vector<Upload> files;
};

// Every byte between the boundaries belongs to a part; lines before the first boundary and behind the last
// are passed over. A file's name is its last component; a file without name and content was not chosen, and
// is left out. Errors: invalid_input for what is no such body, limit_exceeded naming the limit.
Result<Multipart> parse_multipart(std::string_view body, std::string_view boundary,
                                  const MultipartLimits& limits = {});

}  // namespace convoke::web
