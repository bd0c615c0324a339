#include "base/outside_address.hpp"

#include "base/text.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <unicode/idna.h>

#include <algorithm>
#include <charconv>
#include <cstring>
#include <memory>
#include <span>

namespace convoke {
namespace {

constexpr std::size_t longest_host = 253, longest_label = 63;  // RFC 1035 2.3.4

Error bad(std::string what) {
  return {Errc::invalid_input, std::move(what)};
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_letter(char c) {
  return c >= 'a' && c <= 'z';
}

std::string ascii_lower(std::string_view text) {
  std::string lower(text);
  for (char& c : lower)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return lower;
}

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

// Characters that no address has, and that programs which read it disagree about.
bool has_stray_character(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) {
    return static_cast<unsigned char>(c) <= 0x20 || c == 0x7f ||
           std::string_view("\\\"<>^`{|}").find(c) != std::string_view::npos;
  });
}

std::string percent_encoded(std::string_view text) {
  static constexpr char digits[] = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x80) {
      out += c;
    } else {
      out += '%';
      out += digits[byte >> 4];
      out += digits[byte & 15];
    }
  }
  return out;
}

// IDNA 2008 as UTS 46 reads it: "бібліотека.укр" becomes "xn--…".
Result<std::string> to_ascii(std::string_view host) {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<icu::IDNA> idna(icu::IDNA::createUTS46Instance(
      UIDNA_NONTRANSITIONAL_TO_ASCII | UIDNA_USE_STD3_RULES | UIDNA_CHECK_BIDI | UIDNA_CHECK_CONTEXTJ,
      status));
  if (U_FAILURE(status)) return bad("the host's name cannot be read");
  std::string ascii;
  icu::StringByteSink<std::string> sink(&ascii);
  icu::IDNAInfo info;
  idna->nameToASCII_UTF8({host.data(), static_cast<std::int32_t>(host.size())}, sink, info, status);
  if (U_FAILURE(status) || info.hasErrors()) return bad("the host's name cannot be read");
  return ascii;
}

// A name whose last label is a number is an IPv4 address to some library or other.
bool ends_in_number(std::string_view host) {
  const auto dot = host.rfind('.');
  const auto last = dot == std::string_view::npos ? host : host.substr(dot + 1);
  return last.starts_with("0x") || (!last.empty() && std::all_of(last.begin(), last.end(), is_digit));
}

std::optional<Error> check_name(std::string_view host) {
  if (host.empty()) return bad("the address names no host");
  if (host.size() > longest_host) return bad("the host's name is too long");
  for (const auto label : split(host, '.')) {
    const bool sound = !label.empty() && label.size() <= longest_label &&
                       std::all_of(label.begin(), label.end(), [](char c) {
                         return is_letter(c) || is_digit(c) || c == '-' || c == '_';
                       });
    if (!sound) return bad("the host's name cannot be read");
  }
  if (ends_in_number(host) && !parse_ip(host)) return bad("an address by number is written like 192.0.2.1");
  return std::nullopt;
}

Result<std::string> read_host(std::string_view text) {
  if (text.find('%') != std::string_view::npos) return bad("the host's name cannot be read");
  if (text.starts_with('[')) {
    if (!text.ends_with(']')) return bad("an IPv6 address ends with ]");
    const auto address = parse_ip(text.substr(1, text.size() - 2));
    if (!address || !address->v6) return bad("the IPv6 address in brackets cannot be read");
    return to_text(*address);
  }
  std::string host;
  if (is_ascii(text)) {
    host = ascii_lower(text);
  } else {
    auto ascii = to_ascii(text);
    if (!ascii) return ascii.error();
    host = ascii_lower(*ascii);
  }
  if (host.ends_with('.')) host.pop_back();
  if (auto error = check_name(host)) return std::move(*error);
  return host;
}

Result<std::uint16_t> read_port(std::string_view text, bool secure) {
  if (text.empty()) return static_cast<std::uint16_t>(secure ? 443 : 80);
  unsigned port = 0;
  const bool digits = text.size() <= 5 && std::all_of(text.begin(), text.end(), is_digit);
  if (digits) std::from_chars(text.data(), text.data() + text.size(), port);
  if (port == 0 || port > 65535) return bad("the port must be a number from 1 to 65535");
  return static_cast<std::uint16_t>(port);
}

