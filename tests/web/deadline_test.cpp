// Slow clients. Each case makes one deadline small and leaves the others long, so that it can be no other
// that cuts.
#include "tests/support/catch.hpp"
#include "tests/web/raw_client.hpp"
#include "tests/web/test_server.hpp"

namespace convoke::web {
namespace {

using namespace std::chrono_literals;

constexpr auto small = 150ms;

// Sends `bytes` one at a time, each after the server has been silent for a moment, until it answers or ends.
// Returns how many were sent.
std::size_t trickle(RawClient& client, std::string_view bytes) {
  std::size_t sent = 0;
  while (sent < bytes.size() && !client.has_news(10ms)) {
    if (!client.send(bytes.substr(sent, 1))) break;
    ++sent;
  }
  return sent;
}

}  // namespace

TEST_CASE("a header that comes too slowly is cut however steadily it comes") {
  auto settings = TestServer::settings();
  settings.deadlines.header = small;
  TestServer server(settings);
  RawClient client(server.port());
  const auto sent = trickle(client, get("/hello", "X: " + std::string(2000, 'a') + "\r\n"));
  CHECK(sent < 200);
  const auto reply = client.read_reply();
  REQUIRE(reply);
  CHECK(reply->status == 408);
  CHECK(reply->header("connection") == "close");
}

TEST_CASE("a client that connects and says nothing is let go without a word") {
  auto settings = TestServer::settings();
  settings.deadlines.header = small;
  TestServer server(settings);
  RawClient client(server.port());
  CHECK(client.read_to_end().empty());
}

TEST_CASE("a body that comes too slowly is cut however steadily it comes") {
  auto settings = TestServer::settings();
  settings.deadlines.body = small;
  settings.deadlines.body_per_64_kib = 0ms;
  TestServer server(settings);
  RawClient client(server.port());
  REQUIRE(client.send("POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3000\r\n\r\n"));
  CHECK(trickle(client, std::string(3000, 'a')) < 200);
  const auto reply = client.read_reply();
  REQUIRE(reply);
  CHECK(reply->status == 408);
}

TEST_CASE("a larger body has longer to come") {
  auto settings = TestServer::settings();
  settings.deadlines.body = small;
  settings.deadlines.body_per_64_kib = 1s;
  TestServer server(settings);
  RawClient client(server.port());
  REQUIRE(client.send("PUT /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 655360\r\n\r\n"));
  CHECK_FALSE(client.has_news(small * 2));
  REQUIRE(client.send(std::string(655360, 'b')));
  const auto reply = client.read_reply();
  REQUIRE(reply);
  CHECK(reply->body.size() == 655360);
}

TEST_CASE("a client that does not read its reply is cut") {
  auto settings = TestServer::settings();
  settings.deadlines.write = small;
  TestServer server(settings);
  RawClient client(server.port(), 4096);
  REQUIRE(client.send(get("/large")));
  server.stop();
  server.join();  // returns once the connection has ended
  CHECK(client.read_to_end().size() < TestServer::large_size);
}

TEST_CASE("a client that reads its reply a little at a time is cut at the same moment") {
  auto settings = TestServer::settings();
  settings.deadlines.write = small;
  TestServer server(settings);
  RawClient client(server.port(), 4096);
  REQUIRE(client.send(get("/large")));
  std::size_t received = 0;
  // So little at a time that the whole reply would take much longer than the deadline on any machine.
  for (auto chunk = client.read_some(16); !chunk.empty(); chunk = client.read_some(16)) {
    received += chunk.size();
    if (server.server().connections() == 0) break;
  }
  CHECK(received < TestServer::large_size);
}

TEST_CASE("a connection that nobody uses is closed") {
  auto settings = TestServer::settings();
  settings.deadlines.idle = small;
  TestServer server(settings);
  RawClient client(server.port());
  REQUIRE(client.send(get("/hello")));
  CHECK(client.read_reply()->status == 200);
  CHECK(client.read_to_end().empty());
}

TEST_CASE("a handler that takes too long is answered for") {
  auto settings = TestServer::settings();
  settings.deadlines.handler = small;
  TestServer server(settings);
  RawClient client(server.port());
  REQUIRE(client.send(get("/held")));
  const auto reply = client.read_reply();
  REQUIRE(reply);
  CHECK(reply->status == 503);
  CHECK(!reply->header("retry-after").empty());
  CHECK(reply->header("connection") == "close");
  server.turnstile().open();  // too late, and harmless
  RawClient next(server.port());
  REQUIRE(next.send(get("/hello")));
  CHECK(next.read_reply()->status == 200);
}

TEST_CASE("a client that does not close after the last reply is closed") {
  auto settings = TestServer::settings();
  settings.deadlines.linger = small;
  TestServer server(settings);
  RawClient client(server.port());
  REQUIRE(client.send("GET /hello HTTP/1.1\r\n\r\n"));
  const auto reply = client.read_reply();
  REQUIRE(reply);
  CHECK(reply->status == 400);
  trickle(client, std::string(1000, 'a'));
  server.stop();
  server.join();
  CHECK(server.server().connections() == 0);
}

TEST_CASE("hundreds of clients stuck in their headers are all let go and hold nobody up") {
  auto settings = TestServer::settings();
  settings.deadlines.header = 1s;
  TestServer server(settings);
  std::vector<std::unique_ptr<RawClient>> stuck;
  for (int i = 0; i < 400; ++i) {
    stuck.push_back(std::make_unique<RawClient>(server.port()));
    REQUIRE(stuck.back()->send("GET /hello HTTP/1.1\r\nHost: loc"));
  }
  RawClient client(server.port());
  REQUIRE(client.send(get("/hello")));
  CHECK(client.read_reply()->status == 200);
  for (auto& one : stuck) {
    const auto reply = one->read_reply();
    REQUIRE(reply);
    REQUIRE(reply->status == 408);
  }
}

}  // namespace convoke::web
