// A body in a file that has no name (memfd_create(2)): the kernel sends its pages as they are, where bytes of
// our own memory would be copied for every client. Nobody can change or shorten it once it is made, so that
// pages on their way to a slow client stay what they were.
#pragma once

#include "base/rope.hpp"

#include <cstddef>
#include <memory>

namespace convoke::web {

class BodyFile {
 public:
  // A copy of `bytes`. Null when the system has no descriptor or memory for it, or allows no such files: then
  // the bytes are sent from where they are.
  static std::shared_ptr<const BodyFile> copy_of(const Rope& bytes);

  BodyFile(int descriptor, std::size_t size) : descriptor_(descriptor), size_(size) {}
  ~BodyFile();
  BodyFile(const BodyFile&) = delete;
  BodyFile& operator=(const BodyFile&) = delete;

  int descriptor() const { return descriptor_; }  // ours; its position is of no meaning
  std::size_t size() const { return size_; }

 private:
  int descriptor_;
  std::size_t size_;
};

}  // namespace convoke::web
