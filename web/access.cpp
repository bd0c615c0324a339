#include "web/access.hpp"

#include <algorithm>

namespace convoke::web {
namespace {

constexpr std::size_t max_token_length = 256;

bool is_token_char(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         std::string_view("-._~+/=").find(c) != std::string_view::npos;
}

// "https://host:port" of an address: what a browser calls its origin.
std::string_view origin_of(std::string_view url) {
  const auto scheme = url.find("://");
  if (scheme == std::string_view::npos) return {};
  return url.substr(0, url.find('/', scheme + 3));
}

}  // namespace

Result<std::string> bearer_token(const Request& request) {
  constexpr std::string_view scheme = "Bearer ";
  const auto value = request.header("authorization");
  if (value.size() <= scheme.size() || !same_name(value.substr(0, scheme.size()), scheme))
    return Error(Errc::unauthenticated, "send a token: Authorization: Bearer …");
  const auto token = value.substr(value.find_first_not_of(' ', scheme.size()));
  if (token.size() > max_token_length || !std::all_of(token.begin(), token.end(), is_token_char))
    return Error(Errc::unauthenticated, "the token is malformed");
  return std::string(token);
}

Result<void> check_role(const service::Actor& actor, Access access) {
  const bool writes = access == Access::editor || access == Access::own_editor;
  if (writes && actor.role != service::Role::editor)
    return Error(Errc::forbidden, "this token may read only");
  const bool reads = access == Access::reader || access == Access::own_reader;
  if (reads && actor.role == service::Role::anonymous)
    return Error(Errc::forbidden, "this token may not read this");
  if ((access == Access::reader || access == Access::editor) && actor.organisation)
    return Error(Errc::forbidden, "this takes a token that is bound to no association");
  if (access == Access::member || access == Access::organiser || access == Access::administrator ||
      access == Access::approver)
    return Error(Errc::forbidden, "a token belongs to no person");
  return {};
}

bool is_for_tokens(Access access) {
  return access == Access::reader || access == Access::editor || access == Access::own_reader ||
         access == Access::own_editor;
}

Result<void> check_role(const service::SignedIn& who, Access access) {
  auto least = AccountRole::member;
  const bool of_all = !who.organisation;
  const bool whole = access == Access::reader || access == Access::editor;
  if (access == Access::organiser || is_for_tokens(access)) least = AccountRole::organiser;
  if (access == Access::administrator || (whole && !of_all)) least = AccountRole::administrator;
  if (access == Access::approver && !who.may_approve)
    return Error(Errc::forbidden, "your account does not approve plans");
  if (who.role < least) return Error(Errc::forbidden, "your account does not allow this");
  return {};
}

Result<void> check_origin(const Request& request, std::string_view authority, std::string_view base_url) {
  if (is_safe(request.method)) return {};
  const auto site = request.header("sec-fetch-site");
  if (!site.empty() && site != "same-origin" && site != "none")
    return Error(Errc::forbidden, "this request comes from another site");
  const auto origin = request.header("origin");
  if (origin.empty() || same_name(origin, origin_of(base_url))) return {};
  if (origin == "null" && site == "same-origin") return {};
  const auto mark = origin.find("://");
  if (mark == std::string_view::npos || !same_name(origin.substr(mark + 3), authority) || authority.empty())
    return Error(Errc::forbidden, "this request comes from another site");
  return {};
}

}  // namespace convoke::web
