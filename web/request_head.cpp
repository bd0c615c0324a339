#include "web/request_head.hpp"

#include "web/target.hpp"

#include <boost/beast/http/basic_parser.hpp>

#include <algorithm>
#include <functional>

namespace convoke::web {
namespace {

namespace http = boost::beast::http;

std::string_view view(boost::beast::string_view text) {
  return {text.data(), text.size()};
}

// Beast's grammar without its containers: what it finds stays where it stands.
class ViewParser final : public http::basic_parser<true> {
 public:
  ViewParser(std::string_view bytes, HeadView& head) : bytes_(bytes), head_(head) {
    header_limit(static_cast<std::uint32_t>(bytes.size() + 1));  // the scanner has counted already
    body_limit(boost::none);                                     // the route's limit is not known yet
  }

 private:
  using Error = boost::beast::error_code;
  using Text = boost::beast::string_view;

  // A folded value would stand in the parser's own memory; the scanner lets none come so far.
  bool is_ours(std::string_view text) const {
    const std::less_equal<const char*> no_later;
    return text.empty() || (no_later(bytes_.data(), text.data()) &&
                            no_later(text.data() + text.size(), bytes_.data() + bytes_.size()));
  }

  void on_request_impl(http::verb, Text method, Text target, int version, Error&) override {
    head_.method = view(method);
    head_.target = view(target);
    head_.version = static_cast<unsigned>(version);
  }
  void on_field_impl(http::field, Text name, Text value, Error& error) override {
    FieldView seen;
    seen.name = view(name);
    seen.value = view(value);
    if (!is_ours(seen.name) || !is_ours(seen.value)) error = http::error::bad_value;
    head_.fields.push_back(seen);
  }
  void on_response_impl(int, Text, int, Error&) override {}
  void on_header_impl(Error&) override {}
  void on_body_init_impl(const boost::optional<std::uint64_t>&, Error&) override {}
  std::size_t on_body_impl(Text body, Error&) override { return body.size(); }
  void on_chunk_header_impl(std::uint64_t, Text, Error&) override {}
  std::size_t on_chunk_body_impl(std::uint64_t, Text body, Error&) override { return body.size(); }
  void on_finish_impl(Error&) override {}

  std::string_view bytes_;
  HeadView& head_;
};

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

std::optional<Refusal> read_head_view(std::string_view bytes, HeadView& head) {
  head.fields.clear();
  ViewParser parser(bytes, head);
  boost::beast::error_code error;
  parser.put(boost::asio::buffer(bytes), error);
  if (error && error != http::error::need_more) return refusal_of(error, bytes);
  if (!parser.is_header_done()) return Refusal(400, "this is not an HTTP request");
  return std::nullopt;
}

Judged<RequestHead> read_request_head(std::string_view bytes, std::span<const std::string> allowed_hosts,
                                      const Limits& limits) {
  HeadView head;
  if (const auto refusal = read_head_view(bytes, head)) return *refusal;
  const auto admitted = judge(head, allowed_hosts, limits);
  if (!admitted) return admitted.error();
  return to_request(head, *admitted, limits);
}

}  // namespace convoke::web
