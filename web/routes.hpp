// Every address this program answers, in one function.
#pragma once

#include "web/handlers/services.hpp"
#include "web/problem.hpp"
#include "web/route.hpp"

#include <string>
#include <vector>

namespace convoke::web {

// `services` must outlive the table.
RouteTable make_routes(Services& services);

// "GET /plans/{id}  (everyone)", a line a route, in the order of the table.
std::vector<std::string> describe_routes();

// Errors as this program shows them: pages in the reader's language, plain text for feeds, problem details
// for the API. For the server's own refusals; handlers use error_reply().
Problems make_problems();

}  // namespace convoke::web
