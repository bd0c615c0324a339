// A real server on a port of the system's choosing, with small routes that show one behaviour each.
#pragma once

#include "base/deferred.hpp"
#include "web/await.hpp"
#include "web/server.hpp"

#include <condition_variable>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

namespace convoke::web {

// Lets a test hold a handler in the middle and see that it got there.
class Turnstile {
 public:
  // The operation a handler awaits: completes when open() is called.
  Deferred<int> wait();
  void await_arrival();  // blocks until a handler waits
  void open();

 private:
  std::mutex mutex_;
  std::condition_variable arrived_;
  std::optional<Deferred<int>::Completion> waiting_;
};

class TestServer {
 public:
  // Deadlines long enough for a slow machine, unless the test is about one.
  static ServerSettings settings();

  explicit TestServer(ServerSettings given = settings());
  ~TestServer();
  TestServer(const TestServer&) = delete;
  TestServer& operator=(const TestServer&) = delete;

  std::uint16_t port() const { return server_.port(); }
  Server& server() { return server_; }
  Turnstile& turnstile() { return turnstile_; }
  void stop() { server_.stop(); }
  void join();

  static constexpr std::size_t large_size = 24UL * 1024 * 1024;

 private:
  RouteTable routes();

  Turnstile turnstile_;
  Server server_;
  std::jthread thread_;
};

}  // namespace convoke::web
