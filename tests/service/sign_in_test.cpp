// Who gets in, who does not, and for how long (threats B1, B2, B4, B7, B8, D7).
#include "base/id.hpp"
#include "base/log.hpp"
#include "base/worker.hpp"
#include "db/store.hpp"
#include "service/sign_in_tries.hpp"
#include "tests/service/account_fixture.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <future>
#include <iterator>
#include <mutex>
#include <semaphore>

using namespace convoke;
using namespace convoke::service;
using namespace convoke::service::testing;

namespace {

const std::string olena = "olena@library.example";

// Everything that stands in the files of a folder.
std::string bytes_of(const std::filesystem::path& folder) {
  std::string all;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    std::ifstream file(entry.path(), std::ios::binary);
    all.append(std::istreambuf_iterator<char>(file), {});
  }
  return all;
}

// Catches what is written to standard error, where the log goes.
class CaughtLog {
 public:
  explicit CaughtLog(const std::string& file)
      : before_(::dup(2)), into_(::open(file.c_str(), O_CREAT | O_WRONLY | O_APPEND, 0600)) {
    ::dup2(into_, 2);
  }
  ~CaughtLog() {
    ::dup2(before_, 2);
    ::close(before_);
    ::close(into_);
  }
  CaughtLog(const CaughtLog&) = delete;
  CaughtLog& operator=(const CaughtLog&) = delete;

 private:
  int before_, into_;
};

}  // namespace

TEST_CASE("somebody signs in with the address in any case and is who they are") {
  AccountFixture fixture;
  const auto id = fixture.add(olena, AccountRole::organiser);
  const auto session = fixture.signs_in("  Olena@Library.example ");
  CHECK(session.who.account == id);
  CHECK(session.who.login == olena);
  CHECK(session.who.role == AccountRole::organiser);
  CHECK(session.cookie.size() == 43);
  const auto who = session_of(fixture.context, session.cookie).wait();
  REQUIRE(who);
  CHECK(who->account == id);
  CHECK(who->session == session.who.session);
  CHECK(who->csrf == session.who.csrf);
  CHECK(who->csrf.size() == 64);
  CHECK(actor_of(*who).role == Role::editor);
  CHECK(actor_of(*who).name == "account:" + std::to_string(id.value));
}

TEST_CASE("a wrong password and an unknown login get the same words after the same work") {
  AccountFixture fixture;
  fixture.add(olena);
  fixture.add("closed@library.example");
  NewAccount without;
  without.login = "none@library.example";
  without.name = "None";
  fixture.add(without);
  AccountChange closing;
  closing.closed = true;
  REQUIRE(change_account(fixture.context, editor, "closed@library.example", closing).wait());

  std::vector<std::string> words;
  for (const std::string& login : {olena, std::string("nobody@library.example"),
                                   std::string("closed@library.example"), std::string("none@library.example"),
                                   std::string("no address"), std::string("\xff\xfe"), std::string()}) {
    CAPTURE(login);
    const auto runs = password_hash_runs();
    const auto refused = fixture.try_sign_in(login, login == olena ? "a wrong one, sorry" : good_password);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == Errc::unauthenticated);
    CHECK(password_hash_runs() == runs + 1);
    words.push_back(refused.error().message);
  }
  for (const auto& message : words) CHECK(message == words.front());
  const auto runs = password_hash_runs();
  CHECK(fixture.refusal(olena, std::string(257, 'x')) == Errc::unauthenticated);
  CHECK(fixture.refusal("nobody@library.example", std::string(257, 'x')) == Errc::unauthenticated);
  CHECK(password_hash_runs() == runs);  // too long to be anybody's
}

