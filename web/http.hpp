// What a handler sees of HTTP: a request that has passed the gate, and a reply. No sockets, no Beast.
#pragma once

#include "base/rope.hpp"
#include "service/context.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace convoke::service {
struct SignedIn;
}

namespace convoke::web {

enum class Method { get, head, post, put, patch, del, options };
std::string_view name_of(Method method);  // "GET"
// Nothing for a name that this server does not know; names are case-sensitive (RFC 9110 9.1).
std::optional<Method> method_named(std::string_view name);
// GET, HEAD and OPTIONS change nothing (RFC 9110 9.2.1).
bool is_safe(Method method);

using Pairs = std::vector<std::pair<std::string, std::string>>;

// A file of a form: where in the body it lies.
struct Upload {
  std::string field, file_name;  // the name without folders; "" when none was given
  std::string type;              // Content-Type as sent, in lower case; only a hint
  std::size_t begin = 0, size = 0;

  Upload() = default;
  Upload(std::string f, std::string n, std::string t, std::size_t b, std::size_t s)
      : field(std::move(f)), file_name(std::move(n)), type(std::move(t)), begin(b), size(s) {}
};

struct Request {
  Method method = Method::get;
  std::string path;                   // decoded, normalised; "/plans/3"
  Pairs query;                        // decoded, in order
  Pairs headers;                      // names in lower case
  std::string body;                   // at most the route's limit
  std::string peer;                   // the peer's address, for rate limits and logs
  std::vector<std::string> captures;  // what the route's {…} matched, in order
  service::Actor actor;               // anonymous unless the route asks for a token or a session
  Pairs form;                         // of a form sent from a page: decoded, its token checked (web/csrf.hpp)
  std::vector<Upload> files;          // of a form with files (web/multipart.hpp)
  std::shared_ptr<const service::SignedIn> who;  // whose browser asks; null: nobody's that is signed in

  // The first value, or an empty view.
  std::string_view header(std::string_view lower_case_name) const;
  std::optional<std::string_view> query_value(std::string_view name) const;
};

class Standing;  // web/standing.hpp

struct Reply {
  unsigned status = 200;
  Pairs headers;                            // in addition to those every reply carries
  std::shared_ptr<const std::string> body;  // null: none; shared, never copied on the way out
  std::shared_ptr<const Rope> pieces;       // a long body, in place of `body`; the same holds
  std::optional<std::size_t> length;        // of a body that was left out, for a reply to HEAD
  // Set: the server may give this reply again, without asking the handler, while that says it stands.
  std::shared_ptr<const Standing> standing;

  static Reply text(unsigned status, std::string body,
                    std::string_view content_type = "text/plain; charset=utf-8");
  static Reply html(std::string body, unsigned status = 200);
  static Reply json(std::string body, unsigned status = 200);
  static Reply redirect(std::string location, unsigned status = 303);
  Reply& set(std::string name, std::string value);  // replaces a header of that name
  // The value, or an empty view; names are compared without regard to case.
  std::string_view header(std::string_view name) const;
  // What Content-Length says.
  std::size_t body_size() const;
};

// "Content-Type" and "content-type" are one name.
bool same_name(std::string_view a, std::string_view b);

}  // namespace convoke::web
