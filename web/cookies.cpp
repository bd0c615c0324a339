#include "web/cookies.hpp"

#include "base/text.hpp"

#include <algorithm>

namespace convoke::web {
namespace {

// RFC 6265 4.1.1: printable ASCII without space, quote, comma, semicolon and backslash.
bool is_value_char(char c) {
  return c > ' ' && c < 0x7f && c != '"' && c != ',' && c != ';' && c != '\\';
}

}  // namespace

CookieNames cookie_names(std::string_view base_url) {
  if (base_url.starts_with("https://")) return {"__Host-sid", "__Host-form", "__Host-device"};
  return {"sid", "form", "device"};
}

std::optional<std::string_view> cookie_value(std::string_view header, std::string_view name) {
  std::optional<std::string_view> found;
  std::size_t seen = 0;
  while (!header.empty()) {
    if (++seen > most_cookies) return std::nullopt;
    const auto end = std::min(header.find(';'), header.size());
    auto pair = header.substr(0, end);
    header.remove_prefix(std::min(end + 1, header.size()));
    if (pair.starts_with(' ')) pair.remove_prefix(1);
    const auto equals = pair.find('=');
    if (equals == std::string_view::npos || pair.substr(0, equals) != name) continue;
    if (found) return std::nullopt;
    found = pair.substr(equals + 1);
  }
  if (!found || found->size() > longest_cookie || !std::all_of(found->begin(), found->end(), is_value_char))
    return std::nullopt;
  return found;
}

std::string cookie_line(std::string_view name, std::string_view value,
                        std::optional<std::chrono::seconds> lasts) {
  std::string line = std::string(name) + "=" + std::string(value) + "; Path=/";
  if (lasts) line += "; Max-Age=" + std::to_string(lasts->count());
  return line + "; SameSite=Lax; HttpOnly";
}

std::string forgotten_cookie(std::string_view name) {
  return cookie_line(name, "", std::chrono::seconds(0));
}

}  // namespace convoke::web