TEST_CASE("ten wrong passwords make strangers wait and the owner gets in from a browser known before") {
  AccountFixture fixture;
  fixture.add(olena);
  const auto device = fixture.signs_in(olena).device;
  for (int i = 0; i < 10; ++i) {
    CHECK(fixture.refusal(olena, "not the password at all", "192.0.2." + std::to_string(i)) ==
          Errc::unauthenticated);
    fixture.later(std::chrono::seconds{1});
  }
  const auto runs = password_hash_runs();
  const auto waiting = fixture.try_sign_in(olena, good_password, "192.0.2.77");
  REQUIRE_FALSE(waiting);
  CHECK(waiting.error().code == Errc::limit_exceeded);
  CHECK(waiting.error().message == std::to_string(15 * 60 - 10));
  CHECK(password_hash_runs() == runs);  // nobody hashes for whoever has to wait

  CHECK(fixture.try_sign_in(olena, good_password, "192.0.2.77", device));
  CHECK(fixture.refusal(olena, good_password, "192.0.2.77", device + "0") == Errc::limit_exceeded);
  auto forged = device;
  forged.back() = forged.back() == '0' ? '1' : '0';
  CHECK(fixture.refusal(olena, good_password, "", forged) == Errc::limit_exceeded);

  fixture.later(std::chrono::minutes{15} - std::chrono::seconds{11});
  CHECK(fixture.refusal(olena, good_password) == Errc::limit_exceeded);
  fixture.later(std::chrono::seconds{1});
  CHECK(fixture.try_sign_in(olena));
}

TEST_CASE("a login that nobody has is made to wait as one that somebody has") {
  AccountFixture fixture;
  for (int i = 0; i < 10; ++i) CHECK(fixture.refusal("nobody@library.example") == Errc::unauthenticated);
  const auto waiting = fixture.try_sign_in("nobody@library.example");
  REQUIRE_FALSE(waiting);
  CHECK(waiting.error().code == Errc::limit_exceeded);
  CHECK(waiting.error().message == "900");
}

TEST_CASE("a browser known before has ten tries of its own") {
  AccountFixture fixture;
  fixture.add(olena);
  const auto device = fixture.signs_in(olena).device;
  for (int i = 0; i < 10; ++i)
    CHECK(fixture.refusal(olena, "not the password at all", "", device) == Errc::unauthenticated);
  CHECK(fixture.refusal(olena, good_password, "", device) == Errc::limit_exceeded);
  CHECK(fixture.try_sign_in(olena));
}

TEST_CASE("the browser known before is of one account and is forgotten with its password") {
  AccountFixture fixture;
  fixture.add(olena);
  fixture.add("other@library.example");
  const auto device = fixture.signs_in(olena).device;
  for (int i = 0; i < 10; ++i) fixture.refusal("other@library.example");
  CHECK(fixture.refusal("other@library.example", good_password, "", device) == Errc::limit_exceeded);
  REQUIRE(set_password(fixture.context, editor, olena, other_good_password).wait());
  for (int i = 0; i < 10; ++i) fixture.refusal(olena);
  CHECK(fixture.refusal(olena, other_good_password, "", device) == Errc::limit_exceeded);
}

TEST_CASE("fifty wrong passwords from one address make it wait whatever logins it tries") {
  AccountFixture fixture;
  fixture.add(olena);
  for (int i = 0; i < 50; ++i)
    CHECK(fixture.refusal("n" + std::to_string(i) + "@library.example", "wrong, wrong, wrong",
                          "2001:db8:1:2::" + std::to_string(i)) == Errc::unauthenticated);
  CHECK(fixture.refusal(olena, good_password, "2001:db8:1:2:ffff::1") == Errc::limit_exceeded);
  CHECK(fixture.try_sign_in(olena, good_password, "2001:db8:1:3::1"));
  fixture.later(std::chrono::minutes{15});
  CHECK(fixture.try_sign_in(olena, good_password, "2001:db8:1:2:ffff::1"));
}

TEST_CASE("right passwords do not count as tries") {
  AccountFixture fixture;
  fixture.add(olena);
  for (int i = 0; i < 60; ++i) CHECK(fixture.try_sign_in(olena, good_password, "192.0.2.1"));
}

