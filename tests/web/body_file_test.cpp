#include "web/body_file.hpp"

#include "tests/support/catch.hpp"
#include "tests/web/no_descriptors.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>

namespace convoke::web {
namespace {

std::string read_all(int descriptor) {
  std::string all;
  std::array<char, 100> some{};
  for (ssize_t count = 0; (count = ::pread(descriptor, some.data(), some.size(), off_t(all.size()))) > 0;)
    all.append(some.data(), std::size_t(count));
  return all;
}

Rope rope_of(int pieces) {
  Rope rope;
  for (int i = 0; i < pieces; ++i)
    rope.append(std::make_shared<const std::string>("piece " + std::to_string(i) + "\r\n"));
  return rope;
}

}  // namespace

TEST_CASE("a body in a file is the body byte for byte") {
  for (const int pieces : {0, 1, 3, 5000}) {
    CAPTURE(pieces);
    const auto rope = rope_of(pieces);
    const auto file = BodyFile::copy_of(rope);
    REQUIRE(file);
    CHECK(file->size() == rope.size());
    CHECK(read_all(file->descriptor()) == rope.text());
  }
}

TEST_CASE("nobody changes a body in a file while it is on its way") {
  const auto rope = rope_of(3);
  const auto file = BodyFile::copy_of(rope);
  REQUIRE(file);
  CHECK(::pwrite(file->descriptor(), "x", 1, 0) < 0);
  CHECK(errno == EPERM);
  CHECK(::ftruncate(file->descriptor(), 1) < 0);
  CHECK(::ftruncate(file->descriptor(), 1'000'000) < 0);
  CHECK(::mmap(nullptr, 1, PROT_WRITE, MAP_SHARED, file->descriptor(), 0) == MAP_FAILED);
  CHECK(::fcntl(file->descriptor(), F_ADD_SEALS, F_SEAL_SEAL) < 0);
  CHECK(read_all(file->descriptor()) == rope.text());
}

TEST_CASE("a body's file is closed with it and does not reach other programs") {
  auto file = BodyFile::copy_of(rope_of(1));
  REQUIRE(file);
  const int descriptor = file->descriptor();
  CHECK((::fcntl(descriptor, F_GETFD) & FD_CLOEXEC) != 0);
  file.reset();
  CHECK(::fcntl(descriptor, F_GETFD) < 0);
}

TEST_CASE("where the system has no descriptor left a body has no file") {
  const auto rope = rope_of(3);
  {
    const NoDescriptors none;
    CHECK(BodyFile::copy_of(rope) == nullptr);
  }
  CHECK(BodyFile::copy_of(rope) != nullptr);
}

}  // namespace convoke::web
