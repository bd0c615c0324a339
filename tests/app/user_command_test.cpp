// `convoke user …`: accounts from the command line, and where passwords come from.
#include "app/commands.hpp"
#include "base/clock.hpp"
#include "db/sqlite/open.hpp"
#include "service/accounts.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temporary_store.hpp"

#include <iostream>
#include <sstream>

using namespace convoke;

namespace {

// A command with what it reads and prints kept aside.
struct Ran {
  int code = 0;
  std::string out, err;
};

struct Installation {
  tests::TemporaryFolder folder;
  std::string database = folder.file("convoke.db");

  Ran run(std::vector<std::string> arguments, const std::string& input = "") const {
    arguments.insert(arguments.end(), {"--database", "sqlite:" + database});
    std::istringstream in(input);
    std::ostringstream out, err;
    auto* const read = std::cin.rdbuf(in.rdbuf());
    auto* const shown = std::cout.rdbuf(out.rdbuf());
    auto* const warned = std::cerr.rdbuf(err.rdbuf());
    std::cin.clear();
    Ran ran;
    ran.code = app::run_command(arguments);
    std::cin.rdbuf(read);
    std::cout.rdbuf(shown);
    std::cerr.rdbuf(warned);
    ran.out = out.str();
    ran.err = err.str();
    return ran;
  }

  Result<service::NewSession> sign_in(const std::string& login, const std::string& password) const {
    db::sqlite::Options options;
    options.path = database;
    const auto store = db::sqlite::open(options).value();
    const SystemClock clock;
    service::Context context{*store, clock, service::Settings{}};
    service::SignIn entered;
    entered.login = login;
    entered.password = password;
    return service::sign_in(context, entered).wait();
  }
};

}  // namespace

TEST_CASE("an account made on the command line signs in with the password that was printed once") {
  const Installation here;
  const auto added =
      here.run({"user", "add", "Olena@library.example", "--name", "Олена", "--role", "administrator"});
  REQUIRE(added.code == 0);
  REQUIRE(added.out.size() == 21);
  const auto session = here.sign_in("olena@library.example", added.out.substr(0, 20));
  REQUIRE(session);
  CHECK(session->who.role == AccountRole::administrator);
  CHECK(session->who.name == "Олена");
  const auto listed = here.run({"user", "list"});
  CHECK(listed.out == "1\tolena@library.example\tОлена\tadministrator\topen\n");
}

TEST_CASE("a password from standard input is its first line as it is") {
  const Installation here;
  REQUIRE(here.run({"user", "add", "a@library.example", "--name", "A", "--password-stdin"},
                   "  вербове листя  шумить \nnot this\n")
              .code == 0);
  CHECK(here.sign_in("a@library.example", "  вербове листя  шумить "));
  CHECK_FALSE(here.sign_in("a@library.example", "вербове листя  шумить"));
  const auto set =
      here.run({"user", "password", "a@library.example", "--password-stdin"}, "three quiet lamps burn");
  CHECK(set.code == 0);
  CHECK(set.out.empty());
  CHECK(here.sign_in("a@library.example", "three quiet lamps burn"));
}

TEST_CASE("another password may be made up and another role given and an account closed and opened") {
  const Installation here;
  REQUIRE(here.run({"user", "add", "a@library.example", "--name", "A"}).code == 0);
  const auto set = here.run({"user", "password", "a@library.example"});
  REQUIRE(set.out.size() == 21);
  const auto password = set.out.substr(0, 20);
  CHECK(here.run({"user", "change", "a@library.example", "--role", "organiser", "--name", "Ганна"}).code ==
        0);
  CHECK(here.run({"user", "list"}).out == "1\ta@library.example\tГанна\torganiser\topen\n");
  CHECK(here.run({"user", "close", "a@library.example"}).code == 0);
  CHECK_FALSE(here.sign_in("a@library.example", password));
  CHECK(here.run({"user", "open", "a@library.example"}).code == 0);
  CHECK(here.sign_in("a@library.example", password));
}

TEST_CASE("what is wrong with an account is said in one line and nothing is stored") {
  const Installation here;
  REQUIRE(here.run({"user", "add", "a@library.example", "--name", "A"}).code == 0);
  const struct {
    std::vector<std::string> arguments;
    std::string input, words;
  } cases[] = {
      {{"user", "add"}, "", "olena@example.org"},
      {{"user", "add", "b", "--name", "B"}, "", "e-mail address"},
      {{"user", "add", "b@library.example"}, "", "name of 1 to 200"},
      {{"user", "add", "b@library.example", "--name", "B", "--role", "king"}, "", "member, organiser or"},
      {{"user", "add", "b@library.example", "--name", "B", "--person", "Ніхто"}, "", "no person called"},
      {{"user", "add", "b@library.example", "--name", "B", "--organisation", "7"}, "", "no organisation"},
      {{"user", "add", "b@library.example", "--name", "B", "--password-stdin"}, "", "standard input"},
      {{"user", "add", "b@library.example", "--name", "B", "--password-stdin"}, "short\n", "12 characters"},
      {{"user", "add", "b@library.example", "--name", "B", "--password-stdin"},
       "qwerty123456\n",
       "first that"},
      {{"user", "add", "A@library.example", "--name", "B"}, "", "already"},
      {{"user", "password", "b@library.example"}, "", "no account"},
      {{"user", "change", "b@library.example", "--name", "C"}, "", "no account"},
      {{"user", "change", "a@library.example", "--role", ""}, "", "member, organiser or"},
      {{"user", "close"}, "", "user close olena@example.org"},
  };
  for (const auto& [arguments, input, words] : cases) {
    CAPTURE(words);
    const auto ran = here.run(arguments, input);
    CHECK(ran.code == 2);
    CHECK(ran.out.empty());
    CHECK(ran.err.find(words) != std::string::npos);
    CHECK(ran.err.find('\n') + 1 == ran.err.size());
  }
  CHECK(here.run({"user", "list"}).out == "1\ta@library.example\tA\tmember\topen\n");
}

TEST_CASE("accounts of a database that is not there are not changed and make none") {
  const Installation here;
  CHECK(here.run({"user", "list"}).code == 2);
  CHECK(here.run({"user", "close", "a@library.example"}).code == 2);
  CHECK_FALSE(std::filesystem::exists(here.database));
}
