// Reading from somebody else's server: what it may send, how long it may take, and where it can lead.
#include "service/fetch.hpp"

#include "service/feeds.hpp"
#include "tests/support/catch.hpp"

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <functional>
#include <mutex>
#include <thread>

using namespace convoke;
using namespace convoke::service;

namespace {

// Takes one connection after another on a port of this machine, and answers each request with the bytes that
// `answer` gives for its head.
class RawServer {
 public:
  explicit RawServer(std::function<std::string(const std::string& head)> answer)
      : answer_(std::move(answer)) {
    listening_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    REQUIRE(::bind(listening_, reinterpret_cast<sockaddr*>(&address), size) == 0);
    REQUIRE(::listen(listening_, 8) == 0);
    REQUIRE(::getsockname(listening_, reinterpret_cast<sockaddr*>(&address), &size) == 0);
    port_ = ntohs(address.sin_port);
    thread_ = std::thread([this] { serve(); });
  }
  ~RawServer() {
    ::shutdown(listening_, SHUT_RDWR);
    thread_.join();
    ::close(listening_);
  }

  std::uint16_t port() const { return port_; }
  std::vector<std::string> heads() const {
    const std::lock_guard lock(mutex_);
    return heads_;
  }

 private:
  void serve() {
    while (true) {
      const int client = ::accept(listening_, nullptr, nullptr);
      if (client < 0) return;
      std::string head;
      char bytes[4096];
      while (head.find("\r\n\r\n") == std::string::npos) {
        const auto count = ::recv(client, bytes, sizeof bytes, 0);
        if (count <= 0) break;
        head.append(bytes, static_cast<std::size_t>(count));
      }
      {
        const std::lock_guard lock(mutex_);
        heads_.push_back(head);
      }
      std::string_view rest;
      const std::string reply = answer_(head);
      for (rest = reply; !rest.empty();) {
        const auto count = ::send(client, rest.data(), rest.size(), MSG_NOSIGNAL);
        if (count <= 0) break;
        rest.remove_prefix(static_cast<std::size_t>(count));
      }
      // An answer without an end: the reader is the one who gives up.
      if (reply.empty())
        while (::recv(client, bytes, sizeof bytes, 0) > 0) {
        }
      ::close(client);
    }
  }

  std::function<std::string(const std::string&)> answer_;
  int listening_ = -1;
  std::uint16_t port_ = 0;
  mutable std::mutex mutex_;
  std::vector<std::string> heads_;
  std::thread thread_;
};

const std::string small_calendar = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n";

std::string reply(const std::string& body, const std::string& more = "") {
  return "HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(body.size()) + "\r\n" + more +
         "Connection: close\r\n\r\n" + body;
}

IpAddress ip(std::string_view text) {
  return parse_ip(text).value();
}

// A fetcher for which "library.example" at the server's port is the operator's exception, and whose names all
// lead to `addresses`.
struct Reader {
  std::vector<std::string> looked_up;
  FetchSettings settings;

  explicit Reader(std::uint16_t port, std::vector<IpAddress> addresses = {ip("127.0.0.1")}) {
    settings.exceptions = OutsideExceptions::parse("library.example:" + std::to_string(port)).value();
    settings.resolve = [this, addresses](const std::string& host, std::chrono::milliseconds) {
      looked_up.push_back(host);
      return addresses;
    };
  }
  FetchAnswer fetch(const std::string& url, const std::string& etag = "") {
    return make_web_fetcher(settings)->fetch({url, etag, ""});
  }
};

std::string url_of(const RawServer& server, const std::string& path = "/a.ics") {
  return "http://library.example:" + std::to_string(server.port()) + path;
}

}  // namespace