TEST_CASE("tries at the same moment are counted before their passwords are looked at") {
  AccountFixture fixture;
  fixture.add(olena);
  std::mutex mutex;
  std::vector<std::function<void()>> held;
  std::counting_semaphore<> settled(0);
  fixture.context.run_password_work = [&](std::function<void()> work) {
    const std::lock_guard lock(mutex);
    held.push_back(std::move(work));
    settled.release();
    return true;
  };
  SignIn entered;
  entered.login = olena;
  entered.password = "not the password at all";
  std::atomic<int> limited{0}, wrong{0};
  for (int i = 0; i < 20; ++i) {
    service::sign_in(fixture.context, entered).start([&](const Result<NewSession>& answer) {
      ++(answer.error().code == Errc::limit_exceeded ? limited : wrong);
      settled.release();
    });
    settled.acquire();  // its password waits, or the answer is there
  }
  CHECK(held.size() == SignInTries::most_of_account);
  CHECK(limited == 10);
  for (auto& work : held) work();
  CHECK(wrong == 10);
}

TEST_CASE("the counts of tries are bounded and the eldest goes first") {
  SignInTries tries;
  const Instant now{};
  for (std::size_t i = 0; i < SignInTries::most_counted + 5; ++i)
    CHECK(tries.begin({{"login " + std::to_string(i), 1}}, now).count() == 0);
  CHECK(tries.counted() == SignInTries::most_counted);
  CHECK(tries.begin({{"login 5", 1}}, now) == std::chrono::minutes{15});
  CHECK(tries.begin({{"login 0", 1}}, now).count() == 0);
}

TEST_CASE("an IPv4 address in IPv6 clothes is counted as itself") {
  const auto key = [](const std::string& peer) { return counted_for("x", peer, "").at(1).key; };
  CHECK(key("::ffff:192.0.2.1") == key("192.0.2.1"));
  CHECK(key("::ffff:192.0.2.1") != key("::ffff:192.0.2.2"));
  CHECK(key("2001:db8::1") == key("2001:db8::ffff"));
  CHECK(key("2001:db8::1") != key("2001:db8:0:1::1"));
  CHECK(counted_for("x", "", "").size() == 1);
}

TEST_CASE("when too many passwords wait the next one is told to try again and is not counted") {
  AccountFixture fixture;
  fixture.add(olena);
  fixture.context.run_password_work = [](const std::function<void()>&) { return false; };
  for (int i = 0; i < 30; ++i)
    CHECK(fixture.refusal(olena, good_password, "192.0.2.1") == Errc::storage_unavailable);
  fixture.context.run_password_work = [](const std::function<void()>& work) {
    work();
    return true;
  };
  CHECK(fixture.try_sign_in(olena, good_password, "192.0.2.1"));
}

TEST_CASE("fifty sign-ins at once wait in a bounded queue and each is answered") {
  AccountFixture fixture;
  constexpr int all = 50, waiting = static_cast<int>(Worker::max_waiting);
  std::promise<void> gate, begun;
  std::atomic<int> busy{0}, unknown{0};
  std::counting_semaphore<> answered(0);
  Worker hashing;
  fixture.context.run_password_work = [&hashing](std::function<void()> work) {
    return hashing.submit(std::move(work));
  };
  REQUIRE(hashing.submit([&] {
    begun.set_value();
    gate.get_future().wait();
  }));
  begun.get_future().wait();
  for (int i = 0; i < all; ++i) {
    SignIn entered;
    entered.login = "n" + std::to_string(i) + "@library.example";
    entered.password = good_password;
    service::sign_in(fixture.context, entered).start([&](const Result<NewSession>& answer) {
      ++(answer.error().code == Errc::storage_unavailable ? busy : unknown);
      answered.release();
    });
  }
  for (int i = 0; i < all - waiting; ++i) answered.acquire();
  CHECK(busy == all - waiting);
  // Other work of the database goes on meanwhile.
  CHECK(fixture.context.store.read([](db::Unit& unit) { return unit.accounts().list().size(); }).wait());
  gate.set_value();
  for (int i = 0; i < waiting; ++i) answered.acquire();
  CHECK(unknown == waiting);
  hashing.stop();
  CHECK_FALSE(hashing.submit([] {}));
}

TEST_CASE("each sign-in has a cookie of its own and signing out ends it alone") {
  AccountFixture fixture;
  fixture.add(olena);
  const auto first = fixture.signs_in(olena), second = fixture.signs_in(olena);
  CHECK(first.cookie != second.cookie);
  CHECK(first.who.csrf != second.who.csrf);
  CHECK(first.device != second.device);
  REQUIRE(sign_out(fixture.context, first.who.session).wait());
  CHECK_FALSE(fixture.opens(first.cookie));
  CHECK(fixture.opens(second.cookie));
  CHECK_FALSE(fixture.opens(""));
  CHECK_FALSE(fixture.opens(std::string(43, 'x')));
  CHECK_FALSE(fixture.opens(sha256_hex(second.cookie)));  // what stands in the database opens nothing
}

