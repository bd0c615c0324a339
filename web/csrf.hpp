// That a change was asked for by the person at the browser and not by another site's page in it: every form
// carries a token that only our own pages know. With a session it is the session's; before there is one, it
// is that of a cookie, which another site can neither read nor set (threats D3).
#pragma once

#include "base/result.hpp"
#include "web/cookies.hpp"
#include "web/http.hpp"

#include <string>
#include <string_view>

namespace convoke::web {

inline constexpr std::string_view form_token_field = "csrf";           // of a form
inline constexpr std::string_view form_token_header = "x-csrf-token";  // of a script
inline constexpr std::size_t form_limit = 64 * 1024;                   // bytes of a form's body (threats A6)

// Equal, found out in a time that tells nothing of where they differ.
bool same_secret(std::string_view a, std::string_view b);

// The token that a form of this page must carry: the session's; else the cookie's; else a new one, which
// needs remember_form_token().
std::string form_token(const Request& request, const CookieNames& names);
// Gives the browser the cookie, unless it has this very one or is signed in.
void remember_form_token(Reply& reply, const Request& request, const CookieNames& names,
                         const std::string& token);

// Reads the body of a form into request.form and request.files; anything but a form leaves them empty. Errors:
// those of parse_form() and parse_multipart().
Result<void> read_form(Request& request, std::size_t max_fields);

// Errors: forbidden when the request carries no token or another one. `before_session`: the cookie's token
// will do as well, for forms that people see before they sign in.
Result<void> check_form_token(const Request& request, const CookieNames& names, bool before_session);

}  // namespace convoke::web
