#include "web/conditional.hpp"
#include "tests/support/catch.hpp"
#include "web/reply_head.hpp"

namespace convoke::web {
namespace {

constexpr Instant modified{std::chrono::seconds{784111777}};  // Sun, 06 Nov 1994 08:49:37 GMT

Choice choose_for(Pairs headers, bool date_is_exact = true) {
  Request request;
  request.headers = std::move(headers);
  Validators validators;
  validators.etag = "\"plain\"";
  validators.gzip_etag = "\"zipped\"";
  validators.last_modified = modified;
  validators.date_is_exact = date_is_exact;
  return choose(request, validators);
}

}  // namespace

TEST_CASE("feed rule 4: a calendar program that has the same version gets no body") {
  struct {
    std::string if_none_match;
    bool not_modified;
  } const cases[] = {
      {"\"plain\"", true},
      {"W/\"plain\"", true},
      {"*", true},
      {" * ", true},
      {"\"a\", \"plain\"", true},
      {"\"a\",W/\"plain\" , \"b\"", true},
      {"\"a,b\",\"plain\"", true},
      {", ,\"plain\"", true},
      {"\"other\"", false},
      {"\"zipped\"", false},
      {"plain", false},
      {"\"plain", false},
      {"w/\"plain\"", false},
      {"\"PLAIN\"", false},
      {"\"\"", false},
      {"\"plain\\\"\"", false},
      {"\"a\" \"plain\"", true},
      {"**", false},
  };
  for (const auto& [value, expected] : cases) {
    CAPTURE(value);
    CHECK(choose_for({{"if-none-match", value}}).not_modified == expected);
  }
  CHECK(choose_for({{"if-none-match", "\"a\""}, {"if-none-match", "\"plain\""}}).not_modified);
}

TEST_CASE("feed rule 5: a date counts only where there is no tag") {
  const std::string same = "Sun, 06 Nov 1994 08:49:37 GMT";
  CHECK(choose_for({{"if-modified-since", same}}).not_modified);
  CHECK(choose_for({{"if-modified-since", "Sun, 06 Nov 1994 08:49:38 GMT"}}).not_modified);
  CHECK(choose_for({{"if-modified-since", "Fri, 01 Jan 2100 00:00:00 GMT"}}).not_modified);
  CHECK_FALSE(choose_for({{"if-modified-since", "Sun, 06 Nov 1994 08:49:36 GMT"}}).not_modified);
  CHECK_FALSE(choose_for({{"if-modified-since", "Thu, 01 Jan 1970 00:00:00 GMT"}}).not_modified);
  CHECK_FALSE(choose_for({{"if-modified-since", "yesterday"}}).not_modified);
  CHECK_FALSE(choose_for({{"if-modified-since", same}, {"if-none-match", "\"other\""}}).not_modified);
  CHECK(choose_for({{"if-modified-since", "yesterday"}, {"if-none-match", "\"plain\""}}).not_modified);
  CHECK_FALSE(choose_for({{"if-modified-since", same}}, false).not_modified);
  CHECK(choose_for({{"if-none-match", "\"plain\""}}, false).not_modified);
  CHECK_FALSE(choose_for({}).not_modified);
}

TEST_CASE("feed rule 8: compressed bytes go only to those who ask for them") {
  struct {
    std::string accept_encoding;
    Coding coding;
  } const cases[] = {
      {"", Coding::identity},
      {"gzip", Coding::gzip},
      {"GZIP", Coding::gzip},
      {"x-gzip", Coding::gzip},
      {"gzip, deflate, br", Coding::gzip},
      {"deflate,gzip;q=0.5", Coding::gzip},
      {"gzip;q=1.000", Coding::gzip},
      {"gzip ; Q=0.001", Coding::gzip},
      {"identity;q=0.5, gzip;q=1", Coding::gzip},
      {"identity;q=0, *", Coding::gzip},
      {"identity;q=0, *;q=0.1", Coding::gzip},
      {"gzip;q=0", Coding::identity},
      {"gzip;q=0.000", Coding::identity},
      {"gzip;q=0, *", Coding::identity},
      {"gzip;q=0.4, identity;q=0.5", Coding::identity},
      {"*", Coding::identity},
      {"*;q=0", Coding::identity},
      {"br, deflate", Coding::identity},
      {"identity", Coding::identity},
      {"identity;q=0", Coding::identity},
      {"gzipped", Coding::identity},
      {"gzip;q=nonsense", Coding::identity},
      {"gzip;q=2", Coding::identity},
      {"gzip;q=1.001", Coding::identity},
      {"gzip;q=", Coding::identity},
      {"gzip;level=9", Coding::identity},
      {",,;;,", Coding::identity},
  };
  for (const auto& [value, coding] : cases) {
    CAPTURE(value);
    CHECK((choose_coding(value) == coding));
  }
}

TEST_CASE("each encoding has its own tag") {
  const Pairs gzip{{"accept-encoding", "gzip"}, {"if-none-match", "\"zipped\""}};
  CHECK(choose_for(gzip).not_modified);
  CHECK_FALSE(choose_for({{"accept-encoding", "gzip"}, {"if-none-match", "\"plain\""}}).not_modified);
  Request request;
  request.headers = {{"accept-encoding", "gzip"}, {"if-none-match", "\"plain\""}};
  Validators plain_only;
  plain_only.etag = "\"plain\"";
  CHECK(choose(request, plain_only).not_modified);
  CHECK((choose(request, plain_only).coding == Coding::identity));
}

TEST_CASE("a date of HTTP is read in its three forms and in no other") {
  CHECK(parse_http_date("Sun, 06 Nov 1994 08:49:37 GMT") == modified);
  CHECK(parse_http_date("Sunday, 06-Nov-94 08:49:37 GMT") == modified);
  CHECK(parse_http_date("Sun Nov  6 08:49:37 1994") == modified);
  CHECK(parse_http_date("Wed Nov 16 08:49:37 1994") == modified + std::chrono::days(10));
  CHECK(parse_http_date(format_http_date(modified)) == modified);
  for (const auto* text :
       {"", "Sun", "Sun, 06 Nov 1994", "Sun, 6 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 1994 08:49:37 +0000",
        "Sun, 06 Nov 1994 08:49:37 GMT ", "Sun, 31 Feb 1994 08:49:37 GMT", "Sun, 06 Nov 1994 24:00:00 GMT",
        "Sun, 06 Nov 1994 08:60:00 GMT", "Sun, -6 Nov 1994 08:49:37 GMT", "Sun, 06 Nov -994 08:49:37 GMT",
        "sun, 06 nov 1994 08:49:37 gmt", "1994-11-06T08:49:37Z", "784111777", "Sun Nov 6 08:49:37 1994"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_http_date(text));
  }
}

}  // namespace convoke::web
