// Cookies as values. Reading is strict: what two parts of the network could read differently is not read at
// all. Secure is not said here: the head of a reply adds it to every cookie when base_url is https.
#pragma once

#include "base/result.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace convoke::web {

// Over https the names begin with "__Host-": a browser then takes such a cookie only from this very host, for
// all of it, over https (RFC 6265bis 4.1.3.2), so that no neighbouring host can plant one.
struct CookieNames {
  std::string session;  // who is signed in
  std::string form;     // what forms carry before anybody is
  std::string device;   // a browser that its owner has signed in with before (threats B2)
};
CookieNames cookie_names(std::string_view base_url);

// More cookies than this are not looked through.
inline constexpr std::size_t most_cookies = 50;
inline constexpr std::size_t longest_cookie = 1024;  // bytes of one value

// The value of `name` in a Cookie header (RFC 6265 4.2.1). Nothing when it is absent, stands there twice, is
// longer than the limit or holds a character that no cookie may.
std::optional<std::string_view> cookie_value(std::string_view header, std::string_view name);

// A Set-Cookie header's value that scripts and other sites do not get to use. Without `lasts` it ends with
// the browser.
std::string cookie_line(std::string_view name, std::string_view value,
                        std::optional<std::chrono::seconds> lasts = {});
// One that makes the browser forget it.
std::string forgotten_cookie(std::string_view name);

}  // namespace convoke::web