TEST_CASE("a calendar is read from the very address that was judged and its name looked up once") {
  RawServer server([](const std::string&) { return reply(small_calendar, "ETag: \"v1\"\r\n"); });
  Reader reader(server.port());
  const auto answer = reader.fetch(url_of(server, "/a.ics?x=1"));
  CHECK(answer.problem == "");
  CHECK(answer.body == small_calendar);
  CHECK(answer.etag == "\"v1\"");
  CHECK(reader.looked_up == std::vector<std::string>{"library.example"});
  const auto heads = server.heads();
  REQUIRE(heads.size() == 1);
  CHECK(heads[0].starts_with("GET /a.ics?x=1 HTTP/1.1\r\n"));
  CHECK(heads[0].find("User-Agent: Convoke/" CONVOKE_VERSION "\r\n") != std::string::npos);
  CHECK(heads[0].find("If-None-Match") == std::string::npos);
}

TEST_CASE("a name that leads inside is refused whatever else it leads to") {
  RawServer server([](const std::string&) { return reply(small_calendar); });
  for (const auto& addresses : std::vector<std::vector<IpAddress>>{{ip("127.0.0.1")},
                                                                   {ip("93.184.216.34"), ip("127.0.0.1")},
                                                                   {ip("2a00:1450::1"), ip("fe80::1")},
                                                                   {ip("169.254.169.254")},
                                                                   {ip("::ffff:10.0.0.1")}}) {
    CAPTURE(to_text(addresses.back()));
    Reader reader(1, addresses);
    const auto answer = reader.fetch("http://library.example/a.ics");
    CHECK(answer.trouble == SourceTrouble::address);
  }
  Reader nowhere(1, {});
  CHECK(nowhere.fetch("http://library.example/a.ics").trouble == SourceTrouble::unreachable);
  CHECK(server.heads().empty());
}

TEST_CASE("a name that is public first and inside at the redirect is refused at the redirect") {
  RawServer server([](const std::string&) {
    return "HTTP/1.1 302 Found\r\nLocation: http://rebound.example/x\r\nContent-Length: 0\r\n\r\n";
  });
  Reader reader(server.port());
  const auto answer = reader.fetch(url_of(server));
  CHECK(answer.trouble == SourceTrouble::address);
  CHECK(reader.looked_up == std::vector<std::string>{"library.example", "rebound.example"});
  CHECK(server.heads().size() == 1);
}

TEST_CASE("a calendar is read after three redirects and not after four") {
  std::atomic<int> left = 0;
  RawServer server([&left](const std::string&) {
    if (left-- > 0) return std::string("HTTP/1.1 301 Moved\r\nLocation: next\r\nContent-Length: 0\r\n\r\n");
    return reply(small_calendar);
  });
  Reader reader(server.port());
  left = 3;
  CHECK(reader.fetch(url_of(server)).body == small_calendar);
  left = 4;
  CHECK(reader.fetch(url_of(server)).trouble == SourceTrouble::redirects);
}

TEST_CASE("a calendar is as large as the limit and not a byte larger packed or not") {
  constexpr std::size_t limit = 100'000;
  std::string body;
  bool packed = false;
  RawServer server([&](const std::string&) {
    return packed ? reply(gzip(body), "Content-Encoding: gzip\r\n") : reply(body);
  });
  Reader reader(server.port());
  reader.settings.largest = limit;
  for (const bool pack : {false, true}) {
    packed = pack;
    body = std::string(limit, 'x');
    CHECK(reader.fetch(url_of(server)).body.size() == limit);
    body += 'x';
    CHECK(reader.fetch(url_of(server)).trouble == SourceTrouble::large);
  }
  // Little on the way, very much unpacked.
  packed = true;
  body = std::string(50'000'000, 'x');
  CHECK(reader.fetch(url_of(server)).trouble == SourceTrouble::large);
}

