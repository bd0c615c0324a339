#include "notify/answer_links.hpp"

#include "base/signed_text.hpp"
#include "tests/support/catch.hpp"

using namespace convoke;
using namespace convoke::notify;

namespace {

const std::string key = "q83vEjRWeJq83vEjRWeJq83vEjRWeJq83vEjRWeJq80";
const Instant now{std::chrono::seconds{1'790'000'000}};

AnswerLink sample() {
  AnswerLink link;
  link.purpose = LinkPurpose::postpone;
  link.event = EventId{14};
  link.occurrence = "2026-03-31";
  link.who = "person:3";
  link.expires = now + link_lifetime;
  return link;
}

}  // namespace

TEST_CASE("a link in a mail says again what it was made for") {
  for (std::size_t i = 0; i < link_purpose_count; ++i) {
    AnswerLink link = sample();
    link.purpose = static_cast<LinkPurpose>(i);
    link.answer = AnswerId{static_cast<std::int64_t>(i)};
    const auto read = read_link(key, token_of(key, link), now);
    REQUIRE(read);
    CHECK(*read == link);
    CHECK(link_purpose_of(name_of(link.purpose)) == link.purpose);
  }
}

TEST_CASE("a link in a mail acts to the second of its expiry and no longer") {
  const auto token = token_of(key, sample());
  CHECK(read_link(key, token, now + link_lifetime));
  const auto late = read_link(key, token, now + link_lifetime + std::chrono::seconds{1});
  REQUIRE_FALSE(late);
  CHECK(late.error().code == Errc::gone);
  AnswerLink endless = sample();
  endless.expires.reset();
  CHECK(read_link(key, token_of(key, endless), now + 1000 * link_lifetime));
}

TEST_CASE("a link that we did not sign is no link") {
  const auto foreign = read_link(key, token_of(new_signing_key(), sample()), now);
  REQUIRE_FALSE(foreign);
  CHECK(foreign.error().code == Errc::not_found);
  // Signed with our key, but as something else.
  CHECK_FALSE(read_link(key, sign_text(key, "another thing", "done\n1\n\nperson:1\n0\n"), now));
  CHECK_FALSE(read_link(key, sign_text(key, "answer link 1", "done\n1\n\nperson:1\n0"), now));
  CHECK_FALSE(read_link(key, sign_text(key, "answer link 1", "burn\n1\n\nperson:1\n0\n"), now));
}

TEST_CASE("a stored copy of a mail has the links but not their tokens") {
  const auto url = answer_url("https://plans.example.org", key, sample());
  const auto text = without_tokens("Done: " + url + "\n<a href=\"" + url + "\">ok</a>");
  CHECK(text ==
        "Done: https://plans.example.org/answer/…\n<a href=\"https://plans.example.org/answer/…\">ok</a>");
  CHECK(without_tokens("see https://x.example/poll/ab-c.d_e now") == "see https://x.example/poll/… now");
  CHECK(without_tokens("nothing here") == "nothing here");
}
