// Which addresses people may have read from, and every trick known to reach another (threats E2).
#include "base/outside_address.hpp"

#include "tests/support/catch.hpp"

#include <string>
#include <vector>

using namespace convoke;

namespace {

std::string normal(std::string_view text) {
  const auto address = parse_outside_address(text);
  return address ? to_text(*address) : "refused";
}

bool may_be_read(std::string_view text) {
  const auto address = parse_outside_address(text);
  return address && check_outside(*address, OutsideExceptions{});
}

}  // namespace

TEST_CASE("an address is brought to one form whatever it was pasted from") {
  struct Row {
    std::string text, normal;
  };
  const std::vector<Row> rows = {
      {"https://library.example/a.ics", "https://library.example/a.ics"},
      {" https://library.example/a.ics \n", "https://library.example/a.ics"},
      {"HTTPS://Library.Example:443/A.ics", "https://library.example/A.ics"},
      {"http://library.example:80", "http://library.example/"},
      {"http://library.example:/x", "http://library.example/x"},
      {"webcal://library.example/a.ics", "https://library.example/a.ics"},
      {"webcals://library.example/a.ics", "https://library.example/a.ics"},
      {"https://library.example./a", "https://library.example/a"},
      {"https://library.example?x=1", "https://library.example/?x=1"},
      {"https://library.example/a#b@c", "https://library.example/a"},
      {"https://library.example/a?u=x@y:z", "https://library.example/a?u=x@y:z"},
      {"https://library.example/події.ics", "https://library.example/%D0%BF%D0%BE%D0%B4%D1%96%D1%97.ics"},
      {"https://бібліотека.укр/a", "https://xn--80abaqzev6a7nc.xn--j1amh/a"},
      {"https://８.８.８.８/", "https://8.8.8.8/"},
      {"https://[2A00:1450::1]/a", "https://[2a00:1450::1]/a"},
      {"https://library.example:8443/a", "https://library.example:8443/a"},
  };
  for (const auto& row : rows) {
    CAPTURE(row.text);
    CHECK(normal(row.text) == row.normal);
    CHECK(normal(normal(row.text)) == normal(row.text));
  }
}

TEST_CASE("an address that libraries would read each in its own way is refused") {
  const std::vector<std::string> refused = {
      "",
      "library.example/a.ics",
      "file:///etc/passwd",
      "gopher://library.example/_x",
      "ftp://library.example/a.ics",
      "javascript:alert(1)",
      "https:library.example",
      "https:///a",
      "https://",
      "https://user@library.example/",
      "https://user:word@library.example/",
      "https://library.example@127.0.0.1/",
      "https://library.example%40127.0.0.1/",
      "https://library.example\\@127.0.0.1/",
      "https://library.example/a\r\nHost: x",
      "https://library.example/a b",
      "https://library.example\t/",
      "https://library.example/\x7f",
      "https://library.example:0/",
      "https://library.example:65536/",
      "https://library.example:+80/",
      "https://library.example:80:80/",
      "https://library..example/",
      "https://.library.example/",
      "https://library.example../",
      "https://127.1/",
      "https://0x7f.1/",
      "https://0x7f000001/",
      "https://2130706433/",
      "https://017700000001/",
      "https://0177.0.0.1/",
      "https://127.0.0.01/",
      "https://1.2.3.4.5/",
      "https://256.1.1.1/",
      "https://x.0x1/",
      "https://[::1%25eth0]/",
      "https://[fe80::1%eth0]/",
      "https://[::1/",
      "https://::1/",
      "https://[1.2.3.4]/",
      "https://[v1.fe80]/",
      "https://[::1]x/",
      "https://\xff.example/",
      "https://" + std::string(longest_outside_address, 'a') + ".example/",
      "https://" + std::string(64, 'a') + ".example/",
  };
  for (const auto& text : refused) {
    CAPTURE(text);
    CHECK(normal(text) == "refused");
  }
  std::string longest = "https://a.example/";
  longest += std::string(longest_outside_address - longest.size(), 'x');
  CHECK(parse_outside_address(longest));
  CHECK_FALSE(parse_outside_address(longest + "x"));
}

