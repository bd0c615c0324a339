// Who may what, for every route there is (threats D1).
#include "service/tokens.hpp"
#include "tests/support/catch.hpp"
#include "tests/web/accounts_site.hpp"
#include "web/access.hpp"
#include "web/routes.hpp"

#include <map>
#include <set>

using namespace convoke;
using namespace convoke::web;

// A route cannot be written down without saying who may.
static_assert(!std::is_default_constructible_v<Route>);
static_assert(!std::is_constructible_v<Route, Method, std::string, std::size_t, Handler>);
static_assert(!std::is_constructible_v<Route, Method, std::string, Handler>);
static_assert(!std::is_convertible_v<int, Access>);

namespace {

// Whatever is not read by everybody, by hand: a new route of that kind must be entered here as well.
const std::map<std::string, Access> guarded = {
    {"POST /logout", Access::member},
    {"GET /account", Access::member},
    {"POST /account/password", Access::member},
    {"POST /account/sessions/{id}/end", Access::member},
    {"GET /calendars", Access::member},
    {"POST /calendars", Access::member},
    {"POST /calendars/{id}/revoke", Access::member},
    {"POST /events/{id}/attend", Access::member},
    {"POST /events/{id}/withdraw", Access::member},
    {"POST /login", Access::visitor},
    {"POST /login/code", Access::visitor},
    {"POST /login/mail", Access::visitor},
    {"POST /login/link/{token}", Access::visitor},
    {"GET /account/second-factor", Access::member},
    {"POST /account/second-factor", Access::member},
    {"POST /account/second-factor/codes", Access::member},
    {"POST /account/second-factor/end", Access::member},
    {"POST /setup/{token}", Access::visitor},
    {"POST /answer/{token}", Access::everyone},       // the token in the address is what allows it
    {"POST /poll/{token}", Access::everyone},         // the same
    {"POST /unsubscribe/{token}", Access::everyone},  // the same; mail programs send no cookie
    {"POST /news", Access::visitor},
    {"POST /register/{event}", Access::visitor},
    {"POST /register/invited/{token}", Access::everyone},     // the token in the address, too
    {"POST /register/link/{token}", Access::everyone},        // the same
    {"POST /register/link/{token}/files", Access::everyone},  // the same
    {"GET /manage/events/{id}/programme", Access::organiser},
    {"POST /manage/events/{id}/programme", Access::organiser},
    {"GET /manage/events/{id}/registration", Access::organiser},
    {"POST /manage/events/{id}/registration", Access::organiser},
    {"POST /manage/events/{id}/registration/fields", Access::organiser},
    {"GET /manage/events/{id}/registration/list", Access::organiser},
    {"POST /manage/events/{id}/registration/list", Access::organiser},
    {"POST /manage/events/{id}/registration/list/commit", Access::organiser},
    {"GET /manage/events/{id}/registration/invitations", Access::organiser},
    {"POST /manage/events/{id}/registration/invitations/look", Access::organiser},
    {"POST /manage/events/{id}/registration/invitations/send", Access::organiser},
    {"POST /manage/events/{id}/registration/invitations/remind", Access::organiser},
    {"POST /manage/events/{id}/registration/people", Access::organiser},
    {"POST /manage/events/{id}/registration/people/{person}", Access::organiser},
    {"GET /manage/events/{id}/registration/people/{person}/files/{field}", Access::organiser},
    {"GET /manage/events/{id}/registration/export/{format}", Access::organiser},
    {"GET /manage/events/{id}/door", Access::organiser},
    {"POST /manage/events/{id}/door", Access::organiser},
    {"GET /manage/events/{id}/door/people.json", Access::organiser},
    {"POST /manage/events/{id}/door/arrivals", Access::organiser},
    {"POST /manage/events/{id}/door/walk-ins", Access::organiser},
    {"GET /register/link/{token}/certificate/{code}", Access::everyone},  // the token in the address, too
    {"GET /manage/events/{id}/papers", Access::organiser},
    {"POST /manage/events/{id}/papers", Access::organiser},
    {"POST /manage/events/{id}/papers/background", Access::organiser},
    {"POST /manage/events/{id}/papers/issue", Access::organiser},
    {"POST /manage/events/{id}/papers/reissue", Access::organiser},
    {"GET /manage/events/{id}/papers/certificates/{certificate}", Access::organiser},
    {"POST /manage/events/{id}/papers/certificates/{certificate}", Access::organiser},
    {"GET /manage/events/{id}/papers/{document}", Access::organiser},
    {"GET /api/v1/events/{id}/registrations", Access::own_editor},
    {"GET /api/v1/events/{id}/polls", Access::own_editor},
    {"GET /api/v1/polls/{id}", Access::own_editor},
    {"GET /api/v1/events/{id}/submissions", Access::own_editor},
    {"GET /api/v1/events/{id}/submissions/{submission}", Access::own_editor},
    {"GET /api/v1/events/{id}/submissions/{submission}/files/{file}", Access::own_editor},
    {"GET /manage/events/{id}/submissions", Access::organiser},
    {"POST /manage/events/{id}/submissions", Access::organiser},
    {"POST /manage/events/{id}/submissions/assign", Access::organiser},
    {"GET /manage/events/{id}/submissions/protocol", Access::organiser},
    {"GET /manage/events/{id}/submissions/export/{format}", Access::organiser},
    {"GET /manage/events/{id}/submissions/{paper}", Access::organiser},
    {"POST /manage/events/{id}/submissions/{paper}", Access::organiser},
    {"GET /manage/events/{id}/submissions/{paper}/files/{file}", Access::organiser},
    {"POST /events/{id}/call", Access::visitor},
    {"POST /call/link/{token}", Access::everyone},        // the token in the address is what allows it
    {"POST /call/link/{token}/files", Access::everyone},  // the same
    {"POST /review/{token}", Access::everyone},           // the same
    {"GET /manage/texts", Access::organiser},
    {"GET /manage/texts/{kind}/{language}", Access::organiser},
    {"POST /manage/texts/{kind}/{language}", Access::organiser},
    {"POST /manage/texts/{kind}/{language}/look", Access::organiser},
    {"POST /manage/texts/{kind}/{language}/reset", Access::organiser},
    {"GET /api/v1/texts", Access::editor},
    {"GET /api/v1/texts/{kind}/{language}", Access::editor},
    {"GET /api/v1/session", Access::member},
    {"GET /api/v1/calendars", Access::member},
    {"POST /api/v1/calendars", Access::member},
    {"DELETE /api/v1/calendars/{id}", Access::member},
    {"GET /manage", Access::organiser},
    {"POST /manage/answers/{id}/decision", Access::organiser},
    {"POST /manage/done", Access::organiser},
    {"POST /events/{id}/answers", Access::organiser},
    {"GET /api/v1/events/{id}/answers", Access::reader},
    {"GET /api/v1/events/{id}/participants", Access::reader},
    {"GET /manage/outbox", Access::organiser},
    {"GET /manage/outbox/{id}", Access::organiser},
    {"GET /manage/outbox/{id}/html", Access::organiser},
    {"POST /manage/outbox/{id}/resend", Access::organiser},
    {"POST /manage/outbox/{id}/cancel", Access::organiser},
    {"GET /api/v1/reminders/{id}", Access::reader},
    {"GET /manage/plans", Access::organiser},
    {"GET /manage/plans/{id}", Access::organiser},
    {"GET /manage/plans/{id}/history", Access::organiser},
    {"GET /manage/plans/{id}/clashes", Access::organiser},
    {"POST /manage/events/{id}/date", Access::organiser},
    {"GET /manage/events/new", Access::organiser},
    {"POST /manage/events/new", Access::organiser},
    {"GET /manage/events/{id}/details", Access::organiser},
    {"POST /manage/events/{id}/details", Access::organiser},
    {"GET /manage/events/{id}/days/{day}", Access::organiser},
    {"POST /manage/events/{id}/days/{day}", Access::organiser},
    {"GET /manage/events/{id}/minutes.docx", Access::organiser},
    {"GET /manage/events/{id}/poll", Access::organiser},
    {"POST /manage/events/{id}/poll", Access::organiser},
    {"GET /manage/polls/{id}", Access::organiser},
    {"POST /manage/polls/{id}/remind", Access::organiser},
    {"POST /manage/polls/{id}/close", Access::organiser},
    {"POST /manage/plans/{id}/rows", Access::organiser},
    {"POST /manage/plans/{id}/rows/{row}", Access::organiser},
    {"POST /manage/plans/{id}/rows/{row}/move", Access::organiser},
    {"POST /manage/plans/{id}/rows/{row}/remove", Access::organiser},
    {"POST /manage/plans/{id}/sections/{row}", Access::organiser},
    {"POST /manage/plans/{id}/bulk", Access::organiser},
    {"POST /manage/plans/{id}/undo", Access::organiser},
    {"GET /manage/plans/{id}/approvals", Access::organiser},
    {"POST /manage/plans/{id}/approvals", Access::organiser},
    {"GET /manage/plans/{id}/versions/{number}", Access::organiser},
    {"POST /plans/{id}/approve", Access::approver},
    {"GET /manage/webhooks", Access::organiser},
    {"POST /manage/webhooks", Access::organiser},
    {"GET /manage/webhooks/{id}", Access::organiser},
    {"POST /manage/webhooks/{id}/test", Access::organiser},
    {"POST /manage/webhooks/{id}/remove", Access::organiser},
    {"GET /api/v1/webhooks", Access::editor},
    {"GET /api/v1/webhooks/{id}/deliveries", Access::editor},
    {"POST /sources", Access::organiser},
    {"POST /sources/{id}/refresh", Access::organiser},
    {"POST /sources/{id}/remove", Access::organiser},
    {"GET /manage/rules", Access::organiser},
    {"GET /manage/rules/edit", Access::organiser},
    {"POST /manage/rules/edit", Access::organiser},
    {"GET /api/v1/rules", Access::editor},
    {"GET /api/v1/events/{id}/conflicts", Access::reader},
    {"GET /api/v1/plans/{id}/conflicts", Access::reader},
    {"GET /api/v1/events/{id}/history", Access::reader},
    {"GET /api/v1/sources", Access::reader},
    {"GET /api/v1/people", Access::reader},
    {"GET /api/v1/reminders", Access::reader},
    {"GET /manage/corrections", Access::organiser},
    {"POST /manage/corrections", Access::organiser},
    {"GET /manage/intake", Access::organiser},
    {"POST /manage/intake", Access::organiser},
    {"GET /manage/intake/{id}", Access::organiser},
    {"POST /manage/intake/{id}/plan", Access::organiser},
    {"POST /manage/intake/{id}/rows/{key}", Access::organiser},
    {"POST /manage/intake/{id}/names", Access::organiser},
    {"POST /manage/intake/{id}/enter", Access::organiser},
    {"POST /manage/intake/{id}/drop", Access::organiser},
    {"GET /manage/period", Access::organiser},
    {"POST /manage/plans/{id}/next-year", Access::organiser},
    {"GET /manage/plans/{id}/past", Access::organiser},
    {"GET /manage/directory", Access::organiser},
    {"POST /manage/directory/people", Access::organiser},
    {"GET /manage/directory/import", Access::organiser},
    {"POST /manage/directory/import", Access::organiser},
    {"POST /manage/directory/import/commit", Access::organiser},
    {"GET /manage/directory/people/{id}", Access::organiser},
    {"POST /manage/directory/people/{id}", Access::organiser},
    {"GET /manage/directory/offices", Access::organiser},
    {"POST /manage/directory/offices", Access::organiser},
    {"GET /manage/directory/offices/{id}", Access::organiser},
    {"POST /manage/directory/offices/{id}", Access::organiser},
    {"POST /manage/directory/offices/{id}/remove", Access::organiser},
    {"POST /manage/directory/offices/{id}/members", Access::organiser},
    {"POST /manage/directory/offices/{id}/members/{position}", Access::organiser},
    {"GET /manage/directory/leave", Access::organiser},
    {"POST /manage/directory/leave", Access::organiser},
    {"POST /manage/directory/leave/{id}/remove", Access::organiser},
    {"GET /plans/{id}/report", Access::member},
    {"GET /plans/{id}/report.docx", Access::member},
    {"GET /my", Access::member},
    {"POST /events/{id}/result", Access::organiser},
    {"POST /events/{id}/day", Access::organiser},
    {"POST /manage/plans", Access::organiser},
    {"GET /manage/plans/{id}/heading", Access::organiser},
    {"POST /manage/plans/{id}/heading", Access::organiser},
    {"POST /manage/plans/{id}/sections/{row}/move", Access::organiser},
    {"GET /manage/unreachable", Access::organiser},
    {"POST /invitation/{token}", Access::visitor},
    {"GET /manage/organisations", Access::administrator},
    {"POST /manage/organisations", Access::administrator},
    {"GET /manage/organisations/{id}", Access::administrator},
    {"POST /manage/organisations/{id}", Access::administrator},
    {"GET /account/tokens", Access::organiser},
    {"POST /account/tokens", Access::organiser},
    {"POST /account/tokens/{id}/revoke", Access::organiser},
    {"GET /manage/accounts", Access::organiser},
    {"POST /manage/accounts", Access::organiser},
    {"GET /manage/accounts/{id}", Access::organiser},
    {"POST /manage/accounts/{id}", Access::organiser},
    {"POST /manage/accounts/{id}/invite", Access::organiser},
    {"POST /manage/accounts/{id}/withdraw", Access::organiser},
    {"POST /manage/accounts/{id}/close", Access::organiser},
    {"POST /manage/accounts/{id}/open", Access::organiser},
    {"POST /manage/accounts/{id}/second-factor/end", Access::administrator},
    {"POST /manage/unreachable", Access::organiser},
    {"GET /api/v1/rosters", Access::own_reader},
    {"GET /api/v1/absences", Access::own_reader},
    {"GET /api/v1/unreachable", Access::own_reader},
};

enum class Who {
  anonymous,
  reads,
  writes,
  own_key,
  member,
  director,
  organiser,
  organiser_of_all,
  administrator
};
constexpr std::array everyone_there_is{Who::anonymous,        Who::reads,        Who::writes,
                                       Who::member,           Who::director,     Who::organiser,
                                       Who::organiser_of_all, Who::administrator};

boost::asio::awaitable<Reply> reached(Request) {
  co_return Reply::text(299, "reached");
}

RouteTable stubs(Services& services) {
  auto table = make_routes(services);
  for (auto& route : table) route.handler = reached;
  return table;
}

std::string filled_in(std::string pattern) {
  for (;;) {
    const auto open = pattern.find('{');
    if (open == std::string::npos) return pattern;
    pattern.replace(open, pattern.find('}') - open + 1, "7");
  }
}

bool has_session(Who who) {
  return who >= Who::member;
}

// What the rule says of a GET, or of a change that carries the right form token.
unsigned expected(Access access, Who who, bool safe, bool api) {
  const bool all = who == Who::organiser_of_all || who == Who::administrator;
  const unsigned unknown = safe && !api ? 303 : 401;
  switch (access) {
    case Access::everyone:
    case Access::visitor:
      return 299;
    case Access::reader:
      return who == Who::anonymous ? 401 : who == Who::reads || who == Who::writes || all ? 299 : 403;
    case Access::editor:
      return who == Who::anonymous ? 401 : who == Who::writes || all ? 299 : 403;
    case Access::own_reader:
      return who == Who::anonymous                                                                     ? 401
             : who == Who::reads || who == Who::writes || who == Who::own_key || who >= Who::organiser ? 299
                                                                                                       : 403;
    case Access::own_editor:
      return who == Who::anonymous                                                ? 401
             : who == Who::writes || who == Who::own_key || who >= Who::organiser ? 299
                                                                                  : 403;
    case Access::member:
      return has_session(who) ? 299 : unknown;
    case Access::organiser:
      return who >= Who::organiser ? 299 : has_session(who) ? 403 : unknown;
    case Access::administrator:
      return who == Who::administrator ? 299 : has_session(who) ? 403 : unknown;
    case Access::approver:
      return who == Who::director ? 299 : has_session(who) ? 403 : unknown;
  }
  return 0;
}

struct Visitor {
  Browser browser;
  std::string headers;  // that say who it is
  std::string form_token;
};

Visitor visitor(AccountsSite& site, Who who) {
  Visitor result{Browser(site), {}, {}};
  if (who == Who::reads || who == Who::writes)
    result.headers = "Authorization: Bearer " + site.token(who == Who::reads ? "read" : "write") + "\r\n";
  if (who == Who::own_key) {  // of an organiser of one association
    const auto owner = site.session("organiser@example.org").who;
    result.headers = "Authorization: Bearer " +
                     service::add_own_token(site.context, owner, "test", "write").wait().value().token +
                     "\r\n";
  }
  if (has_session(who)) {
    const std::map<Who, std::string> logins = {{Who::member, "member@example.org"},
                                               {Who::director, "director@example.org"},
                                               {Who::organiser, "organiser@example.org"},
                                               {Who::organiser_of_all, "all@example.org"},
                                               {Who::administrator, "administrator@example.org"}};
    const auto session = site.session(logins.at(who));
    result.browser.cookies["sid"] = session.cookie;
    result.form_token = session.who.csrf;
  } else {
    result.form_token = std::string(32, 'f');
    result.browser.cookies["form"] = result.form_token;
  }
  return result;
}

void add_accounts(AccountsSite& site) {
  site.add("member@example.org");
  site.add("director@example.org");
  service::AccountChange director;
  director.may_approve = true;
  REQUIRE(service::change_account(site.context, service::Actor("test", service::Role::editor),
                                  "director@example.org", director)
              .wait());
  site.add("organiser@example.org", AccountRole::organiser, "1");
  site.add("all@example.org", AccountRole::organiser);
  site.add("administrator@example.org", AccountRole::administrator);
}

}  // namespace

