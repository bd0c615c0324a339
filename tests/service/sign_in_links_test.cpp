// Signing in by a link from a mail, and a forgotten password (threats B1, B5, B6).
#include "service/sign_in_links.hpp"

#include "service/sign_in_tries.hpp"
#include "tests/service/account_fixture.hpp"
#include "tests/support/account_mail.hpp"

using namespace convoke;
using namespace convoke::service;
using namespace convoke::service::testing;
using convoke::tests::account_rows;
using convoke::tests::composed;
using convoke::tests::newest_token;

namespace {

const std::string login = "o@example.org";
constexpr auto mailed = ReminderReason::sign_in;

struct Links : AccountFixture {
  Links() { add(login, AccountRole::organiser); }

  Result<bool> asks(const std::string& address, const std::string& peer = "") {
    LinkRequest wanted;
    wanted.login = address;
    wanted.peer = peer;
    return request_sign_in_link(context, wanted).wait();
  }
  std::string token() { return newest_token(context.store, login, mailed); }
  std::size_t mails() { return account_rows(context.store, login, mailed).size(); }
  Result<NewSession> uses(const std::string& with_token, std::optional<std::string> password = {}) {
    SignInLinkUse use;
    use.token = with_token;
    use.password = std::move(password);
    return take_sign_in_link(context, use).wait();
  }
};

Errc code_of(const auto& result) {
  REQUIRE_FALSE(result);
  return result.error().code;
}

}  // namespace

TEST_CASE("a link by mail signs in once and within an hour") {
  Links links;
  REQUIRE(links.asks(" O@Example.org"));
  const auto rows = account_rows(links.context.store, login, mailed);
  REQUIRE(rows.size() == 1);
  auto mail = composed(links.context.store, rows[0], links.clock.now());
  REQUIRE(mail.kind == notify::Composition::Kind::send);
  const auto sent = mail.write();
  CHECK(sent.to == login);
  CHECK(sent.copy.text.find("https://plans.example.org/login/link/…") != std::string::npos);
  const auto token = links.token();
  CHECK(sent.copy.text.find(token) == std::string::npos);
  for (int i = 0; i < 5; ++i) CHECK(view_sign_in_link(links.context, token).wait()->login == login);
  const auto session = links.uses(token);
  REQUIRE(session);
  CHECK(links.opens(session->cookie));
  CHECK(code_of(links.uses(token)) == Errc::gone);
  CHECK(code_of(view_sign_in_link(links.context, token).wait()) == Errc::gone);
  CHECK(links.signs_in(login).who.login == login);  // the password stays

  REQUIRE(links.asks(login));
  const auto second = links.token();
  links.later(notify::sign_in_link_lifetime - std::chrono::seconds{1});
  CHECK(view_sign_in_link(links.context, second).wait());
  links.later(std::chrono::seconds{1});
  CHECK(code_of(links.uses(second)) == Errc::gone);
  CHECK(code_of(links.uses(std::string(64, 'a'))) == Errc::not_found);
}

TEST_CASE("a newer link ends the one before it") {
  Links links;
  REQUIRE(links.asks(login));
  const auto first = links.token();
  links.later(std::chrono::minutes{1});
  REQUIRE(links.asks(login));
  CHECK(code_of(links.uses(first)) == Errc::gone);
  const auto rows = account_rows(links.context.store, login, mailed);
  CHECK(composed(links.context.store, rows[0], links.clock.now()).kind == notify::Composition::Kind::drop);
  CHECK(links.uses(links.token()));
}

TEST_CASE("a forgotten password is set anew and every session before ends") {
  Links links;
  const auto before = links.signs_in(login);
  REQUIRE(links.asks(login));
  const auto token = links.token();
  CHECK(code_of(links.uses(token, "short")) == Errc::invalid_input);
  const auto session = links.uses(token, other_good_password);
  REQUIRE(session);
  CHECK_FALSE(links.opens(before.cookie));
  CHECK(links.opens(session->cookie));
  CHECK(links.refusal(login, good_password) == Errc::unauthenticated);
  CHECK(links.try_sign_in(login, other_good_password));
  CHECK(code_of(links.uses(token, good_password)) == Errc::gone);
}

TEST_CASE("whoever asks for a link for an unknown or closed account hears the same and no mail goes out") {
  Links links;
  AccountChange closing;
  closing.closed = true;
  links.add("closed@example.org");
  REQUIRE(change_account(links.context, editor, "closed@example.org", closing).wait());
  for (const auto* address : {"nobody@example.org", "closed@example.org", "", "no address", "x@y\r\nz"}) {
    CAPTURE(address);
    const auto asked = links.asks(address);
    REQUIRE(asked);
    CHECK(*asked);
  }
  CHECK(account_rows(links.context.store, "closed@example.org", mailed).empty());
  const auto all = links.context.store.read([](db::Unit& unit) { return unit.reminders().list({}).size(); });
  auto counted = all;
  CHECK(std::move(counted).wait().value() == 0);
}

TEST_CASE("an address gets three mails an hour and more asking is met with silence") {
  Links links;
  for (int i = 0; i < most_sign_in_links_an_hour + 3; ++i) {
    links.later(std::chrono::seconds{1});
    CHECK(links.asks(login));
  }
  CHECK(links.mails() == most_sign_in_links_an_hour);
  CHECK(links.uses(links.token()));  // the last one acts
  links.later(std::chrono::hours{1});
  CHECK(links.asks(login));
  CHECK(links.mails() == most_sign_in_links_an_hour + 1);
}

TEST_CASE("one network asks for ten links in a quarter of an hour whoever they are for") {
  Links links;
  for (std::size_t i = 0; i < SignInTries::most_mails_asked; ++i)
    CHECK(links.asks(std::to_string(i) + "@example.org", "192.0.2.7"));
  const auto refused = links.asks("more@example.org", "192.0.2.7");
  CHECK(code_of(refused) == Errc::limit_exceeded);
  CHECK(std::stoi(refused.error().message) > 0);
  CHECK(code_of(links.asks(login, "192.0.2.7")) == Errc::limit_exceeded);
  CHECK(links.asks(login, "192.0.2.8"));
  links.later(SignInTries::window);
  CHECK(links.asks(login, "192.0.2.7"));
}

TEST_CASE("asking for an unknown address costs as much as for a known one") {
  Links links;
  constexpr int tries = 300;
  double known = 0, unknown = 0;
  const auto add = [&links](const std::string& address, double& sum) {
    const auto begun = std::chrono::steady_clock::now();
    REQUIRE(links.asks(address));
    sum += std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begun).count();
  };
  // In turns, so that a slow moment of the disk falls on both.
  for (int i = 0; i < tries; ++i) {
    links.later(std::chrono::minutes{30});  // below the limit of an hour
    add(login, known);
    add("nobody@example.org", unknown);
  }
  CHECK(links.mails() == tries);
  WARN("asking for a link: known " << known / tries << " ms, unknown " << unknown / tries << " ms");
  CHECK(std::abs(known - unknown) / tries < 5);
}
