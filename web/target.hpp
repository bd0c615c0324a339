// Addresses and forms as values: percent-decoding that accepts one spelling of each thing and no other, so
// that no two parts of the program can read one address differently.
#pragma once

#include "base/result.hpp"
#include "web/http.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace convoke::web {

struct Target {
  std::string path;  // decoded; begins with "/", valid UTF-8, no control characters, no "." or ".." segment
  Pairs query;       // decoded, in order; a name without "=" has an empty value
};

// An origin-form target (RFC 9112 3.2.1). "+" is a space in the query, and itself in the path.
// Errors: invalid_input for a bad escape, an encoded "/", "\" or control character, a dot segment, bytes that
// are no UTF-8, characters that must be escaped; limit_exceeded for more than `max_fields` in the query.
Result<Target> parse_target(std::string_view target, std::size_t max_fields);

// The body of an application/x-www-form-urlencoded form. Line breaks and tabs are kept, other control
// characters refused. Errors as above.
Result<Pairs> parse_form(std::string_view body, std::size_t max_fields);

// `text` with everything but RFC 3986's unreserved characters escaped: for building addresses.
std::string percent_encode(std::string_view text);

}  // namespace convoke::web
