// The second step of signing in.
#include "service/second_factor.hpp"

#include "service/sign_in_tries.hpp"
#include "service/totp.hpp"
#include "tests/service/account_fixture.hpp"

#include <set>

using namespace convoke;
using namespace convoke::service;
using namespace convoke::service::testing;

namespace {

const std::string login = "o@example.org";

struct Factor : AccountFixture {
  SignedIn who;
  std::string cookie, key;
  std::vector<std::string> codes;

  Factor() {
    add(login, AccountRole::organiser);
    const auto session = signs_in(login);
    who = session.who;
    cookie = session.cookie;
  }
  std::string code(std::chrono::seconds ahead = {}) const {
    const auto step = (clock.now() + ahead).time_since_epoch() / totp_step_length;
    return hotp(*from_base32(key), static_cast<std::uint64_t>(step));
  }
  void begin() {
    const auto offered = offer_key(who);
    key = offered.key;
    auto made = begin_second_factor(context, who, offered.sealed, code()).wait();
    if (!made) FAIL(made.error().message);
    codes = *made;
    later(totp_step_length);
  }
  std::string ticket() {
    const auto session = signs_in(login);
    CHECK(session.cookie.empty());
    REQUIRE_FALSE(session.second_step.empty());
    return session.second_step;
  }
  Result<NewSession> steps(const std::string& with_ticket, const std::string& with_code,
                           const std::string& peer = "") {
    SecondStep step;
    step.ticket = with_ticket;
    step.code = with_code;
    step.peer = peer;
    return take_second_step(context, step).wait();
  }
};

Errc code_of(const auto& result) {
  REQUIRE_FALSE(result);
  return result.error().code;
}

}  // namespace

TEST_CASE("with a second factor the password alone signs nobody in") {
  Factor factor;
  const auto other = factor.signs_in(login);
  factor.begin();
  CHECK(factor.codes.size() == recovery_code_count);
  CHECK(std::set<std::string>(factor.codes.begin(), factor.codes.end()).size() == recovery_code_count);
  // The session that set it up goes on; every other one ends.
  CHECK(factor.opens(factor.cookie));
  CHECK_FALSE(factor.opens(other.cookie));
  const auto ticket = factor.ticket();
  CHECK_FALSE(factor.opens(ticket));
  const auto session = factor.steps(ticket, factor.code());
  REQUIRE(session);
  CHECK(factor.opens(session->cookie));
  CHECK(session->who.second_factor);
  CHECK(session->second_step.empty());
  CHECK_FALSE(session->device.empty());
}

TEST_CASE("a code is taken once even with another ticket") {
  Factor factor;
  factor.begin();
  const auto code = factor.code();
  REQUIRE(factor.steps(factor.ticket(), code));
  CHECK(code_of(factor.steps(factor.ticket(), code)) == Errc::unauthenticated);
  factor.later(totp_step_length);
  CHECK(factor.steps(factor.ticket(), factor.code()));
}

TEST_CASE("the code that switched the factor on does not sign in as well") {
  Factor factor;
  const auto offered = offer_key(factor.who);
  factor.key = offered.key;
  const auto code = factor.code();
  REQUIRE(begin_second_factor(factor.context, factor.who, offered.sealed, code).wait());
  CHECK(code_of(factor.steps(factor.ticket(), code)) == Errc::unauthenticated);
}

TEST_CASE("each recovery code signs in once however it is typed") {
  Factor factor;
  factor.begin();
  auto typed = factor.codes[0];
  for (auto& c : typed) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  CHECK(factor.steps(factor.ticket(), " " + typed + " "));
  CHECK(code_of(factor.steps(factor.ticket(), factor.codes[0])) == Errc::unauthenticated);
  CHECK(second_factor_of(factor.context, factor.who).wait().value().recovery_left == recovery_code_count - 1);
  const auto renewed = renew_recovery_codes(factor.context, factor.who, factor.code()).wait();
  REQUIRE(renewed);
  CHECK(code_of(factor.steps(factor.ticket(), factor.codes[1])) == Errc::unauthenticated);
  CHECK(factor.steps(factor.ticket(), renewed->at(1)));
}

