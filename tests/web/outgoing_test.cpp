#include "web/outgoing.hpp"

#include "tests/support/catch.hpp"

#include <unistd.h>

#include <array>

namespace convoke::web {
namespace {

std::shared_ptr<const Rope> rope(const std::vector<std::string>& pieces) {
  auto made = std::make_shared<Rope>();
  for (const auto& piece : pieces) made->append(std::make_shared<const std::string>(piece));
  return made;
}

// As the kernel reads it.
std::string read_part(const Outgoing::FilePart& part) {
  std::string bytes(part.size, '?');
  const auto count = ::pread(part.descriptor, bytes.data(), bytes.size(), static_cast<off_t>(part.offset));
  REQUIRE(count == static_cast<ssize_t>(part.size));
  return bytes;
}

// What a client gets that takes `most` bytes at a time, of at most `room` spans.
std::string taken(Outgoing outgoing, std::size_t most, std::size_t room) {
  std::string all;
  std::vector<iovec> spans(room);
  while (!outgoing.done()) {
    const auto left = outgoing.left();
    const auto count = outgoing.fill(spans);
    std::string offered;
    if (count == 0) offered = read_part(outgoing.file_part());
    for (std::size_t i = 0; i < count; ++i)
      offered.append(static_cast<const char*>(spans[i].iov_base), spans[i].iov_len);
    REQUIRE_FALSE(offered.empty());
    offered.resize(std::min(most, offered.size()));
    all += offered;
    outgoing.advance(offered.size());
    REQUIRE(outgoing.left() == left - offered.size());
  }
  return all;
}

}  // namespace

TEST_CASE("a reply arrives whole however few bytes the client takes at a time") {
  const std::string head = "HTTP/1.1 200 OK\r\n\r\n";
  const auto pieces = rope({"BEGIN", ":", "VCALENDAR\r\n", "END:VCALENDAR\r\n"});
  const auto text = std::make_shared<const std::string>(pieces->text());
  const auto file = BodyFile::copy_of(*pieces);
  REQUIRE(file);
  for (std::size_t most = 1; most <= head.size() + text->size() + 1; ++most) {
    for (const std::size_t room : {1U, 2U, 3U, 64U}) {
      CAPTURE(most, room);
      CHECK(taken(Outgoing(head, pieces), most, room) == head + *text);
      CHECK(taken(Outgoing(head, text), most, room) == head + *text);
      CHECK(taken(Outgoing(head, file), most, room) == head + *text);
      CHECK(taken(Outgoing(head), most, room) == head);
    }
  }
}

TEST_CASE("a reply of more pieces than one write takes is sent in several") {
  std::vector<std::string> many;
  for (int i = 0; i < 2500; ++i) many.push_back(std::to_string(i) + "\r\n");
  const auto pieces = rope(many);
  CHECK(taken(Outgoing("head", pieces), 1'000'000, 1024) == "head" + pieces->text());
}

TEST_CASE("a reply keeps its body alive until it is sent") {
  const std::string head = "head ";
  auto pieces = rope({"kept"});
  const std::weak_ptr<const Rope> seen = pieces;
  {
    const Outgoing outgoing(head, std::move(pieces));
    CHECK_FALSE(seen.expired());
    CHECK(taken(outgoing, 100, 8) == "head kept");
  }
  CHECK(seen.expired());
}

TEST_CASE("a reply keeps its file open until it is sent") {
  const std::string head = "head ";
  auto file = BodyFile::copy_of(*rope({"kept"}));
  const std::weak_ptr<const BodyFile> seen = file;
  {
    const Outgoing outgoing(head, std::move(file));
    CHECK(outgoing.left() == 9);
    CHECK_FALSE(seen.expired());
    CHECK(taken(outgoing, 100, 8) == "head kept");
  }
  CHECK(seen.expired());
}

TEST_CASE("a reply without a body is its head alone") {
  CHECK(taken(Outgoing("head", std::shared_ptr<const Rope>()), 100, 8) == "head");
  CHECK(taken(Outgoing("head", std::shared_ptr<const std::string>()), 100, 8) == "head");
  CHECK(taken(Outgoing("head", std::make_shared<const Rope>()), 100, 8) == "head");
  CHECK(taken(Outgoing("head", std::shared_ptr<const BodyFile>()), 100, 8) == "head");
  CHECK(Outgoing("").done());
}

}  // namespace convoke::web
