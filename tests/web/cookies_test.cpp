#include "web/cookies.hpp"
#include "tests/support/catch.hpp"
#include "web/access.hpp"
#include "web/csrf.hpp"

using namespace convoke;
using namespace convoke::web;

TEST_CASE("a cookie is read in one way or not at all") {
  const std::pair<std::string, std::optional<std::string>> rows[] = {
      {"sid=abc", "abc"},
      {"lang=uk; sid=abc; form=x", "abc"},
      {"lang=uk;sid=abc", "abc"},
      {"sid=", ""},
      {"sid=a=b", "a=b"},
      {"", std::nullopt},
      {"sid", std::nullopt},
      {"SID=abc", std::nullopt},
      {"xsid=abc", std::nullopt},
      {"__Host-sid=abc", std::nullopt},
      {"sid=abc; sid=abc", std::nullopt},
      {"sid=abc; sid=def", std::nullopt},
      {"sid=a b", std::nullopt},
      {"sid=\"abc\"", std::nullopt},
      {"sid=a,b", std::nullopt},
      {"sid=a\\b", std::nullopt},
      {"sid=a\tb", std::nullopt},
      {std::string("sid=a\0b", 7), std::nullopt},
      {"sid=\xd0\xb0", std::nullopt},
      {"  sid=abc", std::nullopt},
  };
  for (const auto& [header, value] : rows) {
    CAPTURE(header);
    const auto read = cookie_value(header, "sid");
    CHECK(read.has_value() == value.has_value());
    if (read && value) CHECK(*read == *value);
  }
}

TEST_CASE("cookies are read up to their limits and no further") {
  CHECK(cookie_value("sid=" + std::string(longest_cookie, 'x'), "sid"));
  CHECK_FALSE(cookie_value("sid=" + std::string(longest_cookie + 1, 'x'), "sid"));
  std::string many;
  for (std::size_t i = 0; i + 1 < most_cookies; ++i) many += "a=b; ";
  CHECK(cookie_value(many + "sid=x", "sid"));
  CHECK_FALSE(cookie_value(many + "a=b; sid=x", "sid"));
}

TEST_CASE("over https cookies belong to this host alone") {
  CHECK(cookie_names("https://plans.example.org").session == "__Host-sid");
  CHECK(cookie_names("https://plans.example.org").form == "__Host-form");
  CHECK(cookie_names("https://plans.example.org").device == "__Host-device");
  CHECK(cookie_names("http://127.0.0.1:8080").session == "sid");
  const auto line = cookie_line("sid", "x");
  CHECK(line == "sid=x; Path=/; SameSite=Lax; HttpOnly");
  CHECK(cookie_line("device", "x", std::chrono::seconds(60)).find("; Max-Age=60;") != std::string::npos);
  CHECK(forgotten_cookie("sid").find("; Max-Age=0;") != std::string::npos);
}

TEST_CASE("a form is read when it is one and only within its limits") {
  const auto read = [](const std::string& type, const std::string& body) {
    Request request;
    request.headers = {{"content-type", type}};
    request.body = body;
    const auto result = read_form(request, 3);
    return std::pair(result ? Errc{} : result.error().code, request.form.size());
  };
  const std::string form = "application/x-www-form-urlencoded";
  CHECK(read(form, "a=1&b=2&c=3") == std::pair(Errc{}, std::size_t{3}));
  CHECK(read("Application/X-WWW-Form-Urlencoded; charset=UTF-8", "a=1").second == 1);
  CHECK(read(form, "a=1&b=2&c=3&d=4").first == Errc::limit_exceeded);
  CHECK(read(form, "a=%ff").first == Errc::invalid_input);
  CHECK(read(form, "a=%00").first == Errc::invalid_input);
  CHECK(read(form, "a=%zz").first == Errc::invalid_input);
  CHECK(read("text/plain", "a=1") == std::pair(Errc{}, std::size_t{0}));
  CHECK(read("multipart/form-data; boundary=x", "a=1").second == 0);
}

TEST_CASE("two secrets are the same only when every byte is") {
  CHECK(same_secret("abc", "abc"));
  CHECK(same_secret("", ""));
  for (const char* other : {"", "ab", "abd", "Abc", "abcd"}) CHECK_FALSE(same_secret("abc", other));
}

TEST_CASE("what tokens open takes an administrator or an organiser of all") {
  service::SignedIn who;
  const auto may = [&who](Access access) { return check_role(who, access).has_value(); };
  CHECK(may(Access::member));
  CHECK_FALSE(may(Access::organiser));
  CHECK_FALSE(may(Access::reader));
  who.role = AccountRole::organiser;
  CHECK(may(Access::organiser));
  CHECK(may(Access::editor));
  CHECK_FALSE(may(Access::administrator));
  who.organisation = OrganisationId{3};
  CHECK(may(Access::organiser));
  CHECK_FALSE(may(Access::editor));
  CHECK_FALSE(may(Access::reader));
  who.role = AccountRole::administrator;
  CHECK(may(Access::editor));
  CHECK(may(Access::administrator));
}
