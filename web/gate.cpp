#include "web/gate.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <stdexcept>

namespace convoke::web {
namespace {

constexpr std::size_t max_length_digits = 10;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool is_host_char(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'z') || c == '-' || c == '.';
}

bool is_address_char(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'f') || c == ':' || c == '.';
}

bool is_port(std::string_view text) {
  unsigned port = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  return !text.empty() && text.size() <= 5 && error == std::errc() && end == text.data() + text.size() &&
         port <= 65535;
}

// Fields that mean one thing to us and another to a proxy when they come twice.
constexpr std::array<std::string_view, 7> single_fields{
    "host", "content-length", "authorization", "content-type", "origin", "sec-fetch-site", "expect"};

std::optional<Refusal> check_fields(const HeadView& head, const Limits& limits) {
  if (head.fields.size() > limits.header_fields) return Refusal(431, "too many header fields");
  std::array<bool, single_fields.size()> seen{};
  for (const auto& field : head.fields) {
    if (same_name(field.name, "transfer-encoding")) return Refusal(411, "send a Content-Length instead");
    if (field.name.empty()) return Refusal(400, "a header field has no name");
    // Some proxies and CGI programs read "_" as "-": a way round a filter.
    if (field.name.find('_') != std::string_view::npos) return Refusal(400, "underscore in a header name");
    for (std::size_t i = 0; i < single_fields.size(); ++i) {
      if (!same_name(field.name, single_fields[i])) continue;
      if (seen[i]) return Refusal(400, "a header field that may stand once stands twice");
      seen[i] = true;
    }
  }
  return std::nullopt;
}

const FieldView* find(const HeadView& head, std::string_view name) {
  for (const auto& field : head.fields)
    if (same_name(field.name, name)) return &field;
  return nullptr;
}

Judged<std::uint64_t> content_length(const HeadView& head) {
  const auto* field = find(head, "content-length");
  if (field == nullptr) return std::uint64_t{0};
  const auto text = field->value;
  if (text.empty() || text.size() > max_length_digits || !std::all_of(text.begin(), text.end(), is_digit))
    return Refusal(400, "Content-Length is not a plain number");
  std::uint64_t length = 0;
  std::from_chars(text.data(), text.data() + text.size(), length);
  return length;
}

// Splits an absolute-form target (RFC 9112 3.2.2) into authority and origin form.
bool split_absolute(std::string_view target, std::string_view& authority, std::string_view& origin) {
  const auto colon = target.find("://");
  if (colon == std::string_view::npos) return false;
  const auto scheme = target.substr(0, colon);
  if (!same_name(scheme, "http") && !same_name(scheme, "https")) return false;
  const auto rest = target.substr(colon + 3);
  const auto slash = rest.find('/');
  if (slash == std::string_view::npos || rest.find('?') < slash) return false;
  authority = rest.substr(0, slash);
  origin = rest.substr(slash);
  return true;
}

std::optional<Refusal> check_target(const HeadView& head, Admitted& admitted, const Limits& limits) {
  if (head.target.size() > limits.target) return Refusal(414, "the address is too long");
  for (const char c : head.target)
    if (c <= ' ' || c >= 0x7f || c == '#') return Refusal(400, "a character in the address must be escaped");
  if (head.target == "*") {
    if (admitted.method != Method::options) return Refusal(400, "* is for OPTIONS");
    admitted.target = head.target;
  } else if (head.target.substr(0, 1) == "/") {
    admitted.target = head.target;
  } else if (std::string_view authority; split_absolute(head.target, authority, admitted.target)) {
    if (host_name(authority).empty()) return Refusal(400, "the address names no host");
    // RFC 9112 3.2: they must be the same; a proxy may have routed by either.
    if (!admitted.authority.empty() && !same_name(authority, admitted.authority))
      return Refusal(421, "the address and the Host field differ");
    admitted.authority = authority;
  } else {
    return Refusal(400, "the address must begin with /");
  }
  return std::nullopt;
}

