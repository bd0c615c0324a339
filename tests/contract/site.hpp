// The whole program but its process: a store, the services and a server on a port of the system's choosing,
// before a clock that stands still. What the HTTP rules of the calendar contract are asked of.
#pragma once

#include "db/store.hpp"
#include "service/accounts.hpp"
#include "service/events.hpp"
#include "service/feeds.hpp"
#include "service/personal_calendars.hpp"
#include "service/plans.hpp"
#include "service/snapshot.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/feed_witness.hpp"
#include "tests/support/temporary_store.hpp"
#include "tests/web/raw_client.hpp"
#include "web/routes.hpp"
#include "web/server.hpp"

#include <boost/asio/awaitable.hpp>

#include <atomic>
#include <string>
#include <thread>
#include <vector>

namespace convoke::testing {

inline const std::string site_address = "https://plans.example.org";

// A store whose disk may be taken away, and which counts who asks it.
class CountedStore final : public db::Store {
 public:
  explicit CountedStore(db::Store& inner) : inner_(inner) {}
  void submit_read(Work work, Done done) override {
    ++reads;
    if (broken)
      return done(std::make_exception_ptr(db::StorageError(db::StorageError::Kind::broken, "no disk")));
    inner_.submit_read(std::move(work), std::move(done));
  }
  void submit_write(db::Author author, Work work, Done done) override {
    inner_.submit_write(std::move(author), std::move(work), std::move(done));
  }
  std::int64_t last_change() const override { return inner_.last_change(); }
  Deferred<bool> backup(std::string file) override { return inner_.backup(std::move(file)); }
  Deferred<std::string> check() override { return inner_.check(); }

  std::atomic<bool> broken{false};
  std::atomic<int> reads{0};

 private:
  db::Store& inner_;
};

class Site {
 public:
  // Another one over the same store and clock is the same installation after a restart, or another node.
  Site(db::Store& store, FixedClock& at)
      : counted(store),
        clock(at),
        server_(settings(at), web::make_routes(services_), &nobody, web::make_problems()) {
    thread_ = std::jthread([this] { server_.run(); });
  }
  ~Site() {
    server_.stop();
    thread_.join();
  }
  Site(const Site&) = delete;
  Site& operator=(const Site&) = delete;

  // One request on a connection of its own. `more`: header lines, each with its CR LF.
  web::RawReply ask(std::string_view method, std::string_view target, std::string_view more = "") {
    web::RawClient client(server_.port());
    client.send(std::string(method) + " " + std::string(target) + " HTTP/1.1\r\nHost: plans.example.org\r\n" +
                std::string(more) + "\r\n");
    auto reply = client.read_reply(method == "HEAD");
    REQUIRE(reply);
    return *reply;
  }
  web::RawReply get(std::string_view target, std::string_view more = "") { return ask("GET", target, more); }
  // A feed that must be there; kept for the foreign readers beside what the database says.
  web::RawReply feed(std::string_view target = "/feeds/all.ics", Witness witness = Witness::all) {
    auto reply = get(target);
    REQUIRE(reply.status == 200);
    const auto events = stored();
    calendar::FeedView how;
    how.base_url = site_address;
    witness_feed(reply.body, events, how, witness);
    return reply;
  }

  std::vector<Event> stored() {
    return context.store.read([](db::Unit& unit) { return unit.events().all(); }).wait().value();
  }
  Event add(std::string title, Date day, std::optional<TimeOfDay> time = {}) {
    service::NewEvent wanted;
    wanted.title = std::move(title);
    wanted.details.date = day;
    wanted.details.time = time;
    return service::create_event(context, editor, wanted).wait().value();
  }
  Event change(EventId id, const service::EventChange& wanted) {
    return service::change_event(context, editor, id, wanted).wait().value();
  }
  void remove(EventId id) { REQUIRE(service::remove_event(context, editor, id).wait()); }
  std::uint16_t port() const { return server_.port(); }

  CountedStore counted;
  FixedClock& clock;
  service::Context context{counted, clock, service::Settings{site_address, "Europe/Kyiv"}};
  const service::Actor editor{"test", service::Role::editor};

 private:
  static web::ServerSettings settings(const FixedClock& at) {
    web::ServerSettings out;
    out.base_url = site_address;
    out.clock = &at;
    out.log_requests = false;
    return out;
  }
  // Nobody needs a token here: changes are made by the services themselves.
  static boost::asio::awaitable<Result<service::Actor>> nobody(std::string) {
    co_return Error(Errc::unauthenticated, "no tokens here");
  }

  service::Snapshots snapshots_{context};
  service::Feeds feeds_{context, snapshots_};
  web::Services services_{context, snapshots_, feeds_};
  web::Server server_;
  std::jthread thread_;
};

}  // namespace convoke::testing
