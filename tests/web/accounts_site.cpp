#include "tests/web/accounts_site.hpp"

#include "service/tokens.hpp"
#include "tests/support/catch.hpp"
#include "tests/web/pages_sample.hpp"
#include "web/routes.hpp"
#include "web/target.hpp"

#include <fstream>
#include <iterator>

namespace convoke::web {
namespace {

boost::asio::awaitable<Result<Member>> find_session(service::Context* context, std::string cookie) {
  auto deferred = service::session_of(*context, std::move(cookie));
  auto who = co_await await(std::move(deferred));
  if (!who) co_return who.error();
  Member member;
  member.actor = service::actor_of(*who);
  member.who = std::make_shared<const service::SignedIn>(std::move(*who));
  co_return member;
}

boost::asio::awaitable<Result<service::Actor>> find_token(service::Context* context, std::string token) {
  auto deferred = service::authenticate(*context, std::move(token));
  co_return co_await await(std::move(deferred));
}

service::Settings cheap_settings(const std::string& base_url) {
  service::Settings settings;
  settings.base_url = base_url;
  settings.default_zone = "Europe/Minsk";
  settings.password_cost = service::cheap_password_cost;
  return settings;
}

void fill(db::Store& store, Instant now) {
  auto stored = store.write(db::Author("test", now), [now](db::Unit& unit) {
    const auto organisation = unit.organisations().insert(tests::sample_organisation());
    auto plan = tests::sample_plan();
    plan.organisation = organisation;
    const auto id = unit.plans().insert(plan);
    for (auto& event : tests::sample_events()) {
      event.plan = id;
      event.organisation = organisation;
      event.uid = random_uuid();
      event.created = event.modified = now;
      unit.events().insert(event);
    }
    return true;
  });
  REQUIRE(std::move(stored).wait());
}

std::string file_bytes(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

}  // namespace

AccountsSite::AccountsSite(const Table& table, const std::string& base_url)
    : context{*store, clock, cheap_settings(base_url)} {
  fill(*store, clock.now());
  ServerSettings settings;
  settings.log_requests = false;
  settings.base_url = base_url;
  settings.clock = &clock;
  auto routes = table ? table(services) : make_routes(services);
  auto by_token = [this](std::string token) { return find_token(&context, std::move(token)); };
  auto by_session = [this](std::string cookie) {
    ++look_ups_;
    return find_session(&context, std::move(cookie));
  };
  server_ = std::make_unique<Server>(settings, std::move(routes), by_token, make_problems(), by_session);
  thread_ = std::jthread([this] { server_->run(); });
}

AccountsSite::~AccountsSite() {
  server_->stop();
  thread_.join();
}

void AccountsSite::add(const std::string& login, AccountRole role, const std::string& organisation) {
  service::NewAccount account;
  account.login = login;
  account.name = "Калина О.П.";
  account.password = password;
  account.role = role;
  account.organisation = organisation;
  const auto made =
      service::add_account(context, service::Actor("cli", service::Role::editor), std::move(account)).wait();
  if (!made) FAIL(made.error().message);
}

service::NewSession AccountsSite::session(const std::string& login) {
  service::SignIn entered;
  entered.login = login;
  entered.password = password;
  auto session = service::sign_in(context, std::move(entered)).wait();
  if (!session) FAIL(session.error().message);
  return *session;
}

std::string AccountsSite::token(const std::string& scope) {
  return service::add_token(context, "test", scope).wait().value().token;
}

void AccountsSite::let_writes_end() {
  auto done = store->write(db::Author("test", clock.now()), [](db::Unit&) { return true; });
  REQUIRE(std::move(done).wait());
}

std::string AccountsSite::database_bytes() const {
  return file_bytes(store.file()) + file_bytes(store.file() + "-wal");
}

RawReply Browser::send(const std::string& method, const std::string& target, const std::string& body,
                       const std::string& more) {
  std::string head = method + " " + target + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n";
  head += "User-Agent: " + user_agent + "\r\n" + more;
  std::string kept;
  for (const auto& [name, value] : cookies) kept += (kept.empty() ? "" : "; ") + name + "=" + value;
  if (!kept.empty()) head += "Cookie: " + kept + "\r\n";
  if (!body.empty() || method == "POST") head += "Content-Length: " + std::to_string(body.size()) + "\r\n";
  RawClient client(port_);
  REQUIRE(client.send(head + "\r\n" + body));
  const auto reply = client.read_reply(method == "HEAD");
  REQUIRE(reply);
  for (const auto& [name, line] : reply->headers) {
    if (name != "set-cookie") continue;
    const auto equals = line.find('=');
    const auto value = line.substr(equals + 1, line.find(';') - equals - 1);
    if (line.find("Max-Age=0;") != std::string::npos)
      cookies.erase(line.substr(0, equals));
    else
      cookies[line.substr(0, equals)] = value;
  }
  return *reply;
}

RawReply Browser::get(const std::string& target, const std::string& more) {
  return send("GET", target, "", more);
}

RawReply Browser::post(const std::string& target, const Pairs& fields, const std::string& more) {
  std::string body;
  for (const auto& [name, value] : fields)
    body += (body.empty() ? "" : "&") + percent_encode(name) + "=" + percent_encode(value);
  return send("POST", target, body,
              "Content-Type: application/x-www-form-urlencoded\r\nOrigin: http://127.0.0.1\r\n"
              "Sec-Fetch-Site: same-origin\r\n" +
                  more);
}

std::string Browser::form_token(const std::string& target) {
  const auto page = get(target).body;
  const std::string mark = "name=\"csrf\" value=\"";
  const auto begin = page.find(mark);
  if (begin == std::string::npos) return {};
  const auto from = begin + mark.size();
  return page.substr(from, page.find('"', from) - from);
}

RawReply Browser::sign_in(const std::string& login, const std::string& with, const std::string& next) {
  const auto csrf = form_token("/login");
  return post("/login", {{"csrf", csrf}, {"login", login}, {"password", with}, {"next", next}});
}

}  // namespace convoke::web
