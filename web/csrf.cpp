#include "web/csrf.hpp"

#include "base/id.hpp"
#include "base/text.hpp"
#include "service/accounts.hpp"
#include "web/multipart.hpp"
#include "web/target.hpp"

#include <algorithm>

namespace convoke::web {
namespace {

constexpr std::size_t token_bytes = 24;
constexpr std::size_t shortest_token = 32;  // characters: 24 bytes as base64url

std::string_view cookie_token(const Request& request, const CookieNames& names) {
  const auto value = cookie_value(request.header("cookie"), names.form).value_or(std::string_view());
  return value.size() < shortest_token ? std::string_view() : value;
}

std::string_view given_token(const Request& request) {
  if (const auto header = request.header(form_token_header); !header.empty()) return header;
  for (const auto& [name, value] : request.form)
    if (name == form_token_field) return value;
  return {};
}

}  // namespace

bool same_secret(std::string_view a, std::string_view b) {
  unsigned char differs = a.size() == b.size() ? 0 : 1;
  for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i)
    differs = static_cast<unsigned char>(differs | (a[i] ^ b[i]));
  return differs == 0;
}

std::string form_token(const Request& request, const CookieNames& names) {
  if (request.who) return request.who->csrf;
  const auto known = cookie_token(request, names);
  return known.empty() ? random_token(token_bytes) : std::string(known);
}

void remember_form_token(Reply& reply, const Request& request, const CookieNames& names,
                         const std::string& token) {
  if (request.who || cookie_token(request, names) == token) return;
  reply.headers.emplace_back("Set-Cookie", cookie_line(names.form, token));
}

Result<void> read_form(Request& request, std::size_t max_fields) {
  const auto type = request.header("content-type");
  if (const auto boundary = multipart_boundary(type); !boundary.empty()) {
    MultipartLimits limits;
    limits.parts = max_fields;
    auto form = parse_multipart(request.body, boundary, limits);
    if (!form) return form.error();
    request.form = std::move(form->fields);
    request.files = std::move(form->files);
    return {};
  }
  if (!same_name(trim(type.substr(0, type.find(';'))), "application/x-www-form-urlencoded")) return {};
  auto form = parse_form(request.body, max_fields);
  if (!form) return form.error();
  request.form = std::move(*form);
  return {};
}

Result<void> check_form_token(const Request& request, const CookieNames& names, bool before_session) {
  const auto given = given_token(request);
  const auto cookie = before_session ? cookie_token(request, names) : std::string_view();
  const bool by_session = request.who && !request.who->csrf.empty() && same_secret(given, request.who->csrf);
  const bool by_cookie = !cookie.empty() && same_secret(given, cookie);
  if (by_session || by_cookie) return {};
  return Error(Errc::forbidden, "this form is no longer valid; open the page again and send it once more");
}

}  // namespace convoke::web
