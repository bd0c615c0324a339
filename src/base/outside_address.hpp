// Addresses that people give us to read from. Whoever may enter one must not make this machine talk to
// itself, to its neighbours or to the cloud's own services (threats E2): an address is taken apart here,
// strictly, and where its name leads is judged before anything is connected. Pure: nothing is looked up.
#pragma once

#include "base/result.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace convoke {

inline constexpr std::size_t longest_outside_address = 2'000;  // bytes

struct OutsideAddress {
  bool secure = true;  // https
  std::string host;    // lower-case ASCII without a final dot; IPv6 without brackets
  std::uint16_t port = 443;
  std::string target = "/";  // path and query, ASCII, without the fragment

  bool operator==(const OutsideAddress&) const = default;
};

// "https://host/path": http, https, and webcal, which means https. Names of other alphabets become IDNA's
// ASCII form, other characters outside ASCII are percent-encoded. Errors: invalid_input for anything else,
// among it user names, control characters, backslashes, zone ids, and numbers that are no dotted IPv4
// ("0x7f.1", "2130706433", "127.1"), which libraries read each in its own way.
Result<OutsideAddress> parse_outside_address(std::string_view text);

// What a Location header means at `base` (RFC 3986 5.2). Errors: as above; invalid_input when it leads from
// https to http.
Result<OutsideAddress> redirected(const OutsideAddress& base, std::string_view location);

// "https://host:8443/path"; the port only when it is not the scheme's own.
std::string to_text(const OutsideAddress& address);

// 4 bytes or 16, in network order.
struct IpAddress {
  bool v6 = false;
  std::array<std::uint8_t, 16> bytes{};

  bool operator==(const IpAddress&) const = default;
};

// "192.0.2.1" or "2001:db8::1": the canonical forms alone.
std::optional<IpAddress> parse_ip(std::string_view text);
std::string to_text(const IpAddress& address);

// Whether the address belongs to one machine of the public internet: no loopback, private, shared (CGNAT),
// link-local, multicast, documentation, benchmarking or reserved one (IANA's special-purpose registries), nor
// an IPv6 address that carries such an IPv4 one. 6to4 and Teredo are refused whole.
bool is_public(const IpAddress& address);

// Addresses of the operator's own choice, "calendar.intern:8080", by comma: they may be read from whatever
// port they have and wherever they lead.
class OutsideExceptions {
 public:
  // Errors: invalid_input naming the entry.
  static Result<OutsideExceptions> parse(std::string_view list);
  bool contains(const OutsideAddress& address) const;

 private:
  std::vector<std::pair<std::string, std::uint16_t>> entries_;
};

// Errors: forbidden for a port other than 80 and 443, and for a literal address that is not public, unless it
// is an exception. Where a name leads is not known yet.
Result<void> check_outside(const OutsideAddress& address, const OutsideExceptions& exceptions);

}  // namespace convoke
