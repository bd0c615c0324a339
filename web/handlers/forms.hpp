// What handlers of forms share.
#pragma once

#include "base/result.hpp"
#include "web/http.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace convoke::web {

// The value of a field, the first one of several; empty when the form has none.
std::string field_of(const Request& request, std::string_view name);
// All its values, empty ones left out.
std::vector<std::string> fields_of(const Request& request, std::string_view name);
// Whether a box was checked, whose value is "yes".
bool checked(const Request& request, std::string_view name);
// The lines of a field of several, trimmed, empty ones left out.
std::vector<std::string> lines_in(std::string_view text);
// Whether what was wrong is said on the form itself, so that it is mended there; other errors have a page.
bool can_be_mended(const Error& error);

// Where to go after signing in: `next` when it is a path of ours, "/" when it could be anything else (threats
// B3).
std::string local_address(std::string_view next);
inline constexpr std::size_t longest_next = 2048;  // bytes
// The same; who came from nowhere in particular is shown what needs them now.
std::string address_after_sign_in(std::string_view next);
// `path` with where to go on to, unless that is the first page.
std::string with_next(std::string path, std::string_view next);

}  // namespace convoke::web
