// Which answer a cacheable thing gives: the bytes, their gzip, or "you have it already" (RFC 9110 12.5.3 and
// 13). Pure; feeds.md rules 4, 5 and 8.
#pragma once

#include "base/clock.hpp"
#include "web/http.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace convoke::web {

// The validators of a thing that exists in one or two encodings.
struct Validators {
  std::string_view etag;       // quoted, of the plain bytes
  std::string_view gzip_etag;  // quoted, another one; empty: there is no gzip
  Instant last_modified{};
  bool date_is_exact = true;  // false: two versions share that second, so a date proves nothing
};

enum class Coding { identity, gzip };

struct Choice {
  Coding coding = Coding::identity;
  bool not_modified = false;  // answer 304
};

// The fields of a request that decide, those that are lists each as one list; empty where there is none.
struct Conditions {
  std::string_view accept_encoding, if_none_match, if_modified_since;
};

Choice choose(const Conditions& conditions, const Validators& validators);
Choice choose(const Request& request, const Validators& validators);

// The coding that choose() picks when both exist.
Coding choose_coding(const Request& request);

// gzip only when it is asked for by name, or when nothing else is acceptable; never a 406.
Coding choose_coding(std::string_view accept_encoding);

// Does the list (or "*") hold `etag`? Weak comparison (RFC 9110 13.1.2).
bool matches_etag(std::string_view if_none_match, std::string_view etag);

// All three forms of RFC 9110 5.6.7. Nothing for anything else.
std::optional<Instant> parse_http_date(std::string_view text);

}  // namespace convoke::web
