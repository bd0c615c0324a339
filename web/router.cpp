#include "web/router.hpp"

#include "base/text.hpp"

#include <stdexcept>

namespace convoke::web {
namespace {

std::string allowed_methods(const std::vector<const Route*>& routes) {
  std::vector<std::string> names;
  for (const auto* route : routes) {
    names.emplace_back(name_of(route->method));
    if (route->method == Method::get) names.emplace_back("HEAD");
  }
  names.emplace_back("OPTIONS");
  return join(names, ", ");
}

}  // namespace

Router::Router(RouteTable routes) : routes_(std::move(routes)) {
  for (const auto& route : routes_) {
    if (route.pattern.empty() || route.pattern.front() != '/' || !route.handler)
      throw std::invalid_argument("a route needs a pattern and a handler: " + route.pattern);
    auto& pattern = patterns_[route.pattern];
    if (pattern.segments.empty()) {
      pattern.segments = compile(route.pattern);
      for (const auto& segment : pattern.segments) pattern.captures += segment.capture ? 1 : 0;
    }
    for (const auto* other : pattern.routes)
      if (other->method == route.method) throw std::invalid_argument("two routes for " + route.pattern);
    pattern.routes.push_back(&route);
  }
}

std::vector<Router::Segment> Router::compile(const std::string& pattern) {
  std::vector<Segment> segments;
  for (const auto text : split(std::string_view(pattern).substr(1), '/')) {
    Segment segment;
    segment.capture = !text.empty() && text.front() == '{';
    const auto close = text.find('}');
    if (segment.capture && close == std::string_view::npos)
      throw std::invalid_argument("an open { in the pattern " + pattern);
    segment.literal = segment.capture ? text.substr(close + 1) : text;
    segments.push_back(std::move(segment));
  }
  return segments;
}

bool Router::matches(const Pattern& pattern, const std::vector<std::string_view>& path) {
  if (pattern.segments.size() != path.size()) return false;
  for (std::size_t i = 0; i < path.size(); ++i) {
    const auto& segment = pattern.segments[i];
    if (!segment.capture && path[i] != segment.literal) return false;
    if (segment.capture && (path[i].size() <= segment.literal.size() || !path[i].ends_with(segment.literal)))
      return false;
  }
  return true;
}

// By the first segment that differs: a literal, then the capture with the longer suffix.
bool Router::more_exact(const Pattern& a, const Pattern& b) {
  for (std::size_t i = 0; i < a.segments.size(); ++i) {
    if (a.segments[i].capture != b.segments[i].capture) return !a.segments[i].capture;
    if (a.segments[i].literal.size() != b.segments[i].literal.size())
      return a.segments[i].literal.size() > b.segments[i].literal.size();
  }
  return false;
}

const Router::Pattern* Router::find(const std::vector<std::string_view>& path) const {
  const Pattern* best = nullptr;
  for (const auto& [text, pattern] : patterns_)
    if (matches(pattern, path) && (best == nullptr || more_exact(pattern, *best))) best = &pattern;
  return best;
}

RouteMatch Router::match(Method method, std::string_view path) const {
  RouteMatch result;
  const Pattern* pattern = nullptr;
  std::vector<std::string_view> segments;
  if (const auto literal = patterns_.find(path);
      literal != patterns_.end() && literal->second.captures == 0) {
    pattern = &literal->second;
  } else if (!path.empty()) {
    segments = split(path.substr(1), '/');
    pattern = find(segments);
  }
  if (pattern == nullptr) return result;

  const auto wanted = method == Method::head ? Method::get : method;
  for (const auto* route : pattern->routes)
    if (route->method == wanted) result.route = route;
  if (result.route == nullptr) {
    result.allow = allowed_methods(pattern->routes);
    return result;
  }
  for (std::size_t i = 0; i < segments.size(); ++i) {
    const auto& segment = pattern->segments[i];
    if (segment.capture)
      result.captures.emplace_back(segments[i].substr(0, segments[i].size() - segment.literal.size()));
  }
  return result;
}

}  // namespace convoke::web
