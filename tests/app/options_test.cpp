#include "app/options.hpp"
#include "app/session.hpp"
#include "tests/support/catch.hpp"

#include <map>

using namespace convoke;
using namespace convoke::app;

namespace {

Result<Options> load(std::vector<std::string> arguments, std::map<std::string, std::string> environment = {},
                     std::string file = "") {
  return load_options(
      arguments,
      [environment](const std::string& name) -> std::optional<std::string> {
        const auto found = environment.find(name);
        return found == environment.end() ? std::nullopt : std::optional(found->second);
      },
      [file](const std::string&) -> Result<std::string> { return file; });
}

}  // namespace

TEST_CASE("a setting comes from the command line before the environment before the file before its default") {
  const std::string file = "listen = \"127.0.0.1:3\"\nmail = \"maildir:c\"\ntimezone = \"Europe/Minsk\"\n";
  const auto options = load({"serve", "--listen", "127.0.0.1:1", "--config", "x.toml"},
                            {{"CONVOKE_LISTEN", "127.0.0.1:2"}, {"CONVOKE_MAIL", "maildir:b"}}, file);
  REQUIRE(options);
  CHECK(options->get("listen") == "127.0.0.1:1");
  CHECK(options->get("mail") == "maildir:b");
  CHECK(options->get("timezone") == "Europe/Minsk");
  CHECK(options->get("database") == "sqlite:var/convoke.db");
  CHECK(options->origin("listen") == Origin::command_line);
  CHECK(options->origin("mail") == Origin::environment);
  CHECK(options->origin("timezone") == Origin::file);
  CHECK(options->origin("database") == Origin::default_value);
}

TEST_CASE("every setting's default passes its own check") {
  REQUIRE(load({"serve"}));
}

TEST_CASE("a wrong value is refused with the option and the place it came from") {
  const struct {
    std::vector<std::string> arguments;
    std::string words;
  } cases[] = {
      {{"--listen", "8080"}, "--listen (from the command line) takes ADDRESS:PORT"},
      {{"--listen", "127.0.0.1:65536"}, "port from 0 to 65535"},
      {{"--listen", "::1:8080"}, "in brackets"},
      {{"--mail-reply-to", "a b@c@d"}, "--mail-reply-to"},
      {{"--database", "sqlite:"}, "takes sqlite:PATH"},
      {{"--database", "postgresql://x"}, "PostgreSQL is not supported yet"},
      {{"--timezone", "Kyiv"}, "Europe/Kyiv"},
      {{"--base-url", "https://x.example/"}, "without a slash at the end"},
      {{"--mail", "gopher://x"}, "maildir:PATH"},
      {{"--no-such"}, "there is no option --no-such"},
      {{"--listen"}, "--listen needs a value"},
  };
  for (const auto& [arguments, words] : cases) {
    CAPTURE(words);
    const auto options = load(arguments);
    REQUIRE_FALSE(options);
    CHECK(options.error().message.find(words) != std::string::npos);
  }
}

TEST_CASE("the highest port is accepted") {
  CHECK(load({"--listen", "127.0.0.1:65535"}));
}

TEST_CASE("an unknown key or a broken line in the configuration file is named") {
  const auto unknown = load({"--config", "x"}, {}, "lisen = \"x\"\n");
  REQUIRE_FALSE(unknown);
  CHECK(unknown.error().message.find("'lisen'") != std::string::npos);
  const auto broken = load({"--config", "x"}, {}, "listen = \"a\"\nmail = \n");
  REQUIRE_FALSE(broken);
  CHECK(broken.error().message.find("line 2") != std::string::npos);
}

TEST_CASE("words and options may stand in any order and two hyphens end the options") {
  const auto options = load({"period", "--year=2024", "ноябрь", "--", "--json"});
  REQUIRE(options);
  CHECK(options->words() == std::vector<std::string>{"period", "ноябрь", "--json"});
  CHECK(options->given("year") == "2024");
  CHECK_FALSE(options->has("json"));
}

TEST_CASE("a flag needs no value") {
  const auto options = load({"serve", "--demo", "--json", "x"});
  REQUIRE(options);
  CHECK(options->on("demo"));
  CHECK(options->words() == std::vector<std::string>{"serve", "x"});
}

TEST_CASE("an IPv6 address stands in brackets where a port or an address on the web follows") {
  const auto listen = listen_address(load({"--listen", "[::1]:0"}).value());
  CHECK(listen.address == "::1");
  CHECK(listen.port == 0);
  CHECK(http_address("::1", 8080) == "http://[::1]:8080");
  CHECK(http_address("0.0.0.0", 80) == "http://127.0.0.1:80");
  CHECK(http_address("::", 80) == "http://[::1]:80");
}

TEST_CASE("Message-IDs end in the domain of the sender") {
  CHECK(service_settings(load({"--mail-from", "Спілка <plans@lib.example.org>"}).value()).mail_domain == "lib.example.org");
  CHECK(service_settings(load({"--mail-from", "plans@lib.example.org"}).value()).mail_domain == "lib.example.org");
}
