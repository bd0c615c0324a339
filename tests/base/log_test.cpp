#include "base/log.hpp"

#include "tests/support/catch.hpp"

using namespace convoke;

TEST_CASE("a log line is one JSON object and hostile text stays inside its string") {
  const auto line = log::format_line(log::Level::warning, "mail.refused",
                                     {{"reply", "550 no\r\n{\"x\":\"y\"}\x1b[2J"}, {"attempt", 3}, {"final", true}});
  CHECK(line ==
        "{\"level\":\"warning\",\"event\":\"mail.refused\",\"reply\":\"550 "
        "no\\u000d\\u000a{\\\"x\\\":\\\"y\\\"}\\u001b[2J\",\"attempt\":3,\"final\":true}");
}
