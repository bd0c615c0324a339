#include "web/request_head.hpp"

#include "web/target.hpp"

#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/parser.hpp>

#include <algorithm>

namespace convoke::web {
namespace {

namespace http = boost::beast::http;

std::string_view view(boost::beast::string_view text) {
  return {text.data(), text.size()};
}

// "GET / HTTP/2.0" is well formed, only not for us; "HTTP/1.10" and "http/1.1" are no versions at all.
bool names_other_version(std::string_view bytes) {
  const auto line = bytes.substr(0, bytes.find("\r\n"));
  if (std::count(line.begin(), line.end(), ' ') != 2) return false;
  const auto version = line.substr(line.rfind(' ') + 1);
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  return version.size() == 8 && version.substr(0, 5) == "HTTP/" && digit(version[5]) && version[6] == '.' &&
         digit(version[7]);
}

Refusal refusal_of(const boost::beast::error_code& error, std::string_view bytes) {
  if (error == http::error::bad_version && names_other_version(bytes))
    return Refusal(505, "HTTP/1.1 or HTTP/1.0");
  if (error == http::error::bad_transfer_encoding) return Refusal(411, "send a Content-Length instead");
  if (error == http::error::bad_content_length || error == http::error::multiple_content_length)
    return Refusal(400, "Content-Length is not a plain number");
  return Refusal(400, "this is not an HTTP request");
}

void copy_headers(const HeadView& head, Pairs& headers) {
  headers.reserve(head.fields.size());
  for (const auto& field : head.fields) {
    auto& [name, value] = headers.emplace_back(field.name, field.value);
    std::transform(name.begin(), name.end(), name.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; });
  }
}

Judged<RequestHead> to_request(const HeadView& head, const Admitted& admitted, const Limits& limits) {
  RequestHead result;
  if (admitted.target == "*") {
    result.request.path = "*";
  } else {
    auto target = parse_target(admitted.target, limits.form_fields);
    if (!target)
      return Refusal(400, target.error().code == Errc::limit_exceeded ? "the address has too many fields"
                                                                      : "the address is malformed");
    result.request.path = std::move(target->path);
    result.request.query = std::move(target->query);
    const auto mark = std::min(admitted.target.find('?'), admitted.target.size());
    result.raw_path = admitted.target.substr(0, mark);
    result.raw_query = admitted.target.substr(mark);
  }
  result.request.method = admitted.method;
  copy_headers(head, result.request.headers);
  result.authority = admitted.authority;
  result.content_length = admitted.content_length;
  result.keep_alive = admitted.keep_alive;
  result.expects_continue = admitted.expects_continue;
  return result;
}

}  // namespace

Judged<RequestHead> read_request_head(std::string_view bytes, std::span<const std::string> allowed_hosts,
                                      const Limits& limits) {
  http::request_parser<http::empty_body> parser;
  parser.header_limit(static_cast<std::uint32_t>(bytes.size() + 1));  // the scanner has counted already
  parser.body_limit(boost::none);                                     // the route's limit is not known yet
  boost::beast::error_code error;
  parser.put(boost::asio::buffer(bytes), error);
  if (error && error != http::error::need_more) return refusal_of(error, bytes);
  if (!parser.is_header_done()) return Refusal(400, "this is not an HTTP request");

  const auto& message = parser.get();
  HeadView head;
  head.method = view(message.method_string());
  head.target = view(message.target());
  head.version = message.version();
  for (const auto& field : message) {
    FieldView seen;
    seen.name = view(field.name_string());
    seen.value = view(field.value());
    head.fields.push_back(seen);
  }
  const auto admitted = judge(head, allowed_hosts, limits);
  if (!admitted) return admitted.error();
  return to_request(head, *admitted, limits);
}

}  // namespace convoke::web