// "host:port" after the scheme.
Result<OutsideAddress> read_authority(std::string_view authority, bool secure) {
  if (authority.find('@') != std::string_view::npos)
    return bad("an address with a user name or a password in it is not read from");
  const auto bracket = authority.rfind(']');
  const auto colon = authority.rfind(':');
  const bool has_port =
      colon != std::string_view::npos && (bracket == std::string_view::npos || colon > bracket);
  auto host = read_host(authority.substr(0, has_port ? colon : authority.size()));
  if (!host) return host.error();
  const auto port = read_port(has_port ? authority.substr(colon + 1) : std::string_view{}, secure);
  if (!port) return port.error();
  OutsideAddress address;
  address.secure = secure;
  address.host = std::move(*host);
  address.port = *port;
  return address;
}

struct Scheme {
  std::string_view name;
  bool secure;
};
constexpr Scheme schemes[] = {{"https", true}, {"http", false}, {"webcals", true}, {"webcal", true}};

bool in_v4(std::span<const std::uint8_t> bytes, std::uint32_t network, int length) {
  const std::uint32_t value = (std::uint32_t{bytes[0]} << 24) | (std::uint32_t{bytes[1]} << 16) |
                              (std::uint32_t{bytes[2]} << 8) | bytes[3];
  return (value >> (32 - length)) == (network >> (32 - length));
}

constexpr std::uint32_t v4(unsigned a, unsigned b, unsigned c, unsigned d) {
  return (a << 24) | (b << 16) | (c << 8) | d;
}

// IANA's IPv4 special-purpose registry: what is not one machine of the public internet.
bool is_public_v4(std::span<const std::uint8_t> bytes) {
  struct Network {
    std::uint32_t first;
    int length;
  };
  static constexpr Network special[] = {
      {v4(0, 0, 0, 0), 8},       {v4(10, 0, 0, 0), 8},     {v4(100, 64, 0, 0), 10},
      {v4(127, 0, 0, 0), 8},     {v4(169, 254, 0, 0), 16}, {v4(172, 16, 0, 0), 12},
      {v4(192, 0, 0, 0), 24},    {v4(192, 0, 2, 0), 24},   {v4(192, 31, 196, 0), 24},
      {v4(192, 52, 193, 0), 24}, {v4(192, 88, 99, 0), 24}, {v4(192, 168, 0, 0), 16},
      {v4(192, 175, 48, 0), 24}, {v4(198, 18, 0, 0), 15},  {v4(198, 51, 100, 0), 24},
      {v4(203, 0, 113, 0), 24},  {v4(224, 0, 0, 0), 4},    {v4(240, 0, 0, 0), 4}};
  return std::none_of(std::begin(special), std::end(special),
                      [&](const Network& network) { return in_v4(bytes, network.first, network.length); });
}

bool begins(std::span<const std::uint8_t> bytes, std::initializer_list<std::uint8_t> prefix) {
  return std::equal(prefix.begin(), prefix.end(), bytes.begin());
}

bool is_public_v6(std::span<const std::uint8_t> bytes) {
  // IPv4-mapped, and NAT64 (RFC 6052), are the IPv4 address they carry.
  if (begins(bytes, {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff}) ||
      begins(bytes, {0, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0}))
    return is_public_v4(bytes.subspan(12));
  if ((bytes[0] & 0xe0) != 0x20) return false;                        // 2000::/3 is all there is
  if (begins(bytes, {0x20, 0x02})) return false;                      // 6to4
  if (begins(bytes, {0x20, 0x01}) && bytes[2] <= 0x01) return false;  // 2001::/23: Teredo, ORCHID, …
  if (begins(bytes, {0x20, 0x01, 0x0d, 0xb8})) return false;          // documentation
  if (begins(bytes, {0x3f, 0xff}) && bytes[2] < 0x10) return false;   // documentation, RFC 9637
  // An interface id of ISATAP carries an IPv4 address, too (RFC 5214 6.1).
  const auto interface_id = bytes.subspan(8);
  if ((begins(interface_id, {0, 0, 0x5e, 0xfe}) || begins(interface_id, {2, 0, 0x5e, 0xfe})) &&
      !is_public_v4(bytes.subspan(12)))
    return false;
  return true;
}

}  // namespace

