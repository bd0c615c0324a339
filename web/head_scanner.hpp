// Finds the end of a request's header in bytes as they arrive and refuses what a parser would silently mend:
// bare CR or LF, folded lines, control characters. Each byte is looked at once, however it was cut into
// packets.
#pragma once

#include "web/gate.hpp"

#include <optional>
#include <string_view>

namespace convoke::web {

class HeadScanner {
 public:
  explicit HeadScanner(const Limits& limits) : limits_(limits) {}

  // `bytes`: everything received of this request so far; it must begin with what was given before.
  // Returns the header's length with its empty line, or nothing while it is incomplete.
  // Errors: 400, 414, 431 as soon as the offending byte is there.
  Judged<std::optional<std::size_t>> scan(std::string_view bytes);

  // Bytes of an empty line before the request line, which RFC 9112 2.2 wants ignored.
  std::size_t leading() const { return leading_; }

 private:
  std::optional<Refusal> take(char c);
  // Takes the bytes of a line that need no more thought than their number.
  void take_plain(std::string_view bytes);
  std::optional<Refusal> end_line();

  const Limits& limits_;
  std::size_t seen_ = 0;
  std::size_t leading_ = 0;
  std::size_t line_length_ = 0;  // of the current line, without CR LF
  std::size_t field_bytes_ = 0;  // of the lines after the first, with CR LF
  std::size_t fields_ = 0;
  bool in_fields_ = false;
  bool after_cr_ = false;
  bool complete_ = false;
};

}  // namespace convoke::web
