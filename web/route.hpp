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

// Who may. The first two ask nothing of who comes; what a session or a token may is said in web/access.hpp.
enum class Access {
  everyone,       // published things; nobody is looked up
  visitor,        // a page for everybody that says who is signed in; its forms carry a token (web/csrf.hpp)
  reader,         // an API token, or an administrator's session
  editor,         // an API token that may write, or an administrator's session
  own_reader,     // as reader, and organisers within their own association: the handler keeps to it
  own_editor,     // as editor, the same
  member,         // whoever is signed in
  organiser,      // signed in, of that role or more
  administrator,  // the same
  approver,       // signed in, of whatever role, and may approve plans: a director
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
