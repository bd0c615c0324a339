// The gate: which requests are let in, judged by their header alone, before a byte of the body is read.
// Beast 1.81 accepts messages that must be refused (transfer codings it cannot decode, two equal lengths, any
// host) and dies of a long trailer, so nothing of it but the header parser is trusted, and only after this.
// Pure: no sockets.
#pragma once

#include "web/http.hpp"
#include "web/limits.hpp"

#include <boost/system/result.hpp>

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace convoke::web {

struct FieldView {
  std::string_view name, value;  // value without the white space around it
};

// A parsed header that nobody has judged yet.
struct HeadView {
  std::string_view method, target;
  unsigned version = 11;  // 10 or 11
  std::vector<FieldView> fields;
};

// Why a request is turned away. The reply says so and the connection ends.
struct Refusal {
  unsigned status = 400;
  std::string_view reason;  // a literal, one line

  Refusal() = default;
  Refusal(unsigned s, std::string_view r) : status(s), reason(r) {}
};
[[noreturn]] void throw_exception_from_error(const Refusal& refusal, const boost::source_location& where);

template<class T>
using Judged = boost::system::result<T, Refusal>;

// What is known of a request that was let in. Views live as long as the HeadView's.
struct Admitted {
  Method method = Method::get;
  std::string_view authority;  // "name:port" as the client wrote it; empty only in HTTP/1.0
  std::string_view target;     // origin form: "/path?query", or "*" with OPTIONS
  std::uint64_t content_length = 0;
  bool keep_alive = true;
  bool expects_continue = false;
};

// Errors, with the rule: 411 any Transfer-Encoding; 400 a doubtful Content-Length; 400/421 Host (RFC
// 9112 3.2); 431/414 sizes; 400 odd names or targets; 405 TRACE and CONNECT, 501 unknown methods; 417 an
// unknown Expect; 505 versions; 400 a body with GET, HEAD or OPTIONS. `allowed_hosts`: lower case, without
// port; IPv6 in brackets.
Judged<Admitted> judge(const HeadView& head, std::span<const std::string> allowed_hosts,
                       const Limits& limits);

// A Host value or an authority: name or bracketed address, and a port if there is one.
// Returns the lower-case name; an empty string when it is malformed.
std::string host_name(std::string_view authority);

}  // namespace convoke::web
