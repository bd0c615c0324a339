#include "notify/retry.hpp"

#include "tests/support/catch.hpp"

#include <set>

using namespace convoke::notify;
using namespace std::chrono_literals;

TEST_CASE("a mail is tried again after 1 2 4 8 16 32 and then every 60 minutes") {
  const std::vector<std::chrono::seconds> pauses = {1min,  2min,  4min,  8min, 16min,
                                                    32min, 60min, 60min, 60min};
  for (std::size_t i = 0; i < pauses.size(); ++i) {
    const auto delay = retry_delay(static_cast<int>(i) + 1, "<a@b>");
    CHECK(delay >= pauses[i]);
    CHECK(delay <= pauses[i] + pauses[i] / 5);
  }
  CHECK(retry_delay(1000, "<a@b>") >= 60min);
  CHECK(retry_delay(0, "<a@b>") >= 1min);
}

TEST_CASE("mails that failed together do not come back in the same second") {
  std::set<std::chrono::seconds> delays;
  for (int i = 0; i < 100; ++i) delays.insert(retry_delay(7, std::to_string(i)));
  CHECK(delays.size() > 50);
  CHECK(retry_delay(3, "same") == retry_delay(3, "same"));
}

TEST_CASE("a relay's words are kept without addresses") {
  CHECK(without_addresses("550 5.1.1 <a.b@example.org>: Recipient\r\n unknown") ==
        "550 5.1.1 <address> Recipient unknown");
  CHECK(without_addresses("452 \x1b[31mfull\x01").find('\x1b') == std::string::npos);
  CHECK(without_addresses("\xff\xfe") == "\xEF\xBF\xBD\xEF\xBF\xBD");
  CHECK(without_addresses(std::string(5000, 'x')).size() < 250);
}