TEST_CASE("every route says who may and the list of guarded ones is complete") {
  AccountsSite site;
  std::set<std::string> seen;
  for (const auto& route : make_routes(site.services)) {
    const auto name = std::string(name_of(route.method)) + " " + route.pattern;
    CAPTURE(name);
    seen.insert(name);
    const auto known = guarded.find(name);
    if (known != guarded.end()) {
      CHECK(route.access == known->second);
    } else if (route.method == Method::get) {
      const bool public_api = route.access == Access::everyone || route.access == Access::visitor;
      const bool by_key = route.access == Access::editor || route.access == Access::own_editor;
      CHECK((public_api || (by_key && route.pattern.starts_with("/api/"))));
    } else {
      // What changes the installation takes a key to the API.
      CHECK((route.access == Access::editor || route.access == Access::own_editor));
      CHECK(route.pattern.starts_with("/api/"));
    }
  }
  for (const auto& [name, access] : guarded) {
    CAPTURE(name);
    CHECK(seen.count(name) == 1);
  }
}

TEST_CASE("each role reaches with each method what its rule says and nothing else") {
  AccountsSite site(stubs);
  add_accounts(site);
  const auto table = make_routes(site.services);
  std::map<std::string, std::map<Method, Access>> rules;
  for (const auto& route : table) rules[route.pattern][route.method] = route.access;
  for (const auto who : everyone_there_is) {
    auto caller = visitor(site, who);
    for (const auto& [pattern, methods] : rules) {
      const bool api = pattern.starts_with("/api/");
      for (const auto method : {Method::get, Method::post, Method::patch, Method::del, Method::put}) {
        CAPTURE(pattern, name_of(method), static_cast<int>(who));
        const auto rule = methods.find(method);
        const auto more =
            caller.headers + (is_safe(method) ? "" : "X-CSRF-Token: " + caller.form_token + "\r\n");
        const auto reply = caller.browser.send(std::string(name_of(method)), filled_in(pattern), "", more);
        if (rule == methods.end()) {
          CHECK(reply.status == 405);
          CHECK_FALSE(reply.header("allow").empty());
          continue;
        }
        CHECK(reply.status == expected(rule->second, who, is_safe(method), api));
        if (reply.status == 303) CHECK(reply.header("location").starts_with("/login?next=%2F"));
        if (is_safe(method) || rule->second == Access::everyone) continue;
        // The same without the form's token: only a key to the API does without.
        const auto bare =
            caller.browser.send(std::string(name_of(method)), filled_in(pattern), "", caller.headers);
        const bool by_key = rule->second == Access::editor || rule->second == Access::own_editor;
        CHECK((bare.status == 299) == (reply.status == 299 && !caller.headers.empty() && by_key));
      }
    }
  }
}

