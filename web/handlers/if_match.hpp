// If-Match (RFC 9110 13.1.1) for what has a SEQUENCE as its ETag: a change made by somebody else in between
// is refused instead of overwritten.
#pragma once

#include "base/result.hpp"
#include "web/http.hpp"

#include <optional>

namespace convoke::web {

// The SEQUENCE that the event must have; nothing for a request without condition. Errors: invalid_input.
Result<std::optional<int>> condition_of(const Request& request);

// A failed If-Match is 412, a failed member of the body 409.
Reply refusal_of(const Request& request, bool conditional, const Error& error);

}  // namespace convoke::web
