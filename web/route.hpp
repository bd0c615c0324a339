// The route table: every address the server knows, with who may use it and how large a body it takes. A route
// without an access rule cannot be written down.
#pragma once

#include "web/http.hpp"

#include <boost/asio/awaitable.hpp>

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

namespace convoke::web {

// Takes the request by value: it lives in the coroutine's frame.
using Handler = std::function<boost::asio::awaitable<Reply>(Request)>;

enum class Access {
  everyone,  // published things
  reader,    // an API token
  editor,    // an API token that may write
};

struct Route {
  Method method = Method::get;  // a GET route answers HEAD too
  std::string pattern;          // "/plans/{id}"; a {name} matches one segment, "{name}.ics" with its suffix
  Access access = Access::everyone;
  std::size_t body_limit = 0;  // bytes; 0: no body is taken
  Handler handler;

  Route(Method m, std::string p, Access a, std::size_t limit, Handler h)
      : method(m), pattern(std::move(p)), access(a), body_limit(limit), handler(std::move(h)) {}
};

using RouteTable = std::vector<Route>;

}  // namespace convoke::web
