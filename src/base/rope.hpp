// Bytes in shared, immutable pieces: a long body whose pieces other bodies have too is neither joined nor
// copied on its way to a socket.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace convoke {

class Rope {
 public:
  using Piece = std::shared_ptr<const std::string>;

  Rope() = default;
  explicit Rope(std::string text) { append(std::make_shared<const std::string>(std::move(text))); }

  // Null and empty pieces are left out.
  void append(Piece piece) {
    if (!piece || piece->empty()) return;
    size_ += piece->size();
    pieces_.push_back(std::move(piece));
  }

  std::size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  const std::vector<Piece>& pieces() const { return pieces_; }

  // All of it in one string; for tests, files and small bodies.
  std::string text() const {
    std::string all;
    all.reserve(size_);
    for (const auto& piece : pieces_) all += *piece;
    return all;
  }

 private:
  std::vector<Piece> pieces_;
  std::size_t size_ = 0;
};

}  // namespace convoke