TEST_CASE("only machines of the public internet may be read from") {
  struct Row {
    const char* address;
    bool is_public;
  };
  const std::vector<Row> rows = {
      {"8.8.8.8", true},
      {"93.184.216.34", true},
      {"9.255.255.255", true},
      {"11.0.0.0", true},
      {"100.63.255.255", true},
      {"100.128.0.0", true},
      {"172.15.255.255", true},
      {"172.32.0.0", true},
      {"192.167.255.255", true},
      {"223.255.255.255", true},
      {"0.0.0.0", false},
      {"0.1.2.3", false},
      {"10.0.0.1", false},
      {"100.64.0.0", false},
      {"100.127.255.255", false},
      {"127.0.0.1", false},
      {"127.255.255.254", false},
      {"169.254.169.254", false},
      {"172.16.0.0", false},
      {"172.31.255.255", false},
      {"192.0.0.8", false},
      {"192.0.2.1", false},
      {"192.88.99.1", false},
      {"192.168.1.1", false},
      {"198.18.0.1", false},
      {"198.19.255.255", false},
      {"198.51.100.7", false},
      {"203.0.113.7", false},
      {"224.0.0.1", false},
      {"239.255.255.255", false},
      {"240.0.0.1", false},
      {"255.255.255.255", false},
      {"2a00:1450:4001:80b::200e", true},
      {"2001:4860:4860::8888", true},
      {"2001:200::1", true},
      {"3ffe::1", true},
      {"::", false},
      {"::1", false},
      {"::7f00:1", false},
      {"::ffff:127.0.0.1", false},
      {"::ffff:10.1.2.3", false},
      {"::ffff:8.8.8.8", true},
      {"64:ff9b::7f00:1", false},
      {"64:ff9b::a9fe:a9fe", false},
      {"64:ff9b::808:808", true},
      {"64:ff9b:1::808:808", false},
      {"100::1", false},
      {"2001::1", false},
      {"2001:0:7f00:1::", false},
      {"2001:1ff:ffff::1", false},
      {"2001:db8::1", false},
      {"2002:7f00:1::", false},
      {"2002:a00:1::1", false},
      {"2002:808:808::1", false},
      {"3fff::1", false},
      {"3fff:fff::1", false},
      {"3fff:1000::1", true},
      {"2a00:1450::5efe:7f00:1", false},
      {"2a00:1450::200:5efe:a00:1", false},
      {"2a00:1450::5efe:808:808", true},
      {"fc00::1", false},
      {"fd12:3456::1", false},
      {"fe80::1", false},
      {"fec0::1", false},
      {"ff02::1", false},
      {"4000::1", false},
  };
  for (const auto& row : rows) {
    CAPTURE(row.address);
    const auto address = parse_ip(row.address);
    REQUIRE(address);
    CHECK(is_public(*address) == row.is_public);
    const std::string host = address->v6 ? "[" + std::string(row.address) + "]" : row.address;
    CHECK(may_be_read("https://" + host + "/a.ics") == row.is_public);
  }
}

TEST_CASE("only the ports of the web may be read from") {
  CHECK(may_be_read("http://library.example/"));
  CHECK(may_be_read("https://library.example:80/"));
  CHECK(may_be_read("http://library.example:443/"));
  for (const auto* port : {"1", "22", "25", "79", "81", "442", "444", "6379", "8080", "8443"})
    CHECK_FALSE(may_be_read("http://library.example:" + std::string(port) + "/"));
  CHECK_FALSE(may_be_read("https://127.0.0.1./a"));
  CHECK_FALSE(may_be_read("https://１２７.0.0.1/a"));
}

TEST_CASE("the operator's exceptions are of one host and one port") {
  const auto exceptions = OutsideExceptions::parse("127.0.0.1:8080, Calendar.Intern:81,[::1]:9");
  REQUIRE(exceptions);
  const auto allowed = [&](std::string_view text) {
    const auto address = parse_outside_address(text);
    return address && check_outside(*address, *exceptions);
  };
  CHECK(allowed("http://127.0.0.1:8080/a"));
  CHECK(allowed("http://calendar.intern:81/a"));
  CHECK(allowed("http://[::1]:9/a"));
  CHECK_FALSE(allowed("http://127.0.0.1:8081/a"));
  CHECK_FALSE(allowed("http://127.0.0.1/a"));
  CHECK_FALSE(allowed("http://127.0.0.2:8080/a"));
  CHECK_FALSE(allowed("http://localhost:8080/a"));
  CHECK_FALSE(allowed("http://other.intern:81/a"));
  CHECK(OutsideExceptions::parse(""));
  for (const auto* list : {"127.0.0.1", "host", "host:", ":80", "host:0", "http://host:80", "host:80/x",
                           "u@host:80", "[::1]", "a:1,b", "ho st:1"}) {
    CAPTURE(list);
    CHECK_FALSE(OutsideExceptions::parse(list));
  }
}

TEST_CASE("a redirect leads where its words say and never from https to http") {
  const auto base = parse_outside_address("https://library.example/calendars/all.ics?lang=uk");
  REQUIRE(base);
  struct Row {
    std::string location, target;
  };
  const std::vector<Row> rows = {
      {"https://other.example/x", "https://other.example/x"},
      {"//other.example/x", "https://other.example/x"},
      {"/x", "https://library.example/x"},
      {"new.ics", "https://library.example/calendars/new.ics"},
      {"?lang=ru", "https://library.example/calendars/all.ics?lang=ru"},
      {"", "https://library.example/calendars/all.ics"},
      {"webcal://other.example/x", "https://other.example/x"},
      {"http://other.example/x", "refused"},
      {"file:///etc/passwd", "refused"},
      {"https://user@other.example/", "refused"},
      {"https://other.example/\r\nX: y", "refused"},
      {"//127.1/", "refused"},
      {"gopher:x", "refused"},
  };
  for (const auto& row : rows) {
    CAPTURE(row.location);
    const auto address = redirected(*base, row.location);
    CHECK((address ? to_text(*address) : "refused") == row.target);
  }
  const auto plain = parse_outside_address("http://library.example/a");
  CHECK(redirected(*plain, "https://library.example/b"));
  CHECK(redirected(*plain, "http://library.example/b"));
}