std::optional<Refusal> check_host(const Admitted& admitted, std::span<const std::string> allowed_hosts) {
  if (admitted.authority.empty()) return std::nullopt;
  const auto name = host_name(admitted.authority);
  if (name.empty()) return Refusal(400, "the Host field is malformed");
  if (std::find(allowed_hosts.begin(), allowed_hosts.end(), name) == allowed_hosts.end())
    return Refusal(421, "this server does not answer for that host");
  return std::nullopt;
}

// Does a comma-separated list hold `token`, in any case?
bool list_holds(std::string_view list, std::string_view token) {
  while (!list.empty()) {
    const auto comma = std::min(list.find(','), list.size());
    auto item = list.substr(0, comma);
    while (!item.empty() && (item.front() == ' ' || item.front() == '\t')) item.remove_prefix(1);
    while (!item.empty() && (item.back() == ' ' || item.back() == '\t')) item.remove_suffix(1);
    if (same_name(item, token)) return true;
    list.remove_prefix(std::min(comma + 1, list.size()));
  }
  return false;
}

bool keeps_alive(const HeadView& head) {
  // HTTP/1.0 clients that want more ask in a way that old proxies pass on blindly (RFC 9112 C.2.2): never.
  if (head.version < 11) return false;
  return std::none_of(head.fields.begin(), head.fields.end(), [](const FieldView& field) {
    return same_name(field.name, "connection") && list_holds(field.value, "close");
  });
}

}  // namespace

void throw_exception_from_error(const Refusal& refusal, const boost::source_location&) {
  throw std::logic_error(std::string(refusal.reason));
}

std::string host_name(std::string_view authority) {
  std::string name(authority.substr(0, 256));
  if (name.size() != authority.size()) return {};
  std::transform(name.begin(), name.end(), name.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; });
  std::size_t end = 0;
  if (name.substr(0, 1) == "[") {
    end = name.find(']');
    if (end == std::string::npos || end < 3) return {};
    if (!std::all_of(name.begin() + 1, name.begin() + static_cast<std::ptrdiff_t>(end), is_address_char))
      return {};
    ++end;
  } else {
    end = std::min(name.find(':'), name.size());
    if (end == 0 || !std::all_of(name.begin(), name.begin() + static_cast<std::ptrdiff_t>(end), is_host_char))
      return {};
  }
  if (end < name.size() && (name[end] != ':' || !is_port(std::string_view(name).substr(end + 1)))) return {};
  name.resize(end);
  return name;
}

Judged<Admitted> judge(const HeadView& head, std::span<const std::string> allowed_hosts,
                       const Limits& limits) {
  if (head.version != 10 && head.version != 11) return Refusal(505, "HTTP/1.1 or HTTP/1.0");
  if (auto refusal = check_fields(head, limits)) return *refusal;

  Admitted admitted;
  const auto length = content_length(head);
  if (!length) return length.error();
  admitted.content_length = *length;

  if (const auto* host = find(head, "host"); host != nullptr) {
    admitted.authority = host->value;
    if (host->value.empty()) return Refusal(400, "the Host field is empty");
  } else if (head.version == 11) {
    return Refusal(400, "a Host field is missing");
  }
  if (head.method == "TRACE" || head.method == "CONNECT") return Refusal(405, "never allowed here");
  const auto method = method_named(head.method);
  if (!method) return Refusal(501, "an unknown method");
  admitted.method = *method;

  if (auto refusal = check_target(head, admitted, limits)) return *refusal;
  if (auto refusal = check_host(admitted, allowed_hosts)) return *refusal;
  if (is_safe(*method) && admitted.content_length > 0) return Refusal(400, "this method takes no body");

  if (const auto* expect = find(head, "expect"); expect != nullptr) {
    if (!same_name(expect->value, "100-continue")) return Refusal(417, "only 100-continue can be expected");
    admitted.expects_continue = head.version == 11;  // RFC 9110 10.1.1: ignored in HTTP/1.0
  }
  admitted.keep_alive = keeps_alive(head);
  return admitted;
}

}  // namespace convoke::web
