#include "web/body_file.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <string_view>

namespace convoke::web {
namespace {

bool write_all(int descriptor, std::string_view bytes) {
  while (!bytes.empty()) {
    const auto written = ::write(descriptor, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

}  // namespace

std::shared_ptr<const BodyFile> BodyFile::copy_of(const Rope& bytes) {
  const int descriptor = ::memfd_create("body", MFD_CLOEXEC | MFD_ALLOW_SEALING);
  if (descriptor < 0) return nullptr;
  auto file = std::make_shared<const BodyFile>(descriptor, bytes.size());
  for (const auto& piece : bytes.pieces())
    if (!write_all(descriptor, *piece)) return nullptr;
  constexpr int seals = F_SEAL_WRITE | F_SEAL_GROW | F_SEAL_SHRINK | F_SEAL_SEAL;
  return ::fcntl(descriptor, F_ADD_SEALS, seals) == 0 ? file : nullptr;
}

BodyFile::~BodyFile() {
  ::close(descriptor_);
}

}  // namespace convoke::web
