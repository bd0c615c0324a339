// The corpus of hostile requests against a real server. A proxy in front of us would forward the bytes of
// several clients over one connection, so what matters is that each request gets one answer, the right one,
// and that after a doubtful one nothing more is read as a request.
#include "base/text.hpp"
#include "tests/support/catch.hpp"
#include "tests/web/raw_client.hpp"
#include "tests/web/test_server.hpp"

#include <fstream>
#include <thread>

namespace convoke::web {
namespace {

struct HostileCase {
  int line = 0;
  std::vector<std::string> allowed;  // "400", "200+", "none"
  std::string bytes;
};

// \r \n \t \0 \\ \xHH and \{N*text}
std::string unescape(std::string_view text) {
  std::string bytes;
  while (!text.empty()) {
    if (text[0] != '\\') {
      bytes += text[0];
      text.remove_prefix(1);
      continue;
    }
    const char kind = text.at(1);
    text.remove_prefix(2);
    if (kind == 'x') {
      bytes += static_cast<char>(std::stoi(std::string(text.substr(0, 2)), nullptr, 16));
      text.remove_prefix(2);
    } else if (kind == '{') {
      const auto star = text.find('*'), close = text.find('}');
      const auto part = unescape(text.substr(star + 1, close - star - 1));
      for (int i = std::stoi(std::string(text.substr(0, star))); i > 0; --i) bytes += part;
      text.remove_prefix(close + 1);
    } else {
      const std::string_view names = "rnt0\\", values("\r\n\t\0\\", 5);
      bytes += values.at(names.find(kind));
    }
  }
  return bytes;
}

std::vector<HostileCase> read_corpus() {
  std::ifstream file(CONVOKE_SOURCE_DIR "/tests/web/hostile/requests.txt");
  REQUIRE(file);
  std::vector<HostileCase> cases;
  std::string text;
  for (int line = 1; std::getline(file, text); ++line) {
    if (text.empty() || text[0] == '#') continue;
    const auto bar = text.find(" | ");
    REQUIRE(bar != std::string::npos);
    HostileCase hostile;
    hostile.line = line;
    for (const auto word : split(std::string_view(text).substr(0, bar), '/'))
      hostile.allowed.emplace_back(word);
    hostile.bytes = unescape(std::string_view(text).substr(bar + 3));
    cases.push_back(std::move(hostile));
  }
  return cases;
}

// What the server did, in the corpus's words; "…" where it broke the protocol.
std::string outcome(const std::string& received) {
  std::string rest;
  auto replies = parse_replies(received, rest);
  std::erase_if(replies, [](const RawReply& reply) { return reply.status == 100; });
  if (!rest.empty()) return "bytes that are no reply: " + rest.substr(0, 100);
  if (replies.empty()) return "none";
  const auto status = std::to_string(replies[0].status);
  if (replies.size() == 1)
    return replies[0].header("connection") == "close" ? status : status + " without close";
  if (replies.size() == 2 && replies[1].status == 200 && replies[1].body == "hello after")
    return status + "+";
  return std::to_string(replies.size()) + " replies, the first " + status;
}

const std::string good = get("/hello?name=after");

}  // namespace

TEST_CASE("each hostile request gets one lawful answer and never two") {
  TestServer server;
  const auto corpus = read_corpus();
  REQUIRE(corpus.size() >= 200);
  for (const auto& hostile : corpus) {
    RawClient client(server.port());
    client.send(hostile.bytes + good);  // may fail: the server need not take it all
    client.finish_sending();
    bool timed_out = false;
    const auto seen = outcome(client.read_to_end(&timed_out));
    CAPTURE(hostile.line);
    CAPTURE(hostile.bytes.substr(0, 300));
    CHECK_FALSE(timed_out);
    CHECK_THAT(hostile.allowed, Catch::VectorContains(seen));
  }
  RawClient client(server.port());
  REQUIRE(client.send(good));
  CHECK(client.read_reply()->body == "hello after");
}

TEST_CASE("hostile requests get the same answer when they come byte by byte") {
  TestServer server;
  for (const auto& hostile : read_corpus()) {
    if (hostile.bytes.size() > 400) continue;
    RawClient client(server.port());
    for (const char byte : hostile.bytes)
      if (!client.send(std::string_view(&byte, 1))) break;
    client.send(good);
    client.finish_sending();
    CAPTURE(hostile.line);
    CHECK_THAT(hostile.allowed, Catch::VectorContains(outcome(client.read_to_end())));
  }
}

TEST_CASE("a trailer that would kill the parser is refused with its header") {
  TestServer server;
  RawClient client(server.port());
  client.send("POST /echo HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nX: " +
              std::string(70'000, 'a') + "\r\n\r\n");
  const auto reply = client.read_reply();
  REQUIRE(reply);
  CHECK(reply->status == 411);
  RawClient next(server.port());
  REQUIRE(next.send(good));
  CHECK(next.read_reply()->status == 200);
}

TEST_CASE("three hundred megabytes of trailers are refused at once and not stored") {
  auto settings = TestServer::settings();
  TestServer server(settings);
  RawClient client(server.port());
  REQUIRE(client.send("POST /echo HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n"));
  const auto reply = client.read_reply();
  REQUIRE(reply);
  CHECK(reply->status == 411);
  const std::string trailers(1024UL * 1024, 'a');
  std::size_t taken = 0;
  while (taken < 300 && client.send(trailers)) ++taken;
  // What the sockets' buffers and the polite end take, and no more.
  CHECK(taken < 50);
}

}  // namespace convoke::web
