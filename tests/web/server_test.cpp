#include "tests/support/catch.hpp"
#include "tests/web/raw_client.hpp"
#include "tests/web/test_server.hpp"

#include <unistd.h>

#include <algorithm>
#include <cstdio>

namespace convoke::web {
namespace {

RawReply ask(const TestServer& server, const std::string& request, bool head_only = false) {
  RawClient client(server.port());
  REQUIRE(client.send(request));
  auto reply = client.read_reply(head_only);
  REQUIRE(reply);
  return *reply;
}

}  // namespace

TEST_CASE("a page is served and the connection stays open for the next") {
  TestServer server;
  RawClient client(server.port());
  for (const auto* name : {"first", "second", "third"}) {
    REQUIRE(client.send(get("/hello?name=" + std::string(name))));
    const auto reply = client.read_reply();
    REQUIRE(reply);
    CHECK(reply->status == 200);
    CHECK(reply->body == "hello " + std::string(name));
    CHECK(reply->header("connection").empty());
  }
}

TEST_CASE("every reply says how it may be used and not what serves it") {
  TestServer server;
  const auto reply = ask(server, get("/"));
  CHECK(reply.header("x-content-type-options") == "nosniff");
  CHECK(reply.header("referrer-policy") == "no-referrer");
  CHECK(reply.header("cache-control") == "no-store");
  CHECK(reply.header("date").size() == 29);
  CHECK(reply.header("server").empty());
  CHECK(reply.header("content-security-policy").empty());
  const auto page = ask(server, get("/nothing-here"));
  CHECK(page.status == 404);
  CHECK(page.header("content-security-policy").find("default-src 'none'") == 0);
  CHECK(page.header("content-security-policy").find("frame-ancestors 'none'") != std::string::npos);
  CHECK(page.header("cross-origin-opener-policy") == "same-origin");
  CHECK(page.header("strict-transport-security").empty());
}

TEST_CASE("a server whose address is https tells browsers to stay there") {
  auto settings = TestServer::settings();
  settings.base_url = "https://plans.example.org";
  TestServer server(settings);
  CHECK(ask(server, get("/")).header("strict-transport-security") == "max-age=31536000; includeSubDomains");
  CHECK(ask(server, "GET / HTTP/1.1\r\nHost: plans.example.org\r\n\r\n").status == 200);
}

TEST_CASE("feed rule 1: HEAD gives the headers of GET and no body") {
  TestServer server;
  const auto whole = ask(server, get("/hello"));
  RawClient client(server.port());
  REQUIRE(client.send("HEAD /hello HTTP/1.1\r\nHost: localhost\r\n\r\n" + get("/hello")));
  const auto head = client.read_reply(true);
  REQUIRE(head);
  CHECK(head->status == 200);
  CHECK(head->header("content-length") == std::to_string(whole.body.size()));
  CHECK(head->header("content-type") == whole.header("content-type"));
  const auto next = client.read_reply();
  REQUIRE(next);
  CHECK(next->body == whole.body);
}

TEST_CASE("a refused HEAD has no body either") {
  TestServer server;
  for (const auto* request :
       {"HEAD /hello HTTP/1.1\r\n\r\n", "HEAD /hello\n", "\r\nHEAD /%zz HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "HEAD /nothing HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"}) {
    CAPTURE(request);
    RawClient client(server.port());
    REQUIRE(client.send(request));
    std::string rest;
    CHECK(parse_replies(client.read_to_end(), rest, true).size() == 1);
    CHECK(rest.empty());
  }
}

TEST_CASE("the date of a reply is that of the server's clock") {
  const FixedClock clock(Instant{std::chrono::seconds{784111777}});
  auto settings = TestServer::settings();
  settings.clock = &clock;
  TestServer server(settings);
  CHECK(ask(server, get("/")).header("date") == "Sun, 06 Nov 1994 08:49:37 GMT");
}

TEST_CASE("the log tells of each request and of no token") {
  const auto log = std::unique_ptr<std::FILE, int (*)(std::FILE*)>(std::tmpfile(), std::fclose);
  REQUIRE(log);
  const int kept = ::dup(2);
  ::dup2(::fileno(log.get()), 2);
  {
    auto settings = TestServer::settings();
    settings.log_requests = true;
    TestServer server(settings);
    ask(server, get("/feeds/p/s3cret.ics?key=s3cret", "Authorization: Bearer s3cret\r\n"));
    ask(server, get("/feeds/p/s3cret"));
    ask(server, get("/plans/17"));
    ask(server, get("/s3cret\n"));
    server.stop();
    server.join();
  }
  ::dup2(kept, 2);
  ::close(kept);
  std::string text(64 * 1024, '\0');
  std::rewind(log.get());
  text.resize(std::fread(text.data(), 1, text.size(), log.get()));
  CAPTURE(text);
  CHECK(text.find("s3cret") == std::string::npos);
  CHECK(text.find("\"path\":\"/feeds/p/{token}.ics\",\"status\":200") != std::string::npos);
  CHECK(text.find("\"path\":\"/plans/17\"") != std::string::npos);
  CHECK(std::count(text.begin(), text.end(), '\n') == 4);
}

TEST_CASE("a method that an address does not answer is refused with those it does") {
  TestServer server;
  const auto refused = ask(server, "DELETE /hello HTTP/1.1\r\nHost: localhost\r\n\r\n");
  CHECK(refused.status == 405);
  CHECK(refused.header("allow") == "GET, HEAD, OPTIONS");
  const auto options = ask(server, "OPTIONS /echo HTTP/1.1\r\nHost: localhost\r\n\r\n");
  CHECK(options.status == 204);
  CHECK(options.header("allow") == "POST, PUT, OPTIONS");
  CHECK(options.header("content-length").empty());
  CHECK(ask(server, "OPTIONS * HTTP/1.1\r\nHost: localhost\r\n\r\n").status == 204);
}

TEST_CASE("an address is matched by its most exact route") {
  TestServer server;
  CHECK(ask(server, get("/plans/17")).body == "[17]");
  CHECK(ask(server, get("/plans/new")).body == "hello world");
  CHECK(ask(server, get("/feeds/kind-meeting.ics")).body == "[kind-meeting]");
  CHECK(ask(server, get("/feeds/p/abc.ics")).body == "[abc]");
  CHECK(ask(server, get("/feeds/.ics")).status == 404);
  CHECK(ask(server, get("/plans/")).status == 404);
  CHECK(ask(server, get("/plans/%7Bid%7D")).body == "[{id}]");
  CHECK(ask(server, get("/plans/%D0%B0")).body == "[а]");
  const auto moved = ask(server, get("/hello/?name=a%20b"));
  CHECK(moved.status == 308);
  CHECK(moved.header("location") == "/hello?name=a%20b");
  CHECK(ask(server, get("//hello")).status == 404);
}

TEST_CASE("what goes wrong is told to a program as problem details and to a calendar as plain text") {
  TestServer server;
  const auto api = ask(server, get("/api/v1/nothing"));
  CHECK(api.status == 404);
  CHECK(api.header("content-type") == "application/problem+json");
  CHECK(api.body.find("\"status\":404") != std::string::npos);
  const auto feed = ask(server, get("/feeds/nothing"));
  CHECK(feed.status == 404);
  CHECK(feed.header("content-type") == "text/plain; charset=utf-8");
  CHECK(ask(server, get("/nothing")).header("content-type") == "text/html; charset=utf-8");
}

TEST_CASE("a handler that throws is a 500 with an id and without details") {
  TestServer server;
  RawClient client(server.port());
  REQUIRE(client.send(get("/throws") + get("/hello")));
  const auto reply = client.read_reply();
  REQUIRE(reply);
  CHECK(reply->status == 500);
  CHECK(reply->body.find("secret") == std::string::npos);
  CHECK(reply->body.find("noted as ") != std::string::npos);
  const auto next = client.read_reply();
  REQUIRE(next);
  CHECK(next->status == 200);
}

TEST_CASE("a route for token holders asks for the token before it reads a body") {
  TestServer server;
  const auto without = ask(server, get("/api/v1/plans"));
  CHECK(without.status == 401);
  CHECK(without.header("www-authenticate") == "Bearer realm=\"convoke\"");
  CHECK(ask(server, get("/api/v1/plans", "Authorization: Bearer wrong\r\n")).status == 401);
  CHECK(ask(server, get("/api/v1/plans", "Authorization: Basic cmVhZHM=\r\n")).status == 401);
  CHECK(ask(server, get("/api/v1/plans", "Authorization: Bearer reads\r\n")).body == "token:1 127.0.0.1 ");
  CHECK(ask(server, post("/api/v1/plans", "x", "Authorization: Bearer reads\r\n")).status == 403);
  CHECK(ask(server, post("/api/v1/plans", "x", "Authorization: Bearer writes\r\n")).body == "x");
  const auto unread = ask(server,
                          "POST /api/v1/plans HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n"
                          "Expect: 100-continue\r\n\r\n");
  CHECK(unread.status == 401);
  CHECK(unread.header("connection") == "close");
}

TEST_CASE("a browser on another site cannot change anything here") {
  TestServer server;
  CHECK(ask(server, post("/echo", "x", "Sec-Fetch-Site: cross-site\r\n")).status == 403);
  CHECK(ask(server, post("/echo", "x", "Sec-Fetch-Site: same-site\r\n")).status == 403);
  CHECK(ask(server, post("/echo", "x", "Sec-Fetch-Site: same-origin\r\n")).status == 200);
  CHECK(ask(server, post("/echo", "x", "Sec-Fetch-Site: none\r\n")).status == 200);
  CHECK(ask(server, post("/echo", "x", "Origin: https://evil.example\r\n")).status == 403);
  CHECK(ask(server, post("/echo", "x", "Origin: null\r\n")).status == 403);
  CHECK(ask(server, post("/echo", "x", "Origin: http://localhost:3000\r\n")).status == 403);
  CHECK(ask(server, post("/echo", "x", "Origin: http://localhost\r\n")).status == 200);
  CHECK(ask(server, post("/echo", "x", "Origin: http://127.0.0.1:8080\r\n")).status == 200);
  CHECK(ask(server, post("/echo", "x")).status == 200);
  CHECK(ask(server, get("/hello", "Sec-Fetch-Site: cross-site\r\n")).status == 200);
}

TEST_CASE("a body up to the limit of its route is taken and one byte more is refused unread") {
  TestServer server;
  CHECK(ask(server, post("/echo", std::string(64 * 1024, 'b'))).body.size() == 64 * 1024);
  const auto over = ask(server,
                        "POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 65537\r\n"
                        "Expect: 100-continue\r\n\r\n");
  CHECK(over.status == 413);
  CHECK(over.header("connection") == "close");
}

TEST_CASE("a client that asks before it sends its body is told to go on") {
  TestServer server;
  RawClient client(server.port());
  REQUIRE(
      client.send("POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\n"
                  "Expect: 100-continue\r\n\r\n"));
  const auto go_on = client.read_reply();
  REQUIRE(go_on);
  CHECK(go_on->status == 100);
  REQUIRE(client.send("body"));
  const auto reply = client.read_reply();
  REQUIRE(reply);
  CHECK(reply->body == "body");
}

TEST_CASE("a hundred requests sent at once are answered in order") {
  TestServer server;
  RawClient client(server.port());
  std::string requests;
  for (int i = 0; i < 100; ++i) {
    requests += get("/hello?name=" + std::to_string(i));
    requests += post("/echo", "body " + std::to_string(i));
  }
  REQUIRE(client.send(requests));
  for (int i = 0; i < 100; ++i) {
    const auto hello = client.read_reply();
    const auto echo = client.read_reply();
    REQUIRE(hello);
    REQUIRE(echo);
    REQUIRE(hello->body == "hello " + std::to_string(i));
    REQUIRE(echo->body == "body " + std::to_string(i));
  }
}

TEST_CASE("a request is understood wherever the network cuts it") {
  TestServer server;
  const auto request = post("/echo?a=b", "the body", "Accept: */*\r\n");
  for (std::size_t cut = 1; cut < request.size(); ++cut) {
    CAPTURE(cut);
    RawClient client(server.port());
    REQUIRE(client.send(std::string_view(request).substr(0, cut)));
    REQUIRE(client.send(std::string_view(request).substr(cut)));
    const auto reply = client.read_reply();
    REQUIRE(reply);
    REQUIRE(reply->body == "the body");
  }
}

TEST_CASE("a client that has finished sending still gets its answer") {
  TestServer server;
  RawClient client(server.port());
  REQUIRE(client.send(get("/hello")));
  client.finish_sending();
  std::string rest;
  const auto replies = parse_replies(client.read_to_end(), rest);
  CHECK(replies.size() == 1);
  CHECK(rest.empty());
}

TEST_CASE("an HTTP/1.0 client is answered and the connection closed") {
  TestServer server;
  RawClient client(server.port());
  REQUIRE(client.send("GET /hello HTTP/1.0\r\n\r\n"));
  std::string rest;
  const auto replies = parse_replies(client.read_to_end(), rest);
  REQUIRE(replies.size() == 1);
  CHECK(replies[0].status == 200);
  CHECK(replies[0].header("connection") == "close");
}

TEST_CASE("a connection is closed after the reply when the client asks for it") {
  TestServer server;
  RawClient client(server.port());
  REQUIRE(client.send(get("/hello", "Connection: Close\r\n") + get("/hello")));
  std::string rest;
  CHECK(parse_replies(client.read_to_end(), rest).size() == 1);
}

TEST_CASE("what a client claims about its address is believed of our own proxy only") {
  TestServer server;
  CHECK(ask(server, get("/who", "X-Forwarded-For: 10.1.2.3\r\n")).body == "anonymous 127.0.0.1 ");
  auto settings = TestServer::settings();
  settings.trusted_proxy = "127.0.0.1";
  TestServer behind(settings);
  CHECK(ask(behind, get("/who", "X-Forwarded-For: 9.9.9.9, 10.1.2.3\r\n")).body ==
        "anonymous 10.1.2.3 9.9.9.9, 10.1.2.3");
  CHECK(ask(behind, get("/who", "X-Forwarded-For: nonsense\r\n")).body == "anonymous 127.0.0.1 nonsense");
}

TEST_CASE("a header with a line break in its value is left out of the reply") {
  TestServer server;
  const auto reply = ask(server, get("/splits"));
  CHECK(reply.body == "whole");
  CHECK(reply.head.find("Set-Cookie") == std::string::npos);
}

TEST_CASE("clients that vanish in the middle of a reply leave nothing behind") {
  TestServer server;
  for (int i = 0; i < 20; ++i) {
    RawClient client(server.port());
    REQUIRE(client.send(get("/large")));
    REQUIRE(!client.read_some(1000).empty());
    client.vanish();
  }
  CHECK(ask(server, get("/hello")).status == 200);
  server.stop();
  server.join();
  CHECK(server.server().connections() == 0);
}

TEST_CASE("a large reply arrives whole") {
  TestServer server;
  const auto reply = ask(server, get("/large"));
  REQUIRE(reply.body.size() == TestServer::large_size);
  CHECK(std::all_of(reply.body.begin(), reply.body.end(), [](char c) { return c == 'x'; }));
}

TEST_CASE("one address may hold only so many connections") {
  auto settings = TestServer::settings();
  settings.limits.connections_per_address = 3;
  settings.cap_loopback = true;
  TestServer server(settings);
  {
    RawClient first(server.port()), second(server.port()), third(server.port());
    for (auto* client : {&first, &second, &third}) {
      REQUIRE(client->send(get("/hello")));
      CHECK(client->read_reply()->status == 200);
    }
    RawClient fourth(server.port());
    const auto refused = fourth.read_reply();
    REQUIRE(refused);
    CHECK(refused->status == 503);
    CHECK(!refused->header("retry-after").empty());
    CHECK(refused->body == "too many connections\n");
    CHECK(refused->header("content-type") == "text/plain; charset=utf-8");
    CHECK(refused->header("x-content-type-options") == "nosniff");
    CHECK(refused->header("cache-control") == "no-store");
    CHECK(refused->header("connection") == "close");
    CHECK(fourth.read_to_end().empty());  // not a byte more than Content-Length says
    REQUIRE(first.send(get("/hello", "Connection: close\r\n")));
    first.read_to_end();
    // Its end is known to the server a moment later than to us: the third is still served either way.
    REQUIRE(third.send(get("/hello")));
    CHECK(third.read_reply()->status == 200);
  }
}

TEST_CASE("an address that asks too often is told to wait and others are served") {
  auto settings = TestServer::settings();
  settings.trusted_proxy = "127.0.0.1";
  settings.limits.requests_per_minute = 4;
  settings.limits.changes_per_minute = 2;
  TestServer server(settings);
  const auto as = [](const std::string& address) { return "X-Forwarded-For: " + address + "\r\n"; };
  const auto one = as("192.0.2.1"), other = as("192.0.2.2");
  for (int i = 0; i < 2; ++i) CHECK(ask(server, post("/echo", "x", one)).status == 200);
  const auto change = ask(server, post("/echo", "x", one));
  CHECK(change.status == 429);
  CHECK(change.header("retry-after") == "30");
  CHECK(change.header("connection") == "close");  // its body was not read
  for (int i = 0; i < 2; ++i) CHECK(ask(server, get("/hello", one)).status == 200);
  CHECK(ask(server, get("/hello", one)).status == 429);
  CHECK(ask(server, get("/nothing", one)).status == 429);
  const auto api = ask(server, get("/api/v1/plans", one));
  CHECK(api.status == 429);
  CHECK(api.header("content-type") == "application/problem+json");
  CHECK(api.header("retry-after") == "15");
  CHECK(ask(server, get("/hello", other)).status == 200);
  // A whole IPv6 network of one client is one address.
  for (const char* address : {"2001:db8::1", "2001:db8::2", "2001:db8::3:4", "2001:db8::5"})
    CHECK(ask(server, get("/hello", as(address))).status == 200);
  CHECK(ask(server, get("/hello", as("2001:db8::6"))).status == 429);
  CHECK(ask(server, get("/hello", as("2001:db8:0:1::6"))).status == 200);
  // What the proxy asks for itself, and this machine, are not counted.
  for (int i = 0; i < 6; ++i) CHECK(ask(server, get("/hello")).status == 200);
}

TEST_CASE("requests from this machine are counted only where that is asked for") {
  auto settings = TestServer::settings();
  settings.limits.requests_per_minute = 2;
  {
    TestServer server(settings);
    for (int i = 0; i < 4; ++i) CHECK(ask(server, get("/hello")).status == 200);
  }
  settings.rate_loopback = true;
  TestServer server(settings);
  // A name that anybody can write into a request is no way round.
  CHECK(ask(server, get("/hello", "X-Forwarded-For: 192.0.2.1\r\n")).status == 200);
  CHECK(ask(server, get("/hello", "X-Forwarded-For: 192.0.2.2\r\n")).status == 200);
  CHECK(ask(server, get("/hello", "X-Forwarded-For: 192.0.2.3\r\n")).status == 429);
}

TEST_CASE("a server answers at an IPv6 address and by its name in brackets") {
  CHECK(default_hosts("http://[2001:db8::7]:8080", "::1") ==
        std::vector<std::string>{"localhost", "127.0.0.1", "[::1]", "[2001:db8::7]"});
  CHECK(default_hosts("http://localhost", "2001:db8::7").back() == "[2001:db8::7]");
  CHECK(default_hosts("http://localhost", "[2001:db8::7]").back() == "[2001:db8::7]");
  for (const char* address : {"::1", "::"}) {
    auto settings = TestServer::settings();
    settings.address = address;
    std::optional<TestServer> server;
    try {
      server.emplace(settings);
    } catch (const boost::system::system_error& error) {
      WARN("skipped: this machine has no IPv6: " << error.what());
      return;
    }
    const auto port = std::to_string(server->port());
    RawClient client(server->port(), 0, true);
    REQUIRE(client.is_connected());
    REQUIRE(client.send("GET /who HTTP/1.1\r\nHost: [::1]:" + port + "\r\n\r\n"));
    const auto reply = client.read_reply();
    REQUIRE(reply);
    CHECK(reply->status == 200);
    CHECK(reply->body == "anonymous ::1 ");
    if (std::string(address) == "::1") continue;
    // The socket for both families shows an IPv4 client by its IPv4 name.
    CHECK(ask(*server, get("/who")).body == "anonymous 127.0.0.1 ");
  }
}

TEST_CASE("an address with more fields than are read is refused") {
  auto settings = TestServer::settings();
  settings.limits.form_fields = 3;
  TestServer server(settings);
  CHECK(ask(server, get("/hello?a&b&c")).status == 200);
  CHECK(ask(server, get("/hello?a&b&c&d")).status == 400);
}

TEST_CASE("several threads serve many clients at once") {
  auto settings = TestServer::settings();
  settings.threads = 3;
  TestServer server(settings);
  std::atomic<int> good = 0;
  {
    std::vector<std::jthread> clients;
    for (int i = 0; i < 8; ++i)
      clients.emplace_back([&] {
        RawClient client(server.port());
        for (int n = 0; n < 50; ++n) {
          client.send(get("/hello?name=" + std::to_string(n)));
          const auto reply = client.read_reply();
          if (reply && reply->body == "hello " + std::to_string(n)) ++good;
        }
      });
  }
  CHECK(good == 400);
}

TEST_CASE("the route table is checked when the server starts") {
  const auto start = [](RouteTable table) { Server server(TestServer::settings(), std::move(table), {}); };
  Handler handler = [](Request) -> boost::asio::awaitable<Reply> { co_return Reply(); };
  RouteTable twice;
  twice.emplace_back(Method::get, "/a", Access::everyone, 0, handler);
  twice.emplace_back(Method::get, "/a", Access::reader, 0, handler);
  CHECK_THROWS_AS(start(twice), std::invalid_argument);
  RouteTable empty;
  empty.emplace_back(Method::get, "/a", Access::everyone, 0, Handler());
  CHECK_THROWS_AS(start(empty), std::invalid_argument);
  RouteTable relative;
  relative.emplace_back(Method::get, "a", Access::everyone, 0, handler);
  CHECK_THROWS_AS(start(relative), std::invalid_argument);
}

}  // namespace convoke::web
