#include "web/standing.hpp"

#include "web/reply_head.hpp"

#include <utility>

namespace convoke::web {
namespace {

std::shared_ptr<StandingReply> prepare(const Reply& reply, const HeaderPolicy& policy,
                                       const std::string& path) {
  auto prepared = std::make_shared<StandingReply>();
  prepared->status = reply.status;
  append_status_line(prepared->start, reply.status);
  append_reply_fields(prepared->fields, reply, policy);
  prepared->body_size = reply.body_size();
  prepared->body = reply.pieces;
  prepared->path = path;
  return prepared;
}

std::shared_ptr<const StandingReply> with_file(const StandingReply& reply,
                                               std::shared_ptr<const BodyFile> file) {
  auto copy = std::make_shared<StandingReply>(reply);
  copy->file = std::move(file);
  return copy;
}

}  // namespace

Validators Standing::validators() const {
  Validators validators;
  validators.etag = etag;
  validators.gzip_etag = gzip_etag;
  validators.last_modified = last_modified;
  validators.date_is_exact = date_is_exact;
  return validators;
}

std::size_t StandingReplies::slot_of(const Choice& choice) {
  return (choice.coding == Coding::gzip ? 1U : 0U) + (choice.not_modified ? 2U : 0U);
}

std::shared_ptr<const StandingReply> StandingReplies::find(std::string_view target,
                                                           const Conditions& conditions, Instant now) {
  const std::lock_guard lock(mutex_);
  const auto known = by_target_.find(target);
  if (known == by_target_.end()) return nullptr;
  auto& address = *known->second;
  if (address.answered != now || !address.standing->stands(now)) return nullptr;
  addresses_.splice(addresses_.begin(), addresses_, known->second);
  auto& slot = address.slots[slot_of(choose(conditions, address.standing->validators()))];
  // Once a second at most: where the system refuses a file, it is not asked for every reply.
  if (slot.reply && ++slot.given == worth_a_file) put_in_file(slot);
  return slot.reply;
}

void StandingReplies::put_in_file(Slot& slot) {
  const auto body = slot.reply->body.lock();
  if (!body || body->size() < shortest_file || body->size() > longest_file || slot.reply->file) return;
  auto file = BodyFile::copy_of(*body);
  if (!file) return;
  make_room_for_file(file->size());
  slot.reply = with_file(*slot.reply, std::move(file));
}

void StandingReplies::make_room_for_file(std::size_t size) {
  std::size_t files = 1, bytes = size;
  for (auto& address : addresses_) {
    for (auto& slot : address.slots) {
      if (!slot.reply || !slot.reply->file) continue;
      const auto held = slot.reply->file->size();
      if (files == most_files || bytes + held > most_file_bytes) {
        slot.reply = with_file(*slot.reply, nullptr);
      } else {
        ++files;
        bytes += held;
      }
    }
  }
}

void StandingReplies::keep(std::string target, const Request& request, const Reply& reply,
                           const HeaderPolicy& policy, Instant now) {
  const bool whole = reply.status == 304 || (reply.status == 200 && reply.pieces);
  if (!reply.standing || !whole || !reply.standing->stands(now)) return;
  const auto choice = choose(request, reply.standing->validators());
  const auto& etag = choice.coding == Coding::gzip ? reply.standing->gzip_etag : reply.standing->etag;
  // The handler and its validators are of one mind, or its reply is its own affair.
  if (choice.not_modified != (reply.status == 304) || reply.header("ETag") != etag) return;
  auto prepared = prepare(reply, policy, request.path);

  const std::lock_guard lock(mutex_);
  auto& address = address_of(std::move(target));
  if (!address.standing || address.standing->etag != reply.standing->etag ||
      address.standing->last_modified != reply.standing->last_modified ||
      address.standing->date_is_exact != reply.standing->date_is_exact)
    address.slots = {};
  address.standing = reply.standing;
  address.answered = now;
  auto& slot = address.slots[slot_of(choice)];
  // Its validator is the same, so that its bytes are good for as long.
  if (slot.reply && slot.reply->file && slot.reply->body_size == prepared->body_size)
    prepared->file = slot.reply->file;
  slot.reply = std::move(prepared);
  slot.given = 0;
}

StandingReplies::Address& StandingReplies::address_of(std::string target) {
  if (const auto known = by_target_.find(target); known != by_target_.end()) {
    addresses_.splice(addresses_.begin(), addresses_, known->second);
    return addresses_.front();
  }
  if (addresses_.size() >= most_addresses) {
    by_target_.erase(addresses_.back().target);
    addresses_.pop_back();
  }
  addresses_.emplace_front().target = std::move(target);
  by_target_.emplace(addresses_.front().target, addresses_.begin());
  return addresses_.front();
}

std::size_t StandingReplies::size() const {
  const std::lock_guard lock(mutex_);
  return addresses_.size();
}

std::size_t StandingReplies::files() const {
  const std::lock_guard lock(mutex_);
  std::size_t count = 0;
  for (const auto& address : addresses_)
    for (const auto& slot : address.slots) count += slot.reply && slot.reply->file ? 1 : 0;
  return count;
}

std::size_t StandingReplies::file_bytes() const {
  const std::lock_guard lock(mutex_);
  std::size_t bytes = 0;
  for (const auto& address : addresses_)
    for (const auto& slot : address.slots)
      bytes += slot.reply && slot.reply->file ? slot.reply->file->size() : 0;
  return bytes;
}

}  // namespace convoke::web
