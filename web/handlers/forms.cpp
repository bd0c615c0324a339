#include "web/handlers/forms.hpp"

#include "base/text.hpp"
#include "web/pages/links.hpp"
#include "web/target.hpp"

#include <algorithm>

namespace convoke::web {

std::string field_of(const Request& request, std::string_view name) {
  for (const auto& [key, value] : request.form)
    if (key == name) return value;
  return {};
}

std::vector<std::string> fields_of(const Request& request, std::string_view name) {
  std::vector<std::string> values;
  for (const auto& [key, value] : request.form)
    if (key == name && !value.empty()) values.push_back(value);
  return values;
}

bool checked(const Request& request, std::string_view name) {
  return field_of(request, name) == "yes";
}

std::vector<std::string> lines_in(std::string_view text) {
  std::vector<std::string> lines;
  for (const auto line : split(text, '\n'))
    if (!trim(line).empty()) lines.emplace_back(trim(line));
  return lines;
}

bool can_be_mended(const Error& error) {
  return error.code == Errc::invalid_input || error.code == Errc::limit_exceeded ||
         error.code == Errc::conflict || error.code == Errc::unsupported_format;
}

std::string local_address(std::string_view next) {
  const auto refused = [](char c) { return static_cast<unsigned char>(c) <= ' ' || c == 0x7f || c == '\\'; };
  if (next.size() > longest_next || std::any_of(next.begin(), next.end(), refused)) return "/";
  if (!next.starts_with('/') || next.starts_with("//")) return "/";
  const auto low = to_lower(next);
  if (low.find("%0d") != std::string::npos || low.find("%0a") != std::string::npos) return "/";
  constexpr std::size_t most_fields = 200;
  return parse_target(next, most_fields) ? std::string(next) : "/";
}

std::string address_after_sign_in(std::string_view next) {
  return next.empty() || next == "/" ? "/my" : local_address(next);
}

std::string with_next(std::string path, std::string_view next) {
  return next == "/" ? path : with_query(std::move(path), "next", next);
}

}  // namespace convoke::web
