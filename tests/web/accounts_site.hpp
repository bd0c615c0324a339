// A real server with accounts, and browsers that keep cookies as real ones do.
#pragma once

#include "service/accounts.hpp"
#include "service/personal_calendars.hpp"
#include "tests/support/temporary_store.hpp"
#include "tests/web/raw_client.hpp"
#include "web/await.hpp"
#include "web/handlers/services.hpp"
#include "web/server.hpp"

#include <map>
#include <memory>
#include <string>
#include <thread>

namespace convoke::web {

inline const std::string password = "three quiet lamps burn";

class AccountsSite {
 public:
  // The table that the server answers from; by default the program's own.
  using Table = std::function<RouteTable(Services&)>;
  explicit AccountsSite(const Table& table = {}, const std::string& base_url = "http://127.0.0.1:8080");
  ~AccountsSite();
  AccountsSite(const AccountsSite&) = delete;
  AccountsSite& operator=(const AccountsSite&) = delete;

  std::uint16_t port() const { return server_->port(); }
  // An account with `password`. `organisation`: a name or number; empty: of none.
  void add(const std::string& login, AccountRole role = AccountRole::member,
           const std::string& organisation = "");
  // The value of a session's cookie.
  service::NewSession session(const std::string& login);
  std::string token(const std::string& scope);
  // What was submitted to be written before has been written.
  void let_writes_end();
  // Every byte that the database has written.
  std::string database_bytes() const;
  // How often the server looked a session up.
  int look_ups() const { return look_ups_; }

  tests::TemporaryStore store;
  FixedClock clock{parse_iso_instant("2024-10-07T06:00:00Z").value()};
  service::Context context;
  service::Snapshots snapshots{context};
  service::Feeds feeds{context, snapshots};
  Services services{context, snapshots, feeds};

 private:
  std::atomic<int> look_ups_ = 0;
  std::unique_ptr<Server> server_;
  std::jthread thread_;
};

// Keeps the cookies that it is given and sends them back.
class Browser {
 public:
  explicit Browser(const AccountsSite& site) : port_(site.port()) {}

  RawReply get(const std::string& target, const std::string& more = "");
  // A form as a page of ours sends it.
  RawReply post(const std::string& target, const Pairs& fields, const std::string& more = "");
  RawReply send(const std::string& method, const std::string& target, const std::string& body,
                const std::string& more);
  // The token in the forms of the page there.
  std::string form_token(const std::string& target);
  // Signs in through the page; the answer.
  RawReply sign_in(const std::string& login, const std::string& with = password,
                   const std::string& next = "/");

  std::map<std::string, std::string> cookies;
  std::string user_agent = "Mozilla/5.0 Firefox/140.0";

 private:
  std::uint16_t port_;
};

}  // namespace convoke::web
