// Which route answers an address. Literal segments win over {captures}, so the order of the table does not
// matter.
#pragma once

#include "web/route.hpp"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace convoke::web {

struct RouteMatch {
  const Route* route = nullptr;       // null: no such address, or not with this method
  std::vector<std::string> captures;  // in the order of the pattern
  std::string allow;                  // the methods this address answers, for Allow; empty: no such address
};

class Router {
 public:
  // Throws std::invalid_argument for a pattern that does not begin with "/" or a route without a handler: a
  // fault in the table, found when the server starts.
  explicit Router(RouteTable routes);

  // `path` is decoded. HEAD finds the GET route. OPTIONS finds only what has a route of its own.
  RouteMatch match(Method method, std::string_view path) const;

 private:
  struct Segment {
    std::string literal;  // of a capture: what follows the "}"
    bool capture = false;
  };
  struct Pattern {
    std::vector<Segment> segments;
    std::vector<const Route*> routes;
    std::size_t captures = 0;
  };
  static std::vector<Segment> compile(const std::string& pattern);
  static bool matches(const Pattern& pattern, const std::vector<std::string_view>& path);
  static bool more_exact(const Pattern& a, const Pattern& b);
  const Pattern* find(const std::vector<std::string_view>& path) const;

  RouteTable routes_;
  std::map<std::string, Pattern, std::less<>> patterns_;
};

}  // namespace convoke::web
