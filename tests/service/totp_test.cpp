// Codes of a second factor: RFC 4226, RFC 6238, RFC 4648.
#include "service/totp.hpp"

#include "tests/support/catch.hpp"

using namespace convoke;
using namespace convoke::service;

namespace {

Instant at(std::int64_t seconds) {
  return Instant{std::chrono::seconds{seconds}};
}

}  // namespace

TEST_CASE("the codes are those that RFC 6238 prints for SHA-1") {
  const std::pair<std::int64_t, const char*> rows[] = {
      {59, "94287082"},         {1111111109, "07081804"}, {1111111111, "14050471"},
      {1234567890, "89005924"}, {2000000000, "69279037"}, {20000000000, "65353130"},
  };
  for (const auto& [seconds, code] : rows) {
    CAPTURE(seconds);
    CHECK(hotp("12345678901234567890", static_cast<std::uint64_t>(seconds / 30), 8) == code);
  }
}

TEST_CASE("the codes are those that RFC 4226 prints for a counter") {
  const char* const codes[] = {"755224", "287082", "359152", "969429", "338314",
                               "254676", "287922", "162583", "399871", "520489"};
  for (std::uint64_t counter = 0; counter < 10; ++counter)
    CHECK(hotp("12345678901234567890", counter) == codes[counter]);
}

TEST_CASE("a key longer than a block of SHA-1 is hashed first") {
  // HMAC-SHA-1 of RFC 2202 case 6 cannot be seen through six digits: that both ways differ can.
  CHECK(hotp(std::string(64, 'k'), 1) != hotp(std::string(65, 'k'), 1));
  CHECK(hotp(std::string(65, 'k'), 1) != hotp(std::string(66, 'k'), 1));
}

TEST_CASE("base32 is that of RFC 4648 without padding and in any case") {
  const std::pair<const char*, const char*> rows[] = {{"", ""},
                                                      {"f", "MY"},
                                                      {"fo", "MZXQ"},
                                                      {"foo", "MZXW6"},
                                                      {"foob", "MZXW6YQ"},
                                                      {"fooba", "MZXW6YTB"},
                                                      {"foobar", "MZXW6YTBOI"}};
  for (const auto& [bytes, text] : rows) {
    CHECK(to_base32(bytes) == text);
    CHECK(from_base32(text) == std::string(bytes));
  }
  CHECK(from_base32("mzxw6ytboi") == std::string("foobar"));
  for (const auto* wrong : {"MZ1W", "MZ=", "M Z", "МZ", "M0"}) CHECK_FALSE(from_base32(wrong));
  const auto key = new_totp_key();
  CHECK(is_totp_key(key));
  CHECK(key != new_totp_key());
  for (const auto& wrong : {std::string(), key.substr(1), key + "A", std::string(32, '1')})
    CHECK_FALSE(is_totp_key(wrong));
}

TEST_CASE("a code is taken one step early or late and no further") {
  const auto key = to_base32("12345678901234567890");
  const std::int64_t step = 1000;
  const auto code = hotp("12345678901234567890", step);
  CHECK(step_of_code(key, code, at(step * 30), 0) == step);
  CHECK(step_of_code(key, code, at(step * 30 + 29), 0) == step);
  CHECK(step_of_code(key, code, at(step * 30 - 30), 0) == step);
  CHECK(step_of_code(key, code, at(step * 30 + 59), 0) == step);
  CHECK_FALSE(step_of_code(key, code, at(step * 30 - 31), 0));
  CHECK_FALSE(step_of_code(key, code, at(step * 30 + 60), 0));
}

TEST_CASE("a code that was taken is not taken again nor one before it") {
  const auto key = to_base32("12345678901234567890");
  const std::int64_t step = 1000;
  const auto now = at(step * 30);
  const auto code = hotp("12345678901234567890", step);
  const auto before = hotp("12345678901234567890", step - 1);
  CHECK(step_of_code(key, code, now, step - 1) == step);
  CHECK_FALSE(step_of_code(key, code, now, step));
  CHECK_FALSE(step_of_code(key, before, now, step));
  CHECK(step_of_code(key, before, now, step - 2) == step - 1);
}

TEST_CASE("a code is six digits with or without spaces and nothing else") {
  const auto key = to_base32("12345678901234567890");
  const auto now = at(59);
  CHECK(step_of_code(key, "287 082", now, 0) == 1);
  for (const auto& wrong :
       {std::string(), std::string("28708"), std::string("2870820"), std::string("28708x"),
        std::string("-87082"), std::string("287082\0", 7), std::string(10'000, '2')})
    CHECK_FALSE(step_of_code(key, wrong, now, 0));
  CHECK_FALSE(step_of_code("not a key", "287082", now, 0));
  CHECK_FALSE(step_of_code("", "287082", now, 0));
}

TEST_CASE("the address in the QR code names the account and escapes what it is called") {
  CHECK(totp_uri("JBSWY3DP", "o+k@example.org", "Convoke") ==
        "otpauth://totp/Convoke:o%2Bk%40example.org?secret=JBSWY3DP&issuer=Convoke");
}
