// What is still to be sent of one reply: a head and a body in any number of pieces or in a file, and how far
// the client has got. Copies no byte of either. Pure: no sockets.
#pragma once

#include "base/rope.hpp"
#include "web/body_file.hpp"

#include <sys/uio.h>

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace convoke::web {

class Outgoing {
 public:
  // `head` must live until the end; the body, if there is one, is kept alive here.
  explicit Outgoing(std::string_view head) : head_(head) {}
  Outgoing(std::string_view head, std::shared_ptr<const std::string> body);
  Outgoing(std::string_view head, std::shared_ptr<const Rope> body);
  Outgoing(std::string_view head, std::shared_ptr<const BodyFile> body);

  std::size_t left() const { return left_; }
  bool done() const { return left_ == 0; }
  // The next spans to be sent, in order, as many as `spans` has room for. Returns how many there are: none
  // once only what is in the file is left.
  std::size_t fill(std::span<iovec> spans) const;
  // What comes from the file, after all spans; nothing of a reply that has none.
  struct FilePart {
    int descriptor = -1;
    std::size_t offset = 0, size = 0;
  };
  FilePart file_part() const;
  // `count` bytes more have gone out; at most left().
  void advance(std::size_t count);

 private:
  std::string_view head_;
  std::string_view text_;
  std::shared_ptr<const void> owner_;  // of text_
  std::shared_ptr<const Rope> pieces_;
  std::shared_ptr<const BodyFile> file_;
  std::size_t piece_ = 0;   // the next one …
  std::size_t offset_ = 0;  // … and how much of it, or of the file, is gone
  std::size_t left_ = head_.size();
};

}  // namespace convoke::web
