// What a handler sees of HTTP: a request that has passed the gate, and a reply. No sockets, no Beast.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace convoke::web {

enum class Method { get, head, post, put, patch, del, options };
std::string_view name_of(Method method);  // "GET"

using Pairs = std::vector<std::pair<std::string, std::string>>;

struct Request {
  Method method = Method::get;
  std::string path;                   // decoded, normalised; "/plans/3"
  Pairs query;                        // decoded, in order
  Pairs headers;                      // names in lower case
  std::string body;                   // at most the route's limit
  std::string peer;                   // the peer's address, for rate limits and logs
  std::vector<std::string> captures;  // what the route's {…} matched, in order

  // The first value, or an empty view.
  std::string_view header(std::string_view lower_case_name) const;
  std::optional<std::string_view> query_value(std::string_view name) const;
};

struct Reply {
  unsigned status = 200;
  Pairs headers;                            // in addition to those every reply carries
  std::shared_ptr<const std::string> body;  // null: none; shared, never copied on the way out

  static Reply text(unsigned status, std::string body,
                    std::string_view content_type = "text/plain; charset=utf-8");
  static Reply html(std::string body, unsigned status = 200);
  static Reply json(std::string body, unsigned status = 200);
  static Reply redirect(std::string location, unsigned status = 303);
  Reply& set(std::string name, std::string value);  // replaces a header of that name
};

}  // namespace convoke::web
