#include "web/target.hpp"

#include "base/text.hpp"

#include <boost/url/pct_string_view.hpp>

#include <algorithm>

namespace convoke::web {
namespace {

Error invalid(std::string message) {
  return {Errc::invalid_input, std::move(message)};
}

bool is_alphanumeric(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// RFC 3986 3.3, and "%" which the decoder checks.
bool is_path_char(char c) {
  return is_alphanumeric(c) || std::string_view("/-._~!$&'()*+,;=:@%").find(c) != std::string_view::npos;
}

// RFC 3986 3.4, and what browsers send unescaped in a query all the same.
bool is_query_char(char c) {
  return is_path_char(c) || std::string_view("?[]{}|^`\\").find(c) != std::string_view::npos;
}

bool is_control(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte < 0x20 || byte == 0x7f;
}

Result<std::string> decode(std::string_view text, bool plus_is_space) {
  const auto checked = boost::urls::make_pct_string_view(boost::core::string_view(text.data(), text.size()));
  if (!checked) return invalid("a % in the address is not followed by two hexadecimal digits");
  boost::urls::encoding_opts options;
  options.space_as_plus = plus_is_space;
  std::string decoded = checked->decode(options);
  if (!is_valid_utf8(decoded)) return invalid("the address is not UTF-8");
  return decoded;
}

Result<std::string> decode_value(std::string_view text) {
  auto decoded = decode(text, true);
  if (!decoded) return decoded;
  const auto refused = [](char c) { return is_control(c) && c != '\t' && c != '\r' && c != '\n'; };
  if (std::any_of(decoded->begin(), decoded->end(), refused))
    return invalid("a control character in a field");
  return decoded;
}

Result<Pairs> decode_fields(std::string_view text, std::size_t max_fields) {
  Pairs fields;
  while (!text.empty()) {
    const auto end = std::min(text.find('&'), text.size());
    const auto field = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (field.empty()) continue;
    if (fields.size() == max_fields)
      return Error(Errc::limit_exceeded, "more than " + std::to_string(max_fields) + " fields");
    const auto equals = std::min(field.find('='), field.size());
    auto name = decode_value(field.substr(0, equals));
    if (!name) return name.error();
    auto value = decode_value(field.substr(std::min(equals + 1, field.size())));
    if (!value) return value.error();
    fields.emplace_back(std::move(*name), std::move(*value));
  }
  return fields;
}

Result<std::string> decode_path(std::string_view text) {
  if (text.empty() || text.front() != '/') return invalid("the address must begin with /");
  if (!std::all_of(text.begin(), text.end(), is_path_char))
    return invalid("a character in the address must be escaped");
  auto path = decode(text, false);
  if (!path) return path;
  if (std::any_of(path->begin(), path->end(), is_control))
    return invalid("a control character in the address");
  if (path->find('\\') != std::string::npos) return invalid("a backslash in the address");
  if (std::count(path->begin(), path->end(), '/') != std::count(text.begin(), text.end(), '/'))
    return invalid("an escaped slash in the address");
  for (const auto segment : split(*path, '/'))
    if (segment == "." || segment == "..") return invalid("a dot segment in the address");
  return path;
}

}  // namespace

Result<Target> parse_target(std::string_view target, std::size_t max_fields) {
  const auto mark = std::min(target.find('?'), target.size());
  auto path = decode_path(target.substr(0, mark));
  if (!path) return path.error();
  const auto query_text = target.substr(std::min(mark + 1, target.size()));
  if (!std::all_of(query_text.begin(), query_text.end(), is_query_char))
    return invalid("a character in the address must be escaped");
  auto query = decode_fields(query_text, max_fields);
  if (!query) return query.error();
  Target parsed;
  parsed.path = std::move(*path);
  parsed.query = std::move(*query);
  return parsed;
}

Result<Pairs> parse_form(std::string_view body, std::size_t max_fields) {
  return decode_fields(body, max_fields);
}

std::string percent_encode(std::string_view text) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string encoded;
  encoded.reserve(text.size());
  for (const char c : text) {
    if (is_alphanumeric(c) || c == '-' || c == '.' || c == '_' || c == '~') {
      encoded += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    encoded += {'%', digits[byte >> 4], digits[byte & 15]};
  }
  return encoded;
}

}  // namespace convoke::web