TEST_CASE("after five wrong codes nobody tries on for a quarter of an hour") {
  Factor factor;
  factor.begin();
  const auto ticket = factor.ticket();
  for (std::size_t i = 0; i < SignInTries::most_codes; ++i)
    CHECK(code_of(factor.steps(ticket, "00000x")) == Errc::unauthenticated);
  const auto refused = factor.steps(ticket, factor.code());
  CHECK(code_of(refused) == Errc::limit_exceeded);
  CHECK(std::stoi(refused.error().message) > 0);
  factor.later(SignInTries::window);
  CHECK(factor.steps(factor.ticket(), factor.code()));
}

TEST_CASE("a ticket to the second step ends after ten minutes and with the password") {
  Factor factor;
  factor.begin();
  auto ticket = factor.ticket();
  factor.later(second_step_lifetime - std::chrono::seconds{1});
  CHECK(code_of(factor.steps(ticket, "000000")) == Errc::unauthenticated);
  factor.later(std::chrono::seconds{1});
  CHECK(code_of(factor.steps(ticket, factor.code())) == Errc::gone);
  ticket = factor.ticket();
  REQUIRE(set_password(factor.context, editor, login, other_good_password).wait());
  CHECK(code_of(factor.steps(ticket, factor.code())) == Errc::gone);
  for (const auto& wrong : {std::string(), std::string("1"), std::string("1."), std::string("999.a.b"),
                            ticket + "x", std::string(5'000, '1')})
    CHECK(code_of(factor.steps(wrong, factor.code())) == Errc::gone);
}

TEST_CASE("the ticket of one account opens no other") {
  Factor factor;
  factor.begin();
  const auto second = factor.add("p@example.org", AccountRole::organiser);
  const auto ticket = factor.ticket();
  const auto forged = std::to_string(second.value) + ticket.substr(ticket.find('.'));
  CHECK(code_of(factor.steps(forged, factor.code())) == Errc::gone);
}

TEST_CASE("a factor is in force only after its app has shown a code") {
  Factor factor;
  const auto offered = offer_key(factor.who);
  factor.key = offered.key;
  CHECK(code_of(begin_second_factor(factor.context, factor.who, offered.sealed, "000000").wait()) ==
        Errc::invalid_input);
  CHECK_FALSE(second_factor_of(factor.context, factor.who).wait().value().in_force);
  CHECK_FALSE(factor.signs_in(login).cookie.empty());
  // A key that another session was offered is refused.
  auto stranger = factor.who;
  stranger.csrf = "another";
  CHECK(code_of(begin_second_factor(factor.context, stranger, offered.sealed, factor.code()).wait()) ==
        Errc::invalid_input);
  factor.begin();
  CHECK(code_of(begin_second_factor(factor.context, factor.who, offer_key(factor.who).sealed, "1").wait()) ==
        Errc::conflict);
  factor.add("m@example.org");
  const auto member = factor.signs_in("m@example.org").who;
  CHECK(code_of(begin_second_factor(factor.context, member, offer_key(member).sealed, "1").wait()) ==
        Errc::forbidden);
}

TEST_CASE("switching the factor off asks a code and is not for who must have one") {
  Factor factor;
  factor.begin();
  CHECK(code_of(end_second_factor(factor.context, factor.who, "000000").wait()) == Errc::invalid_input);
  CHECK(end_second_factor(factor.context, factor.who, factor.code()).wait());
  CHECK_FALSE(factor.signs_in(login).cookie.empty());
  CHECK(code_of(end_second_factor(factor.context, factor.who, factor.code()).wait()) == Errc::not_found);
  factor.context.settings.require_totp = true;
  factor.add("a@example.org", AccountRole::administrator);
  auto session = factor.signs_in("a@example.org");
  auto who = session_of(factor.context, session.cookie).wait().value();
  CHECK(who.needs_factor);
  factor.who = who;
  factor.begin();
  CHECK_FALSE(session_of(factor.context, session.cookie).wait().value().needs_factor);
  CHECK(code_of(end_second_factor(factor.context, who, factor.code()).wait()) == Errc::conflict);
  CHECK_FALSE(must_have_factor(factor.context.settings, AccountRole::organiser));
}
