#include "calendar/feed_chunk.hpp"

#include <algorithm>
#include <iterator>
#include <tuple>
#include <utility>

namespace convoke::calendar {
namespace {

// One member in so many ends a chunk.
constexpr std::uint64_t members_per_chunk = 64;

// FNV-1a, folded: the same on every machine, which std::hash is not.
std::uint64_t stable_hash(std::string_view text) {
  std::uint64_t hash = 14695981039346656037U;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211U;
  return hash ^ (hash >> 32U);
}

bool ends_a_chunk(const FeedMember& member) {
  return stable_hash(member.uid) % members_per_chunk == 0;
}

bool in_order(const MemberText& a, const MemberText& b) {
  return comes_before(*a.member, *b.member);
}

// Cuts what it is given in order.
class Cutter {
 public:
  void add(MemberText member) {
    const bool last = ends_a_chunk(*member.member);
    open_.push_back(std::move(member));
    if (last || open_.size() == FeedChunk::most_members) close();
  }
  // A chunk as it was; only between two chunks.
  void add_whole(std::shared_ptr<const FeedChunk> chunk) { chunks_.push_back(std::move(chunk)); }
  bool is_between() const { return open_.empty(); }
  FeedChunks finish() {
    if (!open_.empty()) close();
    return std::move(chunks_);
  }

 private:
  void close() {
    chunks_.push_back(std::make_shared<const FeedChunk>(open_));
    open_.clear();
  }

  std::vector<MemberText> open_;
  FeedChunks chunks_;
};

bool is_closed(const FeedChunk& chunk) {
  return chunk.size() == FeedChunk::most_members || ends_a_chunk(chunk.last());
}

// Changes in the order of the feed, taken from the front.
class Changes {
 public:
  Changes(std::vector<std::shared_ptr<const FeedMember>> gone, std::vector<MemberText> come)
      : gone_(std::move(gone)), come_(std::move(come)) {
    std::sort(gone_.begin(), gone_.end(), [](const auto& a, const auto& b) { return comes_before(*a, *b); });
    std::sort(come_.begin(), come_.end(), in_order);
  }

  // The member at which the next change stands; null when there is none left.
  const FeedMember* next() const {
    const FeedMember* gone = at_gone_ < gone_.size() ? gone_[at_gone_].get() : nullptr;
    const FeedMember* come = at_come_ < come_.size() ? come_[at_come_].member.get() : nullptr;
    if (!gone || !come) return gone ? gone : come;
    return comes_before(*come, *gone) ? come : gone;
  }

  // Hands what comes before `member` to `cutter` and passes over what was to go there.
  void take_before(const FeedMember& member, Cutter& cutter) {
    while (at_gone_ < gone_.size() && comes_before(*gone_[at_gone_], member)) ++at_gone_;
    while (at_come_ < come_.size() && comes_before(*come_[at_come_].member, member))
      cutter.add(come_[at_come_++]);
  }
  // Whether `member` itself goes.
  bool takes(const FeedMember& member) {
    const bool found = at_gone_ < gone_.size() && !comes_before(member, *gone_[at_gone_]);
    if (found) ++at_gone_;
    return found;
  }
  void take_rest(Cutter& cutter) {
    at_gone_ = gone_.size();
    while (at_come_ < come_.size()) cutter.add(come_[at_come_++]);
  }

 private:
  std::vector<std::shared_ptr<const FeedMember>> gone_;
  std::vector<MemberText> come_;
  std::size_t at_gone_ = 0, at_come_ = 0;
};

}  // namespace

bool comes_before(const FeedMember& a, const FeedMember& b) {
  return std::tie(a.first_instant, a.uid) < std::tie(b.first_instant, b.uid);
}

RenderedEvent shared_fragment(Fragment fragment) {
  if (fragment.text.empty()) return {};
  auto member = std::make_shared<FeedMember>();
  member->uid = std::move(fragment.uid);
  member->digest = digest_of(fragment.text);
  member->zones = std::move(fragment.zones);
  member->modified = fragment.modified;
  member->first_instant = fragment.first_instant;
  member->last_instant = fragment.last_instant;
  fragment.text.shrink_to_fit();
  return {std::move(member), std::make_shared<const std::string>(std::move(fragment.text))};
}

void widen(ZoneEras& eras, std::string_view zone, Instant from, Instant to) {
  const auto found =
      std::partition_point(eras.begin(), eras.end(), [&](const ZoneEra& era) { return era.zone < zone; });
  if (found == eras.end() || found->zone != zone) {
    eras.insert(found, {std::string(zone), from, to});
    return;
  }
  found->from = std::min(found->from, from);
  found->to = std::max(found->to, to);
}

FeedChunk::FeedChunk(const std::vector<MemberText>& members) {
  std::string text, digests;
  std::size_t size = 0;
  for (const auto& one : members) size += one.text.size();
  text.reserve(size);
  members_.reserve(members.size());
  ends_.reserve(members.size());
  for (const auto& [member, its_text] : members) {
    text += its_text;
    digests += bytes_of(member->digest);
    ends_.push_back(static_cast<std::uint32_t>(text.size()));
    for (const auto& zone : member->zones) widen(eras_, zone, member->first_instant, member->last_instant);
    modified_ = std::max(modified_, member->modified);
    members_.push_back(member);
  }
  digest_ = digest_of(digests);
  text_ = std::make_shared<const std::string>(std::move(text));
}

MemberText FeedChunk::member(std::size_t index) const {
  const std::size_t from = index == 0 ? 0 : ends_[index - 1];
  return {members_[index], std::string_view(*text_).substr(from, ends_[index] - from)};
}

std::size_t FeedChunk::memory() const {
  const auto packed = deflated();
  return sizeof(*this) + text_->size() + members_.size() * (sizeof(members_[0]) + sizeof(ends_[0])) +
         (packed ? packed->bytes.size() : 0);
}

std::shared_ptr<const DeflatedText> FeedChunk::deflated() const {
  const std::lock_guard lock(mutex_);
  return deflated_;
}

void FeedChunk::keep_deflated(std::shared_ptr<const DeflatedText> deflated) const {
  const std::lock_guard lock(mutex_);
  deflated_ = std::move(deflated);
}

FeedChunks make_chunks(std::vector<MemberText> members) {
  std::sort(members.begin(), members.end(), in_order);
  Cutter cutter;
  for (auto& member : members) cutter.add(std::move(member));
  return cutter.finish();
}

FeedChunks changed_chunks(const FeedChunks& chunks, std::vector<std::shared_ptr<const FeedMember>> gone,
                          std::vector<MemberText> come) {
  Changes changes(std::move(gone), std::move(come));
  Cutter cutter;
  for (const auto& chunk : chunks) {
    const auto* next = changes.next();
    // What stands behind the end of a closed chunk begins the one after it.
    const bool behind = !next || (comes_before(chunk->last(), *next) && is_closed(*chunk));
    if (cutter.is_between() && behind) {
      cutter.add_whole(chunk);
      continue;
    }
    for (std::size_t i = 0; i < chunk->size(); ++i) {
      auto member = chunk->member(i);
      changes.take_before(*member.member, cutter);
      if (!changes.takes(*member.member)) cutter.add(std::move(member));
    }
  }
  changes.take_rest(cutter);
  return cutter.finish();
}

}  // namespace convoke::calendar