TEST_CASE("a new password and another role and closing end every session of that account") {
  AccountFixture fixture;
  fixture.add(olena);
  fixture.add("other@library.example");
  const auto others = fixture.signs_in("other@library.example");
  const auto change = [&](AccountChange wanted) {
    REQUIRE(change_account(fixture.context, editor, olena, wanted).wait());
  };
  auto session = fixture.signs_in(olena);
  REQUIRE(set_password(fixture.context, editor, olena, other_good_password).wait());
  CHECK_FALSE(fixture.opens(session.cookie));
  CHECK(fixture.refusal(olena, good_password) == Errc::unauthenticated);

  session = fixture.signs_in(olena, other_good_password);
  AccountChange wanted;
  wanted.name = "Олена Верба";
  wanted.role = AccountRole::member;  // as it was
  change(wanted);
  CHECK(fixture.opens(session.cookie));
  wanted.role = AccountRole::organiser;
  change(wanted);
  CHECK_FALSE(fixture.opens(session.cookie));

  session = fixture.signs_in(olena, other_good_password);
  CHECK(session.who.role == AccountRole::organiser);
  CHECK(session.who.name == "Олена Верба");
  AccountChange closing;
  closing.closed = true;
  change(closing);
  CHECK_FALSE(fixture.opens(session.cookie));
  CHECK(fixture.refusal(olena, other_good_password) == Errc::unauthenticated);
  closing.closed = false;
  change(closing);
  CHECK_FALSE(fixture.opens(session.cookie));
  CHECK(fixture.try_sign_in(olena, other_good_password));
  CHECK(fixture.opens(others.cookie));
}

TEST_CASE("a session ends when nobody uses it and when its time is over") {
  using std::chrono::hours;
  using std::chrono::minutes;
  const struct {
    AccountRole role;
    std::chrono::seconds idle, lifetime;
  } cases[] = {{AccountRole::member, hours{8}, hours{7 * 24}},
               {AccountRole::organiser, hours{8}, hours{7 * 24}},
               {AccountRole::administrator, minutes{30}, hours{12}}};
  for (const auto& [role, idle, lifetime] : cases) {
    CAPTURE(name_of(role));
    AccountFixture fixture;
    fixture.add(olena, role);
    const auto begun = fixture.clock.now();
    const auto one = fixture.signs_in(olena).cookie;
    fixture.later(idle - std::chrono::seconds{1});
    CHECK(fixture.opens(one));
    fixture.let_writes_end();
    fixture.later(idle - std::chrono::seconds{1});
    CHECK(fixture.opens(one));
    fixture.let_writes_end();
    fixture.later(idle);
    CHECK_FALSE(fixture.opens(one));

    fixture.clock.set(begun);
    const auto two = fixture.signs_in(olena).cookie;
    while (fixture.clock.now() + idle / 2 < begun + lifetime) {
      CHECK(fixture.opens(two));
      fixture.let_writes_end();
      fixture.later(idle / 2);
    }
    fixture.clock.set(begun + lifetime - std::chrono::seconds{1});
    CHECK(fixture.opens(two));
    fixture.let_writes_end();
    fixture.clock.set(begun + lifetime);
    CHECK_FALSE(fixture.opens(two));
  }
}

TEST_CASE("when somebody was seen last is written once a minute and moves no calendar") {
  AccountFixture fixture;
  const auto id = fixture.add(olena);
  const auto cookie = fixture.signs_in(olena).cookie;
  const auto change = fixture.context.store.last_change();
  const auto seen = [&] {
    fixture.let_writes_end();
    return sessions_of(fixture.context, id).wait().value().at(0).last_seen;
  };
  const auto begun = fixture.clock.now();
  fixture.later(std::chrono::seconds{59});
  CHECK(fixture.opens(cookie));
  CHECK(seen() == begun);
  fixture.later(std::chrono::seconds{1});
  CHECK(fixture.opens(cookie));
  CHECK(seen() == begun + std::chrono::seconds{60});
  CHECK(fixture.context.store.last_change() == change);
}

