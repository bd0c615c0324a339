#include "web/head_scanner.hpp"

#include <algorithm>

namespace convoke::web {
namespace {

// "OPTIONS " before the target and " HTTP/1.1" after it, with room for a longer unknown method.
constexpr std::size_t request_line_extra = 48;

}  // namespace

Judged<std::optional<std::size_t>> HeadScanner::scan(std::string_view bytes) {
  while (!complete_ && seen_ < bytes.size()) {
    take_plain(bytes);
    if (seen_ == bytes.size()) break;
    if (auto refusal = take(bytes[seen_])) return *refusal;
    ++seen_;
  }
  if (!complete_) return std::optional<std::size_t>();
  return std::optional<std::size_t>(seen_);
}

void HeadScanner::take_plain(std::string_view bytes) {
  if (after_cr_ || line_length_ == 0) return;
  const auto room = in_fields_ ? limits_.header_block + 2 - field_bytes_
                               : limits_.target + request_line_extra - line_length_;
  const auto rest = bytes.substr(seen_, room);
  const auto plain = [](char c) { return c >= ' ' && c < 0x7f; };
  const auto count =
      static_cast<std::size_t>(std::find_if_not(rest.begin(), rest.end(), plain) - rest.begin());
  seen_ += count;
  line_length_ += count;
  if (in_fields_) field_bytes_ += count;
}

std::optional<Refusal> HeadScanner::take(char c) {
  const auto byte = static_cast<unsigned char>(c);
  if (in_fields_ && ++field_bytes_ > limits_.header_block + 2) return Refusal(431, "the header is too large");
  if (after_cr_) {
    if (c != '\n') return Refusal(400, "a CR without LF");
    after_cr_ = false;
    return end_line();
  }
  if (c == '\r') {
    after_cr_ = true;
    return std::nullopt;
  }
  if (c == '\n') return Refusal(400, "an LF without CR");
  if (line_length_ == 0 && (c == ' ' || c == '\t')) return Refusal(400, "a line begins with white space");
  if (byte == 0x7f || (byte < ' ' && !(in_fields_ && c == '\t'))) return Refusal(400, "a control character");
  if (!in_fields_ && byte >= 0x80) return Refusal(400, "a byte in the request line must be escaped");
  ++line_length_;
  if (!in_fields_ && line_length_ > limits_.target + request_line_extra)
    return Refusal(414, "the address is too long");
  return std::nullopt;
}

std::optional<Refusal> HeadScanner::end_line() {
  if (line_length_ > 0) {
    if (in_fields_ && ++fields_ > limits_.header_fields) return Refusal(431, "too many header fields");
    in_fields_ = true;
    line_length_ = 0;
  } else if (in_fields_) {
    complete_ = true;
  } else if (leading_ == 0) {
    leading_ = 2;
  } else {
    return Refusal(400, "empty lines instead of a request");
  }
  return std::nullopt;
}

}  // namespace convoke::web
