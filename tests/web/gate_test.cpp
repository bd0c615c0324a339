#include "web/gate.hpp"
#include "tests/support/catch.hpp"
#include "web/head_scanner.hpp"
#include "web/request_head.hpp"

#include <string>

namespace convoke::web {
namespace {

const std::vector<std::string> hosts{"localhost", "plans.example.org", "[::1]"};

// What the gate says: 0 when it lets the request in.
unsigned verdict(const HeadView& head) {
  const auto admitted = judge(head, hosts, Limits());
  return admitted ? 0 : admitted.error().status;
}

HeadView head_of(std::string_view method, std::string_view target, std::vector<FieldView> fields = {}) {
  HeadView head;
  head.method = method;
  head.target = target;
  head.fields = std::move(fields);
  return head;
}

HeadView with(std::string_view name, std::string_view value, std::string_view method = "GET") {
  return head_of(method, "/", {{"Host", "localhost"}, {name, value}});
}

struct TextCase {
  unsigned status;
  std::string text;
};

}  // namespace

TEST_CASE("the gate knows which methods it lets in") {
  const std::vector<TextCase> cases{
      {0, "GET"},      {0, "HEAD"},    {0, "POST"},      {0, "PUT"},   {0, "PATCH"}, {0, "DELETE"},
      {0, "OPTIONS"},  {405, "TRACE"}, {405, "CONNECT"}, {501, "get"}, {501, "Get"}, {501, "PROPFIND"},
      {501, "REPORT"}, {501, "BREW"},  {501, "GETS"},    {501, "GE"},  {501, ""},    {501, "trace"}};
  for (const auto& [status, method] : cases) {
    CAPTURE(method);
    CHECK(verdict(head_of(method, "/", {{"Host", "localhost"}})) == status);
  }
}

TEST_CASE("a length is one plain number of at most ten digits") {
  const std::vector<TextCase> cases{{0, "0"},
                                    {0, "5"},
                                    {0, "0005"},
                                    {0, "9999999999"},
                                    {400, "00000000005"},
                                    {400, "10000000000"},
                                    {400, ""},
                                    {400, "+5"},
                                    {400, "-5"},
                                    {400, "5,5"},
                                    {400, "5, 5"},
                                    {400, ",5"},
                                    {400, "0x5"},
                                    {400, "5 5"},
                                    {400, "5.0"},
                                    {400, "5e3"},
                                    {400, "five"},
                                    {400, "5;"},
                                    {400, "\"5\""},
                                    {400, "٥"},
                                    {400, "1_000"}};
  for (const auto& [status, text] : cases) {
    CAPTURE(text);
    CHECK(verdict(with("Content-Length", text, "POST")) == status);
  }
  CHECK(judge(with("Content-Length", "9999999999", "POST"), hosts, Limits())->content_length == 9999999999);
}

TEST_CASE("a transfer coding is refused whatever it says") {
  for (const auto* text : {"chunked", "CHUNKED", "gzip", "gzip, chunked", "identity", "", "x", ",chunked"}) {
    CAPTURE(text);
    CHECK(verdict(with("Transfer-Encoding", text, "POST")) == 411);
    CHECK(verdict(with("tRANSFER-eNCODING", text, "GET")) == 411);
  }
  CHECK(verdict(head_of("POST", "/",
                        {{"Host", "localhost"}, {"Content-Length", "3"}, {"Transfer-Encoding", ""}})) == 411);
}

TEST_CASE("only requests for our own names are let in") {
  const std::vector<TextCase> cases{{0, "localhost"},
                                    {0, "LOCALHOST"},
                                    {0, "localhost:80"},
                                    {0, "localhost:65535"},
                                    {0, "plans.example.org"},
                                    {0, "Plans.Example.Org:443"},
                                    {0, "[::1]"},
                                    {0, "[::1]:8080"},
                                    {400, ""},
                                    {400, "localhost:"},
                                    {400, "localhost:65536"},
                                    {400, "localhost:8o"},
                                    {400, "localhost:-1"},
                                    {400, "localhost:000080"},
                                    {400, ":80"},
                                    {400, "local host"},
                                    {400, "localhost,x"},
                                    {400, "x@localhost"},
                                    {400, "localhost/"},
                                    {400, "http://localhost"},
                                    {400, "[::1"},
                                    {400, "[]"},
                                    {400, "[::1]x"},
                                    {400, "[::g]"},
                                    {400, "under_score"},
                                    {400, "löcal"},
                                    {400, "local%20host"},
                                    {400, "::1"},
                                    {421, "evil.example"},
                                    {421, "localhost."},
                                    {421, "alocalhost"},
                                    {421, "plans.example.org.evil.example"},
                                    {421, "[::2]"},
                                    {421, "example.org"},
                                    {421, "[::ffff:127.0.0.1]"}};
  for (const auto& [status, host] : cases) {
    CAPTURE(host);
    CHECK(verdict(head_of("GET", "/", {{"Host", host}})) == status);
  }
  CHECK(verdict(head_of("GET", "/")) == 400);
  auto old = head_of("GET", "/");
  old.version = 10;
  CHECK(verdict(old) == 0);
}

TEST_CASE("an address is a path or an absolute address of ours") {
  const std::vector<TextCase> cases{{0, "/"},
                                    {0, "/plans/3?a=b"},
                                    {0, "//"},
                                    {0, "http://localhost/"},
                                    {0, "HTTP://LOCALHOST/x?y"},
                                    {400, ""},
                                    {400, "*"},
                                    {400, "plans"},
                                    {400, "?a"},
                                    {400, "localhost:80"},
                                    {400, "http:/localhost/"},
                                    {400, "http:///"},
                                    {400, "http://localhost"},
                                    {400, "http://localhost?x"},
                                    {400, "ftp://localhost/"},
                                    {400, "javascript:alert(1)"},
                                    {400, "/a b"},
                                    {400, "/a#b"},
                                    {400, "/a\tb"},
                                    {400, "/\x7f"},
                                    {400, "/\x80"},
                                    {400, "/ж"},
                                    {421, "http://evil.example/"},
                                    {421, "https://localhost:1/"},
                                    {0, "/" + std::string(4095, 'a')},
                                    {414, "/" + std::string(4096, 'a')}};
  for (const auto& [status, target] : cases) {
    CAPTURE(target.substr(0, 50));
    CHECK(verdict(head_of("GET", target, {{"Host", "localhost"}})) == status);
  }
  CHECK(verdict(head_of("OPTIONS", "*", {{"Host", "localhost"}})) == 0);
  CHECK(judge(head_of("GET", "http://localhost/x?y", {{"Host", "localhost"}}), hosts, Limits())->target ==
        "/x?y");
}

TEST_CASE("fields that must stand once stand once") {
  for (const auto* name :
       {"Host", "Content-Length", "Authorization", "Content-Type", "Origin", "Sec-Fetch-Site", "Expect"}) {
    CAPTURE(name);
    std::vector<FieldView> fields{{"Host", "localhost"}, {name, "1"}, {name, "1"}};
    CHECK(verdict(head_of("POST", "/", fields)) == 400);
  }
  CHECK(verdict(head_of("GET", "/", {{"Host", "localhost"}, {"Accept", "a"}, {"Accept", "b"}})) == 0);
  CHECK(verdict(with("X_Y", "z")) == 400);
  CHECK(verdict(with("", "z")) == 400);
  std::vector<FieldView> many(63, FieldView{"X", "y"});
  many.push_back({"Host", "localhost"});
  CHECK(verdict(head_of("GET", "/", many)) == 0);
  many.push_back({"X", "y"});
  CHECK(verdict(head_of("GET", "/", many)) == 431);
}

TEST_CASE("a body is let in only with methods that have one") {
  for (const auto* method : {"GET", "HEAD", "OPTIONS"}) {
    CAPTURE(method);
    CHECK(verdict(with("Content-Length", "1", method)) == 400);
    CHECK(verdict(with("Content-Length", "0", method)) == 0);
  }
  for (const auto* method : {"POST", "PUT", "PATCH", "DELETE"})
    CHECK(verdict(with("Content-Length", "1", method)) == 0);
}

TEST_CASE("only a go-ahead can be expected") {
  const std::vector<TextCase> cases{{0, "100-continue"}, {0, "100-CONTINUE"}, {417, ""},
                                    {417, "100"},        {417, "200-ok"},     {417, "100-continue, x"}};
  for (const auto& [status, text] : cases) {
    CAPTURE(text);
    CHECK(verdict(with("Expect", text, "POST")) == status);
  }
  CHECK(judge(with("Expect", "100-continue", "POST"), hosts, Limits())->expects_continue);
}

TEST_CASE("the connection stays open unless somebody says otherwise") {
  const auto kept = [](std::string_view connection, unsigned version = 11) {
    auto head = with("Connection", connection);
    head.version = version;
    return judge(head, hosts, Limits())->keep_alive;
  };
  CHECK(kept("keep-alive"));
  CHECK(kept(""));
  CHECK(kept("closed"));
  CHECK(kept("x, y"));
  CHECK_FALSE(kept("close"));
  CHECK_FALSE(kept("CLOSE"));
  CHECK_FALSE(kept("x ,\tclose ,y"));
  CHECK_FALSE(kept("keep-alive", 10));
  auto newer = with("X", "y");
  newer.version = 12;
  CHECK(verdict(newer) == 505);
}

TEST_CASE("a header's end is found wherever the bytes are cut") {
  const Limits limits;
  const std::string bytes = "\r\nGET /a HTTP/1.1\r\nHost: localhost\r\nX: \ty\r\n\r\nthe body\r\n\r\n";
  const auto end = bytes.find("the body");
  for (std::size_t cut = 0; cut <= bytes.size(); ++cut) {
    CAPTURE(cut);
    HeadScanner scanner(limits);
    const auto first = scanner.scan(std::string_view(bytes).substr(0, cut));
    REQUIRE(first.has_value());
    CHECK(first->has_value() == (cut >= end));
    const auto second = scanner.scan(bytes);
    REQUIRE(second.has_value());
    CHECK(second->value() == end);
    CHECK(scanner.leading() == 2);
  }
}

TEST_CASE("a header is refused at its first bad byte") {
  const Limits limits;
  const std::vector<TextCase> cases{{400, "GET / HTTP/1.1\n"},
                                    {400, "GET / HTTP/1.1\rX"},
                                    {400, "\r\n\r\n"},
                                    {400, " GET"},
                                    {400, "GET\t"},
                                    {400, "GET /\x80"},
                                    {400, std::string("GET /\0", 6)},
                                    {400, "GET / HTTP/1.1\r\n "},
                                    {400, "GET / HTTP/1.1\r\nA: b\r\n\t"},
                                    {400, "GET / HTTP/1.1\r\nA: \x01"},
                                    {400, "GET / HTTP/1.1\r\nA: \x7f"},
                                    {414, "GET /" + std::string(4144, 'a')},
                                    {431, "GET / HTTP/1.1\r\nA: " + std::string(8192, 'a')},
                                    {0, "GET / HTTP/1.1\r\nA: \x80\t"},
                                    {0, "GET /" + std::string(4090, 'a')},
                                    {0, "GET / HTTP/1.1\r\nA: " + std::string(8187, 'a')}};
  for (const auto& [status, bytes] : cases) {
    CAPTURE(bytes.substr(0, 60));
    HeadScanner scanner(limits);
    const auto found = scanner.scan(bytes);
    CHECK((found ? 0U : found.error().status) == status);
  }
}

TEST_CASE("a header becomes a request with everything decoded") {
  const auto head = read_request_head(
      "GET /plans/%D1%80?a=b+c&d HTTP/1.1\r\nHost: localhost:8080\r\nACCEPT:  */* \r\nConnection: "
      "close\r\n\r\n",
      hosts, Limits());
  REQUIRE(head.has_value());
  CHECK(head->request.path == "/plans/р");
  CHECK(head->request.query == Pairs{{"a", "b c"}, {"d", ""}});
  CHECK(head->request.header("accept") == "*/*");
  CHECK(head->raw_path == "/plans/%D1%80");
  CHECK(head->raw_query == "?a=b+c&d");
  CHECK(head->authority == "localhost:8080");
  CHECK_FALSE(head->keep_alive);
}

}  // namespace convoke::web
