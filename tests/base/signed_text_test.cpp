#include "base/signed_text.hpp"

#include "tests/support/catch.hpp"

#include <set>

using namespace convoke;

namespace {

const std::string key = "q83vEjRWeJq83vEjRWeJq83vEjRWeJq83vEjRWeJq80";

}  // namespace

TEST_CASE("a signed text comes back as it was given") {
  for (const std::string text : {"", "done\n12\nperson:3", "рада об'єднання", "a.b"})
    CHECK(verified_text(key, "answer", sign_text(key, "answer", text)) == text);
}

TEST_CASE("a signed text is refused with one byte changed or for another purpose or with another key") {
  const auto token = sign_text(key, "answer", "done|12|person:3");
  for (std::size_t i = 0; i < token.size(); ++i) {
    auto changed = token;
    changed[i] = changed[i] == 'A' ? 'B' : 'A';
    const auto text = verified_text(key, "answer", changed);
    // The last letter of base64 may have spare bits, and those must be zero: so no change passes.
    CHECK_FALSE(text.has_value());
  }
  CHECK_FALSE(verified_text(key, "unsubscribe", token));
  CHECK_FALSE(verified_text(key, "answe", token));
  CHECK_FALSE(verified_text(new_signing_key(), "answer", token));
  CHECK_FALSE(verified_text(key, "answer", token + "A"));
  CHECK_FALSE(verified_text(key, "answer", ""));
  CHECK_FALSE(verified_text(key, "answer", "."));
  CHECK_FALSE(verified_text(key, "answer", std::string(5000, 'A') + "." + std::string(22, 'A')));
}

TEST_CASE("a purpose and a text never run together") {
  CHECK(sign_text(key, "a", "bc") != sign_text(key, "ab", "c"));
  CHECK_FALSE(verified_text(key, "ab", sign_text(key, "a", "bc")));
}

TEST_CASE("keys are made new each time") {
  std::set<std::string> keys;
  for (int i = 0; i < 100; ++i) keys.insert(new_signing_key());
  CHECK(keys.size() == 100);
}

// RFC 4231, test case 2.
TEST_CASE("the signature of a webhook is the HMAC that everybody computes") {
  CHECK(hmac_sha256_hex("Jefe", "what do ya want for nothing?") ==
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
}