TEST_CASE("sessions are looked up for pages and for no feed or file") {
  AccountsSite site(stubs);
  site.add("member@example.org");
  Browser browser(site);
  browser.cookies["sid"] = site.session("member@example.org").cookie;
  for (const auto& route : make_routes(site.services)) {
    if (route.method != Method::get) continue;
    CAPTURE(route.pattern);
    const int before = site.look_ups();
    browser.get(filled_in(route.pattern));
    CHECK((site.look_ups() > before) == (route.access != Access::everyone));
    const bool busy = route.pattern.starts_with("/feeds/") || route.pattern.starts_with("/assets/") ||
                      route.pattern == "/healthz" || route.pattern == "/metrics";
    if (busy) CHECK(route.access == Access::everyone);
  }
}

TEST_CASE("a request from elsewhere is refused whatever token it carries") {
  AccountsSite site(stubs);
  site.add("member@example.org");
  auto caller = visitor(site, Who::anonymous);
  const auto session = site.session("member@example.org");
  caller.browser.cookies["sid"] = session.cookie;
  const auto token = "X-CSRF-Token: " + session.who.csrf + "\r\n";
  const std::pair<std::string, unsigned> rows[] = {
      {"", 299},
      {"Origin: http://127.0.0.1\r\n", 299},
      {"Origin: http://127.0.0.1\r\nSec-Fetch-Site: same-origin\r\n", 299},
      {"Origin: null\r\nSec-Fetch-Site: same-origin\r\n", 299},  // a page of ours that tells no address
      {"Origin: null\r\n", 403},
      {"Origin: null\r\nSec-Fetch-Site: cross-site\r\n", 403},
      {"Origin: https://evil.example\r\n", 403},
      {"Origin: http://127.0.0.1:9\r\n", 403},
      {"Sec-Fetch-Site: cross-site\r\n", 403},
      {"Sec-Fetch-Site: same-site\r\n", 403},
  };
  for (const auto& [headers, status] : rows) {
    CAPTURE(headers);
    CHECK(caller.browser.send("POST", "/calendars", "", token + headers).status == status);
    CHECK(caller.browser.send("POST", "/calendars", "", headers).status == 403);
  }
  for (const auto& wrong :
       {session.who.csrf + "x", session.who.csrf.substr(1), std::string("x"), caller.form_token})
    CHECK(caller.browser.send("POST", "/calendars", "", "X-CSRF-Token: " + wrong + "\r\n").status == 403);
}