TEST_CASE("somebody sees their own sessions and ends one of them alone") {
  AccountFixture fixture;
  const auto id = fixture.add(olena), other = fixture.add("other@library.example");
  const auto first = fixture.signs_in(olena), second = fixture.signs_in(olena);
  const auto sessions = sessions_of(fixture.context, id).wait().value();
  REQUIRE(sessions.size() == 2);
  CHECK(sessions[0].id == second.who.session);
  CHECK(sessions[0].agent == "Firefox");
  const auto refused = end_session(fixture.context, other, first.who.session).wait();
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == Errc::not_found);
  CHECK(fixture.opens(first.cookie));
  CHECK(end_session(fixture.context, id, first.who.session).wait());
  CHECK_FALSE(fixture.opens(first.cookie));
  CHECK(fixture.opens(second.cookie));
  fixture.later(session_idle);
  CHECK(sessions_of(fixture.context, id).wait().value().empty());
}

TEST_CASE("one account has fifty sessions at most and the eldest ends first") {
  AccountFixture fixture;
  const auto id = fixture.add(olena);
  const auto eldest = fixture.signs_in(olena).cookie, next = fixture.signs_in(olena).cookie;
  for (int i = 0; i < 48; ++i) fixture.signs_in(olena);
  CHECK(fixture.opens(eldest));
  CHECK(sessions_of(fixture.context, id).wait().value().size() == 50);
  fixture.signs_in(olena);
  CHECK_FALSE(fixture.opens(eldest));
  CHECK(fixture.opens(next));
  CHECK(sessions_of(fixture.context, id).wait().value().size() == 50);
}

TEST_CASE("a password hashed at another cost is hashed again when its owner signs in") {
  AccountFixture fixture;
  const auto id = fixture.add(olena);
  const auto stored = [&] {
    return fixture.context.store.read([id](db::Unit& unit) { return unit.accounts().find(id)->password; })
        .wait()
        .value();
  };
  const auto before = stored();
  fixture.refusal(olena);
  fixture.signs_in(olena);
  CHECK(stored() == before);
  fixture.context.settings.password_cost = {2, 16u << 10};
  fixture.refusal(olena);
  CHECK(stored() == before);
  const auto session = fixture.signs_in(olena);
  CHECK(stored() != before);
  CHECK_FALSE(needs_rehash(stored(), fixture.context.settings.password_cost));
  CHECK(fixture.opens(session.cookie));
  for (int i = 0; i < 10; ++i) fixture.refusal(olena);
  CHECK(fixture.try_sign_in(olena, good_password, "", session.device));
}

TEST_CASE("no cookie and no password and no token stands in the database or in the log") {
  AccountFixture fixture;
  const auto log = fixture.temporary.folder() / "log";
  std::vector<std::string> secrets;
  {
    const CaughtLog caught(log);
    log::warning("test.log_is_caught");
    const auto link = first_administrator_link(fixture.context).wait().value();
    FirstAdministrator first;
    first.token = link;
    first.login = "first@library.example";
    first.name = "Перша";
    first.password = good_password;
    const auto administrator = create_first_administrator(fixture.context, first).wait().value();
    fixture.add(olena);
    const auto session = fixture.signs_in(olena);
    fixture.refusal(olena, "a wrong one that is long");
    REQUIRE(set_password(fixture.context, editor, olena, other_good_password).wait());
    secrets = {link,
               administrator.cookie,
               administrator.device,
               administrator.who.csrf,
               good_password,
               session.cookie,
               session.device,
               session.who.csrf,
               other_good_password,
               "a wrong one that is long"};
  }
  const auto stored = bytes_of(fixture.temporary.folder());
  CHECK(stored.find("test.log_is_caught") != std::string::npos);
  CHECK(stored.find(sha256_hex(secrets[0])) != std::string::npos);  // the files are those that hold it all
  for (const auto& secret : secrets) {
    CAPTURE(secret);
    CHECK(stored.find(secret) == std::string::npos);
  }
}