TEST_CASE("a length that is not true and heads without an end are not waited for") {
  std::string answer;
  RawServer server([&](const std::string&) { return answer; });
  Reader reader(server.port());
  answer = "HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n";
  CHECK(reader.fetch(url_of(server)).trouble == SourceTrouble::large);
  answer = "HTTP/1.1 200 OK\r\nContent-Length: 100\r\nConnection: close\r\n\r\nBEGIN:VCALENDAR";
  CHECK(reader.fetch(url_of(server)).trouble == SourceTrouble::unreachable);
  answer = "HTTP/1.1 200 OK\r\n";
  for (int i = 0; i < 5'000; ++i) answer += "X-" + std::to_string(i) + ": " + std::string(40, 'x') + "\r\n";
  answer += "\r\n";
  const auto endless = reader.fetch(url_of(server));
  CHECK(endless.trouble != SourceTrouble::none);
  answer = "not HTTP at all";
  CHECK(reader.fetch(url_of(server)).trouble == SourceTrouble::unreachable);
}

TEST_CASE("a server that never answers is given up at the deadline") {
  RawServer server([](const std::string&) { return std::string(); });
  Reader reader(server.port());
  reader.settings.deadline = std::chrono::milliseconds{300};
  const auto answer = reader.fetch(url_of(server));
  CHECK(answer.trouble == SourceTrouble::slow);
  CHECK_FALSE(answer.interrupted);
}

TEST_CASE("a fetch that is interrupted ends before its deadline and says so") {
  RawServer server([](const std::string&) { return std::string(); });
  Reader reader(server.port());
  reader.settings.deadline = std::chrono::seconds{60};
  const auto fetcher = make_web_fetcher(reader.settings);
  FetchAnswer answer;
  std::thread reading([&] { answer = fetcher->fetch({url_of(server), "", ""}); });
  fetcher->interrupt();
  reading.join();
  CHECK(answer.interrupted);
  CHECK(answer.trouble != SourceTrouble::none);
}

TEST_CASE("what a server says of its answer is understood") {
  std::string answer;
  RawServer server([&](const std::string&) { return answer; });
  Reader reader(server.port());
  struct Row {
    std::string answer;
    SourceTrouble trouble;
  };
  const std::vector<Row> rows = {
      {reply("<!DOCTYPE html>"), SourceTrouble::web_page},
      {reply("\xef\xbb\xbf  \r\n<html>"), SourceTrouble::web_page},
      {"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n", SourceTrouble::status},
      {"HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n", SourceTrouble::status},
      {"HTTP/1.1 204 No Content\r\n\r\n", SourceTrouble::status},
      {"HTTP/1.1 206 Partial Content\r\nContent-Length: 1\r\n\r\nB", SourceTrouble::status},
      {"HTTP/1.1 302 Found\r\nContent-Length: 0\r\n\r\n", SourceTrouble::status},
      {"HTTP/1.1 302 Found\r\nLocation: file:///etc/passwd\r\nContent-Length: 0\r\n\r\n",
       SourceTrouble::redirects},
      {"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1/\r\nContent-Length: 0\r\n\r\n",
       SourceTrouble::address},
      // Nobody asked whether anything is new.
      {"HTTP/1.1 304 Not Modified\r\n\r\n", SourceTrouble::status},
  };
  for (const auto& row : rows) {
    CAPTURE(row.answer);
    answer = row.answer;
    CHECK(reader.fetch(url_of(server)).trouble == row.trouble);
  }
  answer = "HTTP/1.1 304 Not Modified\r\nETag: \"v1\"\r\n\r\n";
  CHECK(reader.fetch(url_of(server), "\"v1\"").not_modified);
  CHECK(server.heads().back().find("If-None-Match: \"v1\"\r\n") != std::string::npos);
}

TEST_CASE("a validator that could begin another header is neither kept nor sent") {
  RawServer server([](const std::string&) {
    return reply(small_calendar, "ETag: \"" + std::string(501, 'x') + "\"\r\n");
  });
  Reader reader(server.port());
  CHECK(reader.fetch(url_of(server)).etag == "");
  CHECK(reader.fetch(url_of(server), "\"a\"\r\nX-Injected: 1").body == small_calendar);
  CHECK(server.heads().back().find("Injected") == std::string::npos);
}

TEST_CASE("a server without TLS where TLS is asked for is not read from") {
  RawServer server([](const std::string&) { return reply(small_calendar); });
  Reader reader(server.port());
  reader.settings.deadline = std::chrono::milliseconds{500};  // it waits for the end of a head
  const auto answer = reader.fetch("https://library.example:" + std::to_string(server.port()) + "/a.ics");
  CHECK(answer.trouble != SourceTrouble::none);
  CHECK(answer.body.empty());
}
