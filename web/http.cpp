#include "web/http.hpp"

#include <algorithm>
#include <array>

namespace convoke::web {
namespace {

constexpr std::array<std::pair<std::string_view, Method>, 7> methods{{{"GET", Method::get},
                                                                      {"HEAD", Method::head},
                                                                      {"POST", Method::post},
                                                                      {"PUT", Method::put},
                                                                      {"PATCH", Method::patch},
                                                                      {"DELETE", Method::del},
                                                                      {"OPTIONS", Method::options}}};

constexpr char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}

}  // namespace

std::string_view name_of(Method method) {
  const auto* found =
      std::find_if(methods.begin(), methods.end(), [&](auto& m) { return m.second == method; });
  return found == methods.end() ? std::string_view() : found->first;
}

std::optional<Method> method_named(std::string_view name) {
  const auto* found = std::find_if(methods.begin(), methods.end(), [&](auto& m) { return m.first == name; });
  if (found == methods.end()) return std::nullopt;
  return found->second;
}

bool is_safe(Method method) {
  return method == Method::get || method == Method::head || method == Method::options;
}

bool same_name(std::string_view a, std::string_view b) {
  return a.size() == b.size() &&
         std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) { return lower(x) == lower(y); });
}

std::string_view Request::header(std::string_view lower_case_name) const {
  for (const auto& [name, value] : headers)
    if (name == lower_case_name) return value;
  return {};
}

std::optional<std::string_view> Request::query_value(std::string_view wanted) const {
  for (const auto& [name, value] : query)
    if (name == wanted) return value;
  return std::nullopt;
}

Reply Reply::text(unsigned status, std::string body, std::string_view content_type) {
  Reply reply;
  reply.status = status;
  reply.headers.emplace_back("Content-Type", content_type);
  reply.body = std::make_shared<const std::string>(std::move(body));
  return reply;
}

Reply Reply::html(std::string body, unsigned status) {
  return text(status, std::move(body), "text/html; charset=utf-8");
}

Reply Reply::json(std::string body, unsigned status) {
  return text(status, std::move(body), "application/json");
}

Reply Reply::redirect(std::string location, unsigned status) {
  Reply reply;
  reply.status = status;
  reply.headers.emplace_back("Location", std::move(location));
  return reply;
}

Reply& Reply::set(std::string name, std::string value) {
  for (auto& [known, old] : headers) {
    if (!same_name(known, name)) continue;
    old = std::move(value);
    return *this;
  }
  headers.emplace_back(std::move(name), std::move(value));
  return *this;
}

std::string_view Reply::header(std::string_view name) const {
  for (const auto& [known, value] : headers)
    if (same_name(known, name)) return value;
  return {};
}

std::size_t Reply::body_size() const {
  if (pieces) return pieces->size();
  return body ? body->size() : length.value_or(0);
}

}  // namespace convoke::web