Result<OutsideAddress> parse_outside_address(std::string_view text) {
  text = trim(text);
  if (text.size() > longest_outside_address) return bad("the address is too long");
  if (!is_valid_utf8(text) || has_stray_character(text))
    return bad("the address has a character in it that no address has");
  const auto mark = text.find("://");
  const auto name = ascii_lower(text.substr(0, mark == std::string_view::npos ? 0 : mark));
  const auto* scheme = std::find_if(std::begin(schemes), std::end(schemes),
                                    [&](const Scheme& known) { return known.name == name; });
  if (scheme == std::end(schemes)) return bad("an address begins with https://, http:// or webcal://");
  auto rest = text.substr(mark + 3);
  rest = rest.substr(0, rest.find('#'));
  const auto end = std::min(rest.find_first_of("/?"), rest.size());
  auto address = read_authority(rest.substr(0, end), scheme->secure);
  if (!address) return address.error();
  const auto target = percent_encoded(rest.substr(end));
  address->target = target.starts_with('/') ? target : "/" + target;
  return address;
}

Result<OutsideAddress> redirected(const OutsideAddress& base, std::string_view location) {
  location = trim(location);
  const std::string scheme = base.secure ? "https:" : "http:";
  std::string absolute;
  const auto colon = location.find(':');
  const bool has_scheme = colon != std::string_view::npos && colon < location.find_first_of("/?#");
  if (has_scheme) {
    absolute = location;
  } else if (location.starts_with("//")) {
    absolute = scheme + std::string(location);
  } else {
    OutsideAddress root = base;
    const auto path = base.target.substr(0, base.target.find('?'));
    root.target = location.starts_with('/') ? ""
                  : location.starts_with('?') || location.empty() || location.starts_with('#')
                      ? path
                      : path.substr(0, path.rfind('/') + 1);
    absolute = to_text(root) + std::string(location);
  }
  auto address = parse_outside_address(absolute);
  if (address && base.secure && !address->secure)
    return bad("it leads from https to http, where everybody on the way may change it");
  return address;
}

std::string to_text(const OutsideAddress& address) {
  const bool v6 = address.host.find(':') != std::string::npos;
  std::string text = address.secure ? "https://" : "http://";
  text += v6 ? "[" + address.host + "]" : address.host;
  if (address.port != (address.secure ? 443 : 80)) text += ":" + std::to_string(address.port);
  return text + address.target;
}

std::optional<IpAddress> parse_ip(std::string_view text) {
  const std::string owned(text);
  if (owned.size() != std::strlen(owned.c_str())) return std::nullopt;
  IpAddress address;
  if (inet_pton(AF_INET, owned.c_str(), address.bytes.data()) == 1) return address;
  address.v6 = true;
  if (inet_pton(AF_INET6, owned.c_str(), address.bytes.data()) == 1) return address;
  return std::nullopt;
}

std::string to_text(const IpAddress& address) {
  char text[INET6_ADDRSTRLEN] = {};
  inet_ntop(address.v6 ? AF_INET6 : AF_INET, address.bytes.data(), text, sizeof text);
  return text;
}

bool is_public(const IpAddress& address) {
  const std::span<const std::uint8_t> bytes(address.bytes);
  return address.v6 ? is_public_v6(bytes) : is_public_v4(bytes.first(4));
}

Result<OutsideExceptions> OutsideExceptions::parse(std::string_view list) {
  OutsideExceptions exceptions;
  for (const auto part : split(list, ',')) {
    const auto entry = trim(part);
    if (entry.empty()) continue;
    const auto colon = entry.rfind(':');
    const bool has_port =
        colon != std::string_view::npos && colon + 1 < entry.size() && !entry.ends_with(']');
    const auto address = has_port && !has_stray_character(entry)
                             ? read_authority(entry, false)
                             : Result<OutsideAddress>(bad("a port is missing"));
    if (!address || entry.find_first_of("/?#") != std::string_view::npos)
      return bad("'" + ellipsize(to_valid_utf8(entry), 60) + "' is not HOST:PORT");
    exceptions.entries_.emplace_back(address->host, address->port);
  }
  return exceptions;
}

bool OutsideExceptions::contains(const OutsideAddress& address) const {
  return std::any_of(entries_.begin(), entries_.end(), [&](const auto& entry) {
    return entry.first == address.host && entry.second == address.port;
  });
}

Result<void> check_outside(const OutsideAddress& address, const OutsideExceptions& exceptions) {
  if (exceptions.contains(address)) return {};
  if (address.port != 80 && address.port != 443)
    return Error{Errc::forbidden, "other servers are spoken to on the ports 80 and 443 only"};
  if (const auto literal = parse_ip(address.host); literal && !is_public(*literal))
    return Error{Errc::forbidden, "the address is not one of the public internet"};
  return {};
}

}  // namespace convoke
