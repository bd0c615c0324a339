// Who may call a route, decided before its body is read and its handler runs. Pure: the look-ups of tokens
// and sessions are the session's (web/session_access.cpp).
#pragma once

#include "base/result.hpp"
#include "service/accounts.hpp"
#include "web/http.hpp"
#include "web/route.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace convoke::web {

// The token of "Authorization: Bearer …" (RFC 6750 2.1). Errors: unauthenticated when there is none.
Result<std::string> bearer_token(const Request& request);

// Whether a token opens the route; otherwise it is a session's alone.
bool is_for_tokens(Access access);

// Errors: forbidden when the actor of a token may not do what the route does.
Result<void> check_role(const service::Actor& actor, Access access);
// The same of somebody signed in. What reader and editor open is the whole installation's: it takes an
// administrator, or an organiser who is of no one association; and a token that no association bounds.
Result<void> check_role(const service::SignedIn& who, Access access);

// A browser tells where a request comes from; one that changes something must come from our own pages.
// `authority`: the request's own "host:port"; `base_url`: what our links begin with. Programs that are no
// browsers send neither Origin nor Sec-Fetch-Site, and pass. "Origin: null" is what pages send that tell
// nobody their address (no-referrer); it passes only where the browser says that they are ours. Errors:
// forbidden.
Result<void> check_origin(const Request& request, std::string_view authority, std::string_view base_url);

}  // namespace convoke::web
