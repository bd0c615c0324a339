// From the bytes of a header to a request that has passed the gate: Beast's parser for the grammar, the gate
// for what may come in, strict decoding for the address. Pure, and the whole of it is fuzzed.
#pragma once

#include "web/gate.hpp"
#include "web/http.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace convoke::web {

struct RequestHead {
  Request request;        // without body, captures and peer
  std::string raw_path;   // as it was sent, for a redirect; empty with OPTIONS *
  std::string raw_query;  // with its "?", or empty
  std::string authority;
  std::uint64_t content_length = 0;
  bool keep_alive = true;
  bool expects_continue = false;
};

// The grammar alone: the parts of a header as views into `bytes`, judged by nobody yet. Replaces what `head`
// holds and uses its memory again. Errors: as below, but for the gate's.
std::optional<Refusal> read_head_view(std::string_view bytes, HeadView& head);

// `bytes`: one complete header, as HeadScanner delimits it, without leading empty lines.
// Errors: those of judge() and HeadScanner; 400 for what is no HTTP and for too many query fields.
Judged<RequestHead> read_request_head(std::string_view bytes, std::span<const std::string> allowed_hosts,
                                      const Limits& limits);

}  // namespace convoke::web
