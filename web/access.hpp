// Who may call a route, decided before its body is read and its handler runs. Pure but for the token's
// look-up.
#pragma once

#include "base/result.hpp"
#include "web/http.hpp"
#include "web/route.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace convoke::web {

// The token of "Authorization: Bearer …" (RFC 6750 2.1). Errors: unauthenticated when there is none.
Result<std::string> bearer_token(const Request& request);

// Errors: forbidden when the actor may not do what the route does.
Result<void> check_role(const service::Actor& actor, Access access);

// A browser tells where a request comes from; one that changes something must come from our own pages.
// `authority`: the request's own "host:port"; `base_url`: what our links begin with. Programs that are no
// browsers send neither Origin nor Sec-Fetch-Site, and pass. Errors: forbidden.
Result<void> check_origin(const Request& request, std::string_view authority, std::string_view base_url);

}  // namespace convoke::web
