// Replies that stand and are asked for so often that their bodies become files: which do, how many may, and
// that nobody who reads them can tell.
#include "tests/support/catch.hpp"
#include "tests/web/no_descriptors.hpp"
#include "tests/web/raw_client.hpp"
#include "web/server.hpp"
#include "web/standing.hpp"

#include <atomic>
#include <string>
#include <thread>

namespace convoke::web {
namespace {

namespace asio = boost::asio;

using Body = std::shared_ptr<const Rope>;

Body body_of(std::size_t size, char letter = 'a') {
  auto rope = std::make_shared<Rope>();
  // In pieces, and of bytes that tell when some are lost or come twice.
  for (std::size_t left = size; left > 0;) {
    std::string piece(std::min<std::size_t>(left, 1021), letter);
    piece[0] = static_cast<char>('0' + left % 10);
    left -= piece.size();
    rope->append(std::make_shared<const std::string>(std::move(piece)));
  }
  return rope;
}

// Keeps and gives replies as sessions do.
class Kept {
 public:
  void keep(const std::string& target, const Body& body, const std::string& etag = "\"e\"") {
    auto standing = std::make_shared<Standing>();
    standing->etag = etag;
    standing->stands = [](Instant) { return true; };
    Reply reply;
    reply.set("ETag", etag);
    reply.pieces = body;
    reply.standing = std::move(standing);
    replies.keep(target, Request(), reply, HeaderPolicy(), now);
  }
  std::shared_ptr<const StandingReply> give(const std::string& target) {
    return replies.find(target, Conditions(), now);
  }
  // Until its body is a file, if it may be one.
  std::shared_ptr<const StandingReply> give_often(const std::string& target) {
    std::shared_ptr<const StandingReply> given;
    for (unsigned i = 0; i < StandingReplies::worth_a_file; ++i) given = give(target);
    return given;
  }

