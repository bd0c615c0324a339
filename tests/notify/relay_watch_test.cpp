#include "notify/relay_watch.hpp"

#include "tests/notify/samples.hpp"
#include "tests/support/catch.hpp"

using namespace convoke;
using namespace convoke::notify;
using namespace convoke::notify::samples;
using namespace std::chrono_literals;

namespace {

const Instant began = at("2024-11-01T09:00:00Z");

Delivery refused(std::string reply) {
  return {Outcome::refused, std::move(reply), false, false};
}

Delivery gone() {
  return {Outcome::retry_later, "connection refused", true, false};
}

}  // namespace

TEST_CASE("the pauses for a relay that cannot be reached grow from a minute to an hour") {
  RelayWatch watch("seed", true);
  Instant now = began;
  std::vector<std::chrono::seconds> pauses;
  for (int i = 0; i < 9; ++i) {
    CHECK_FALSE(watch.holds(now));
    watch.note(gone(), now);
    CHECK(watch.holds(now));
    CHECK(watch.holds(watch.held_until() - 1s));
    pauses.push_back(watch.held_until() - now);
    now = watch.held_until();
  }
  const std::vector<std::chrono::minutes> least = {1min, 2min, 4min, 8min, 16min, 32min, 60min, 60min, 60min};
  for (std::size_t i = 0; i < least.size(); ++i) {
    CHECK(pauses[i] >= least[i]);
    CHECK(pauses[i] * 5 <= std::chrono::seconds{least[i]} * 6);
  }
  watch.note(Delivery::done("250 ok"), now);
  CHECK_FALSE(watch.holds(now));
  watch.note(gone(), now);
  CHECK(watch.held_until() - now <= 72s);  // from the beginning again
}

TEST_CASE("several mails that were on their way when the relay went are one failure") {
  RelayWatch watch("seed", true);
  watch.note(gone(), began);
  const auto until = watch.held_until();
  watch.note(gone(), began + 1s);
  watch.note(gone(), until - 1s);
  CHECK(watch.held_until() == until);
  watch.note(gone(), until);
  CHECK(watch.held_until() >= until + 2min);
}

TEST_CASE("words that speak of the relay and words that speak of an address are told apart") {
  for (const auto* policy :
       {"554 5.7.1 <a@b.org>: Relay access denied", "550 5.7.54 SMTP; Unable to relay recipient",
        "550 relay not permitted", "550 Relaying denied", "530 5.7.0 Must issue a STARTTLS command first",
        "535 5.7.8 wrong", "503 5.5.1 Error: need MAIL command", "550 5.7.1 not today"}) {
    CAPTURE(policy);
    CHECK(refuses_by_policy(policy));
  }
  for (const auto* address : {"550 5.1.1 <a@b.org> unknown", "550 5.1.1 relay@b.org unknown",
                              "552 5.2.2 over quota", "552 5.3.4 too big", "550 no such user",
                              "554 5.6.0 not like this", "450 4.7.1 relay busy", "", "5"}) {
    CAPTURE(address);
    CHECK_FALSE(refuses_by_policy(address));
  }
}

TEST_CASE("after three refusals by policy in a row the relay is taken to turn everybody away") {
  RelayWatch watch("seed", true);
  for (int i = 0; i < RelayWatch::believed_refusals; ++i) {
    CHECK(watch.note(refused("554 5.7.1 Relay access denied"), began).outcome == Outcome::refused);
    CHECK_FALSE(watch.holds(began));
  }
  const auto fourth = watch.note(refused("554 5.7.1 Relay access denied"), began);
  CHECK(fourth.outcome == Outcome::retry_later);
  CHECK(fourth.unreachable);
  CHECK(fourth.reply == "554 5.7.1 Relay access denied");
  CHECK(watch.holds(began));
  // Unknown addresses are believed all the same, and are no sign that it is well.
  CHECK(watch.note(refused("550 5.1.1 unknown"), began).outcome == Outcome::refused);
  CHECK(watch.note(refused("554 5.7.1 Relay access denied"), began).outcome == Outcome::retry_later);
  // Whoever takes a mail relays again.
  watch.note(Delivery::done("250 ok"), began + 5min);
  CHECK(watch.note(refused("554 5.7.1 no"), began + 5min).outcome == Outcome::refused);
}

TEST_CASE("any number of unknown addresses is believed") {
  RelayWatch watch("seed", true);
  for (int i = 0; i < 100; ++i)
    CHECK(watch.note(refused("550 5.1.1 unknown"), began).outcome == Outcome::refused);
  CHECK_FALSE(watch.holds(began));
}

TEST_CASE("a door that is no mail relay is never taken to turn everybody away") {
  RelayWatch watch("seed", false);
  for (int i = 0; i < 100; ++i) CHECK(watch.note(refused("530 5.7.0 no"), began).outcome == Outcome::refused);
}
