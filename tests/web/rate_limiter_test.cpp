#include "web/rate_limiter.hpp"

#include "tests/support/catch.hpp"

using namespace convoke::web;
using namespace std::chrono_literals;

namespace {

const RateLimiter::Time start{1000h};

CountedAddress client(const char* address) {
  return counted_address(boost::asio::ip::make_address(address));
}

// How many of `tries` pass at this moment.
int passing(RateLimiter& limiter, const CountedAddress& who, int tries, bool changes, RateLimiter::Time now) {
  int passed = 0;
  for (int i = 0; i < tries; ++i)
    if (limiter.take(who, changes, now) == 0s) ++passed;
  return passed;
}

}  // namespace

TEST_CASE("six hundred requests a minute pass and one more is told when to come again") {
  RateLimiter limiter{Limits()};
  const auto who = client("192.0.2.1");
  CHECK(passing(limiter, who, 600, false, start) == 600);
  CHECK(limiter.take(who, false, start) == 1s);
  // A tenth of a second is one request's share, and what was refused did not count.
  CHECK(limiter.take(who, false, start + 99ms) == 1s);
  CHECK(limiter.take(who, false, start + 100ms) == 0s);
  CHECK(limiter.take(who, false, start + 100ms) == 1s);
  CHECK(passing(limiter, who, 700, false, start + 100ms + 30s) == 300);
  CHECK(passing(limiter, who, 700, false, start + 1h) == 600);
}

TEST_CASE("sixty changes a minute pass and reading goes on after them") {
  RateLimiter limiter{Limits()};
  const auto who = client("192.0.2.1");
  CHECK(passing(limiter, who, 60, true, start) == 60);
  CHECK(limiter.take(who, true, start) == 1s);
  CHECK(passing(limiter, who, 600, false, start) == 540);
  CHECK(limiter.take(who, true, start + 999ms) == 1s);
  CHECK(limiter.take(who, true, start + 1s) == 0s);
}

TEST_CASE("who waits as long as told to passes") {
  Limits limits;
  limits.changes_per_minute = 7;  // no whole number of seconds each
  RateLimiter limiter(limits);
  const auto who = client("192.0.2.1");
  CHECK(passing(limiter, who, 8, true, start) == 7);
  auto now = start;
  for (int i = 0; i < 20; ++i) {
    const auto wait = limiter.take(who, true, now);
    REQUIRE(wait > 0s);
    CHECK(wait <= 9s);
    now += wait;
    CHECK(passing(limiter, who, 3, true, now) == 1);
  }
}

TEST_CASE("one client does not use up the requests of another") {
  RateLimiter limiter{Limits()};
  CHECK(passing(limiter, client("192.0.2.1"), 601, false, start) == 600);
  CHECK(limiter.take(client("192.0.2.2"), false, start) == 0s);
  CHECK(limiter.take(client("2001:db8::1"), false, start) == 0s);
}

TEST_CASE("a network of 64 bits is one client and an IPv4 address is one in any clothes") {
  CHECK(client("2001:db8:1:2::1") == client("2001:db8:1:2:ffff:ffff:ffff:ffff"));
  CHECK(client("2001:db8:1:2::1") != client("2001:db8:1:3::1"));
  CHECK(client("::ffff:192.0.2.1") == client("192.0.2.1"));
  CHECK(client("192.0.2.1") != client("192.0.2.2"));
  CHECK(client("c000:201::") != client("192.0.2.1"));  // the same first bytes
}

TEST_CASE("only so many addresses are counted and those seen last are kept") {
  Limits limits;
  limits.addresses_counted = 3;
  limits.requests_per_minute = 1;
  RateLimiter limiter(limits);
  for (const char* address : {"192.0.2.1", "192.0.2.2", "192.0.2.3"})
    CHECK(limiter.take(client(address), false, start) == 0s);
  CHECK(limiter.counted() == 3);
  CHECK(limiter.take(client("192.0.2.1"), false, start) ==
        60s);                                                    // full table, nobody forgotten; now the last
  CHECK(limiter.take(client("192.0.2.4"), false, start) == 0s);  // forgets 192.0.2.2
  CHECK(limiter.counted() == 3);
  CHECK(limiter.take(client("192.0.2.1"), false, start) > 0s);
  CHECK(limiter.take(client("192.0.2.3"), false, start) > 0s);
  CHECK(limiter.take(client("192.0.2.2"), false, start) == 0s);
  CHECK(limiter.counted() == 3);
}