  StandingReplies replies;
  Instant now{std::chrono::seconds{1'700'000'000}};
};

std::string numbered(std::size_t i) {
  return "/" + std::to_string(i);
}

constexpr std::size_t middling = StandingReplies::shortest_file * 2;

// A calendar of one body, on a server that logs nothing.
class Site {
 public:
  explicit Site(Body body, ServerSettings settings = ServerSettings())
      : body_(std::move(body)),
        server_(quiet(std::move(settings)), routes(), Authenticate()),
        thread_([this] { server_.run(); }) {}
  ~Site() { server_.stop(); }

  // Asked for until its body is a file.
  void make_known() {
    for (unsigned i = 0; i <= StandingReplies::worth_a_file; ++i) {
      RawClient client(port());
      client.send(get("/calendar"));
      const auto reply = client.read_reply();
      REQUIRE(reply);
      REQUIRE(reply->body == body_->text());
    }
    REQUIRE(asked_ == 1);
  }
  std::uint16_t port() const { return server_.port(); }
  Server& server() { return server_; }
  int asked() const { return asked_; }

 private:
  ServerSettings quiet(ServerSettings settings) {
    settings.log_requests = false;
    settings.clock = &clock_;
    return settings;
  }
  static asio::awaitable<Reply> show(Site* site, Request) {
    ++site->asked_;
    auto standing = std::make_shared<Standing>();
    standing->etag = "\"e\"";
    standing->stands = [](Instant) { return true; };
    Reply reply;
    reply.set("ETag", "\"e\"");
    reply.pieces = site->body_;
    reply.standing = std::move(standing);
    co_return reply;
  }
  RouteTable routes() {
    RouteTable table;
    table.emplace_back(Method::get, "/calendar", Access::everyone, 0,
                       [this](Request request) { return show(this, std::move(request)); });
    return table;
  }

  Body body_;
  std::atomic<int> asked_ = 0;
  FixedClock clock_{Instant{std::chrono::seconds{1'700'000'000}}};
  Server server_;
  std::jthread thread_;
};

}  // namespace

TEST_CASE("a body that is asked for often in one second becomes a file") {
  Kept kept;
  const auto body = body_of(middling);
  kept.keep("/", body);
  for (unsigned i = 1; i < StandingReplies::worth_a_file; ++i) REQUIRE_FALSE(kept.give("/")->file);
  const auto given = kept.give("/");
  REQUIRE(given->file);
  CHECK(given->file->size() == body->size());
  CHECK(kept.give("/")->file == given->file);
  CHECK(kept.replies.files() == 1);
  CHECK(kept.replies.file_bytes() == middling);
}

TEST_CASE("a body that is asked for now and then never becomes a file") {
  Kept kept;
  const auto body = body_of(middling);
  for (int second = 0; second < 5; ++second) {
    kept.now += std::chrono::seconds(1);
    kept.keep("/", body);
    for (unsigned i = 1; i < StandingReplies::worth_a_file; ++i) REQUIRE_FALSE(kept.give("/")->file);
  }
  CHECK(kept.replies.files() == 0);
}

TEST_CASE("only bodies that are long enough and not too long become files") {
  struct Row {
    std::size_t size;
    bool is_file;
  };
  for (const auto& row :
       {Row{StandingReplies::shortest_file - 1, false}, Row{StandingReplies::shortest_file, true},
        Row{StandingReplies::longest_file, true}, Row{StandingReplies::longest_file + 1, false}}) {
    CAPTURE(row.size);
    Kept kept;
    const auto body = body_of(row.size);
    kept.keep("/", body);
    CHECK((kept.give_often("/")->file != nullptr) == row.is_file);
    CHECK(kept.replies.file_bytes() == (row.is_file ? row.size : 0));
  }
}

TEST_CASE("a file is kept from second to second and goes when the calendar changes") {
  Kept kept;
  const auto body = body_of(middling);
  kept.keep("/", body);
  const auto file = kept.give_often("/")->file;
  REQUIRE(file);
  kept.now += std::chrono::seconds(1);
  kept.keep("/", body);
  CHECK(kept.give("/")->file == file);

  const auto changed = body_of(middling, 'b');
  kept.keep("/", changed, "\"other\"");
  CHECK_FALSE(kept.give("/")->file);
  CHECK(kept.replies.files() == 0);
  const auto next = kept.give_often("/")->file;
  REQUIRE(next);
  CHECK(next != file);
}

TEST_CASE("a file of another length than the body now is not given for it") {
  Kept kept;
  const auto body = body_of(middling), longer = body_of(middling + 1);
  kept.keep("/", body);
  REQUIRE(kept.give_often("/")->file);
  kept.keep("/", longer);
  CHECK_FALSE(kept.give("/")->file);
}

TEST_CASE("no more bodies are files than the limit and those asked for least recently stop being files") {
  Kept kept;
  const auto body = body_of(StandingReplies::shortest_file);
  for (std::size_t i = 0; i < StandingReplies::most_files; ++i) {
    kept.keep(numbered(i), body);
    REQUIRE(kept.give_often(numbered(i))->file);
  }
  CHECK(kept.replies.files() == StandingReplies::most_files);
  CHECK(kept.give("/0")->file);  // now /1 is the one asked for least recently
  kept.keep("/more", body);
  CHECK(kept.give_often("/more")->file);
  CHECK(kept.replies.files() == StandingReplies::most_files);
  CHECK(kept.give("/0")->file);
  REQUIRE(kept.give("/1"));  // stands all the same
  CHECK_FALSE(kept.give("/1")->file);
}

TEST_CASE("files hold no more bytes than the limit") {
  static_assert(StandingReplies::most_file_bytes % StandingReplies::longest_file == 0);
  constexpr auto fit = StandingReplies::most_file_bytes / StandingReplies::longest_file;
  static_assert(fit < StandingReplies::most_files);
  Kept kept;
  const auto body = body_of(StandingReplies::longest_file);
  for (std::size_t i = 0; i < fit; ++i) {
    kept.keep(numbered(i), body);
    REQUIRE(kept.give_often(numbered(i))->file);
  }
  CHECK(kept.replies.file_bytes() == StandingReplies::most_file_bytes);
  const auto small = body_of(StandingReplies::shortest_file);
  kept.keep("/more", small);
  CHECK(kept.give_often("/more")->file);
  CHECK(kept.replies.files() == fit);
  CHECK(kept.replies.file_bytes() < StandingReplies::most_file_bytes);
  CHECK_FALSE(kept.give("/0")->file);
  CHECK(kept.give("/1")->file);
}

TEST_CASE("a file goes with its address when another is asked for more recently") {
  Kept kept;
  const auto body = body_of(middling);
  kept.keep("/first", body);
  std::weak_ptr<const BodyFile> file = kept.give_often("/first")->file;
  REQUIRE_FALSE(file.expired());
  for (std::size_t i = 0; i < StandingReplies::most_addresses; ++i) kept.keep(numbered(i), body);
  CHECK(file.expired());
}

TEST_CASE("without descriptors bodies are sent from memory and tried again later") {
  Kept kept;
  const auto body = body_of(middling);
  kept.keep("/", body);
  {
    const NoDescriptors none;
    const auto given = kept.give_often("/");
    REQUIRE(given);
    CHECK_FALSE(given->file);
  }
  CHECK_FALSE(kept.give_often("/")->file);  // once a second is enough
  kept.now += std::chrono::seconds(1);
  kept.keep("/", body);
  CHECK(kept.give_often("/")->file);
}

TEST_CASE("a calendar in a file is answered as before it was one") {
  const auto body = body_of(middling);
  Site site(body);
  RawClient client(site.port());
  client.send(get("/calendar"));
  const auto first = client.read_reply();
  REQUIRE(first);
  site.make_known();
  for (int i = 0; i < 3; ++i) {
    client.send(get("/calendar"));
    const auto again = client.read_reply();
    REQUIRE(again);
    CHECK(again->head == first->head);
    CHECK(again->body == body->text());
  }
  client.send("HEAD /calendar HTTP/1.1\r\nHost: localhost\r\n\r\n");
  CHECK(client.read_reply(true)->head == first->head);
  client.send(get("/calendar", "Range: bytes=0-9\r\n"));  // ranges are not offered: all of it
  CHECK(client.read_reply()->body == body->text());
  client.send(get("/calendar", "Connection: close\r\n"));
  CHECK(client.read_reply()->body == body->text());
  CHECK(client.read_some(1).empty());
}

TEST_CASE("a calendar in a file arrives whole at a slow reader who asks for it again and again") {
  const auto body = body_of(StandingReplies::longest_file);
  Site site(body);
  site.make_known();
  constexpr int times = 40;  // 20 MB, far beyond the sockets' buffers
  std::string requests;
  for (int i = 0; i < times; ++i) requests += get("/calendar");
  RawClient slow(site.port(), 4096);
  slow.send(requests);
  const auto text = body->text();
  for (int i = 0; i < times; ++i) {
    const auto reply = slow.read_reply();
    REQUIRE(reply);
    REQUIRE(reply->body == text);
  }
}

TEST_CASE("a client that vanishes in the middle of a calendar in a file harms nobody") {
  const auto body = body_of(StandingReplies::longest_file);
  Site site(body);
  site.make_known();
  for (int i = 0; i < 40; ++i) {
    RawClient client(site.port(), 4096);
    client.send(get("/calendar") + get("/calendar") + get("/calendar"));
    if (i % 2 == 0) client.read_some(1000);
    client.vanish();
  }
  RawClient client(site.port());
  client.send(get("/calendar"));
  CHECK(client.read_reply()->body == body->text());
}

TEST_CASE("a client that does not read a calendar in a file is cut") {
  const auto body = body_of(StandingReplies::longest_file);
  ServerSettings settings;
  settings.deadlines.write = std::chrono::milliseconds(200);
  Site site(body, std::move(settings));
  site.make_known();
  std::string requests;
  for (int i = 0; i < 40; ++i) requests += get("/calendar");
  RawClient idle(site.port(), 4096);
  idle.send(requests);
  REQUIRE(idle.has_news(std::chrono::seconds(10)));
  // Reads nothing, until the server has let go of it.
  while (site.server().connections() > 0) std::this_thread::yield();
  CHECK(idle.read_to_end().size() < 40 * body->size());
}

}  // namespace convoke::web
