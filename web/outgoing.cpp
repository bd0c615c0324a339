#include "web/outgoing.hpp"

#include <algorithm>
#include <utility>

namespace convoke::web {
namespace {

iovec span_of(std::string_view bytes) {
  // The kernel's type knows no constant bytes; sending does not change them.
  return {const_cast<char*>(bytes.data()), bytes.size()};
}

std::size_t take_front(std::string_view& bytes, std::size_t count) {
  const auto taken = std::min(count, bytes.size());
  bytes.remove_prefix(taken);
  return taken;
}

}  // namespace

Outgoing::Outgoing(std::string_view head, std::shared_ptr<const std::string> body) : head_(head) {
  if (body) text_ = *body;
  owner_ = std::move(body);
  left_ += text_.size();
}

Outgoing::Outgoing(std::string_view head, std::shared_ptr<const Rope> body)
    : head_(head), pieces_(std::move(body)) {
  if (pieces_) left_ += pieces_->size();
}

Outgoing::Outgoing(std::string_view head, std::shared_ptr<const BodyFile> body)
    : head_(head), file_(std::move(body)) {
  if (file_) left_ += file_->size();
}

Outgoing::FilePart Outgoing::file_part() const {
  if (!file_) return {};
  return {file_->descriptor(), offset_, file_->size() - offset_};
}

std::size_t Outgoing::fill(std::span<iovec> spans) const {
  std::size_t count = 0;
  for (const auto bytes : {head_, text_})
    if (!bytes.empty() && count < spans.size()) spans[count++] = span_of(bytes);
  if (!pieces_) return count;
  auto gone = offset_;
  for (auto i = piece_; i < pieces_->pieces().size() && count < spans.size(); ++i) {
    spans[count++] = span_of(std::string_view(*pieces_->pieces()[i]).substr(gone));
    gone = 0;
  }
  return count;
}

void Outgoing::advance(std::size_t count) {
  left_ -= count;
  count -= take_front(head_, count);
  count -= take_front(text_, count);
  if (file_) {
    offset_ += count;
    return;
  }
  while (count > 0) {
    const auto held = pieces_->pieces()[piece_]->size() - offset_;
    if (count < held) {
      offset_ += count;
      return;
    }
    count -= held;
    ++piece_;
    offset_ = 0;
  }
}

}  // namespace convoke::web
