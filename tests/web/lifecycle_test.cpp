// How the server ends, and how it lives through a shortage of descriptors.
#include "tests/support/catch.hpp"
#include "tests/web/raw_client.hpp"
#include "tests/web/test_server.hpp"

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <iterator>

namespace convoke::web {
namespace {

using namespace std::chrono_literals;

// A server in a process of its own, with few descriptors. It ends when its end of `control` is closed, with
// status 0 after a polite stop.
struct Child {
  pid_t pid = -1;
  int control = -1;
  std::uint16_t port = 0;
};

[[noreturn]] void run_child(int ports, int control, rlim_t descriptors) {
  rlimit limit{};
  limit.rlim_cur = limit.rlim_max = descriptors;
  ::setrlimit(RLIMIT_NOFILE, &limit);
  int status = 1;
  {
    TestServer server;
    const auto port = server.port();
    if (::write(ports, &port, sizeof port) == sizeof port) {
      char ignored = 0;
      status = ::read(control, &ignored, 1) == 0 ? 0 : 1;
    }
  }
  ::_exit(status);
}

Child start_child(rlim_t descriptors) {
  int ports[2], control[2];
  REQUIRE(::pipe(ports) == 0);
  REQUIRE(::pipe(control) == 0);
  Child child;
  child.pid = ::fork();
  REQUIRE(child.pid >= 0);
  if (child.pid == 0) {
    ::close(control[1]);
    run_child(ports[1], control[0], descriptors);
  }
  ::close(control[0]);
  ::close(ports[1]);
  REQUIRE(::read(ports[0], &child.port, sizeof child.port) == sizeof child.port);
  ::close(ports[0]);
  child.control = control[1];
  return child;
}

}  // namespace

TEST_CASE("stopping lets the request in progress finish and ends the idle ones") {
  TestServer server;
  RawClient idle(server.port()), busy(server.port());
  REQUIRE(idle.send(get("/hello")));
  CHECK(idle.read_reply()->status == 200);
  REQUIRE(busy.send(get("/held") + get("/hello")));
  server.turnstile().await_arrival();
  server.stop();
  CHECK(idle.read_to_end().empty());
  RawClient late(server.port());
  CHECK((!late.is_connected() || !late.send(get("/hello")) || late.read_to_end().empty()));
  server.turnstile().open();
  const auto reply = busy.read_reply();
  REQUIRE(reply);
  CHECK(reply->body == "let through");
  CHECK(reply->header("connection") == "close");
  CHECK_FALSE(busy.read_reply());
  server.join();
  CHECK(server.server().connections() == 0);
}

TEST_CASE("a request that does not finish is cut when the time to stop is over") {
  auto settings = TestServer::settings();
  settings.deadlines.drain = 150ms;
  TestServer server(settings);
  RawClient client(server.port());
  REQUIRE(client.send(get("/held")));
  server.turnstile().await_arrival();
  server.stop();
  server.join();
  std::string rest;
  const auto replies = parse_replies(client.read_to_end(), rest);
  CHECK(replies.size() <= 1);
  if (!replies.empty()) CHECK(replies[0].status == 503);
}

TEST_CASE("a server can be destroyed without having run") {
  RouteTable table;
  Handler handler = [](Request) -> boost::asio::awaitable<Reply> { co_return Reply(); };
  table.emplace_back(Method::get, "/", Access::everyone, 0, handler);
  Server server(TestServer::settings(), std::move(table), {});
  CHECK(server.port() != 0);
}

TEST_CASE("a signal stops the server politely") {
  RouteTable table;
  Handler handler = [](Request) -> boost::asio::awaitable<Reply> { co_return Reply::text(200, "up"); };
  table.emplace_back(Method::get, "/", Access::everyone, 0, handler);
  Server server(TestServer::settings(), std::move(table), {});
  std::jthread thread([&server] { server.run_until_signal(); });
  RawClient client(server.port());
  REQUIRE(client.send(get("/")));
  CHECK(client.read_reply()->body == "up");
  ::kill(::getpid(), SIGTERM);
  CHECK(client.read_to_end().empty());
}

TEST_CASE("hundreds of connections leave no descriptor behind") {
  const auto descriptors = [] {
    using Folder = std::filesystem::directory_iterator;
    return std::distance(Folder("/proc/self/fd"), Folder());
  };
  const auto before = descriptors();
  {
    TestServer server;
    for (int i = 0; i < 500; ++i) {
      RawClient client(server.port());
      REQUIRE(client.send(i % 2 == 0 ? get("/hello") : "GET /hello HTTP/1.1\r\nHo"));
      if (i % 2 == 0) REQUIRE(client.read_reply());
      if (i % 3 == 0) client.vanish();
    }
    server.stop();
    server.join();
    CHECK(server.server().connections() == 0);
  }
  CHECK(descriptors() == before);
}

TEST_CASE("running out of descriptors neither kills nor burns and passes when clients go") {
  const auto child = start_child(40);
  {
    std::vector<std::unique_ptr<RawClient>> clients;
    for (int i = 0; i < 100; ++i) clients.push_back(std::make_unique<RawClient>(child.port));
    for (auto& client : clients) REQUIRE(client->send(get("/hello")));
    CHECK(clients.front()->read_reply()->status == 200);
    CHECK_FALSE(clients.back()->has_news(1s));  // waits in the queue
    while (clients.size() > 1) {
      clients.erase(clients.begin(), clients.begin() + static_cast<std::ptrdiff_t>(clients.size() / 2));
      const auto reply = clients.front()->has_news(5s) ? clients.front()->read_reply() : std::nullopt;
      if (clients.size() < 20) REQUIRE(reply);
    }
  }
  RawClient after(child.port);
  REQUIRE(after.send(get("/hello")));
  CHECK(after.read_reply()->status == 200);
  ::close(child.control);
  int status = 0;
  rusage used{};
  REQUIRE(::wait4(child.pid, &status, 0, &used) == child.pid);
  CHECK(WIFEXITED(status));
  CHECK(WEXITSTATUS(status) == 0);
  // A loop that asks again at once would have used the whole second that the last client waited.
  const auto spent =
      used.ru_utime.tv_sec + used.ru_stime.tv_sec + (used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e6;
  CHECK(spent < 0.7);
}

}  // namespace convoke::web
