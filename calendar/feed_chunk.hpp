// The middle of a feed, cut into runs of events. Where it is cut depends on the events alone, so that two
// nodes cut alike and a change of one event leaves all runs but its own as they were: their bytes, digests
// and compressed forms are shared by the body before and the body after.
#pragma once

#include "base/clock.hpp"
#include "base/digest.hpp"
#include "base/rope.hpp"
#include "calendar/ical_event.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace convoke::calendar {

// What a feed knows of an event that it shows, besides its text.
struct FeedMember {
  std::string uid;                 // as written
  Digest digest{};                 // of its text
  std::vector<std::string> zones;  // the TZIDs that the text uses, sorted
  Instant modified{};
  Instant first_instant{}, last_instant{};
};

// The order of a feed: by the beginning, then by UID.
bool comes_before(const FeedMember& a, const FeedMember& b);

// A fragment as feeds share it; both are null when the view shows nothing of the event.
struct RenderedEvent {
  std::shared_ptr<const FeedMember> member;
  Rope::Piece text;
};
RenderedEvent shared_fragment(Fragment fragment);

// When the times of a zone lie that something uses.
struct ZoneEra {
  std::string zone;
  Instant from{}, to{};
};
// Sorted by name, each zone once.
using ZoneEras = std::vector<ZoneEra>;
void widen(ZoneEras& eras, std::string_view zone, Instant from, Instant to);

// A run in DEFLATE (RFC 1951), ended on a byte and not as the last block, so that another may follow it.
struct DeflatedText {
  std::string bytes;
  std::uint32_t crc = 0;  // CRC-32 of the text
};

// A member with its text, which somebody else owns.
struct MemberText {
  std::shared_ptr<const FeedMember> member;
  std::string_view text;
};

class FeedChunk {
 public:
  static constexpr std::size_t most_members = 256;

  // `members`: in order, none empty.
  explicit FeedChunk(const std::vector<MemberText>& members);

  const Rope::Piece& text() const { return text_; }
  const Digest& digest() const { return digest_; }
  const ZoneEras& eras() const { return eras_; }
  Instant modified() const { return modified_; }  // the latest of its members
  std::size_t size() const { return members_.size(); }
  MemberText member(std::size_t index) const;
  const FeedMember& first() const { return *members_.front(); }
  const FeedMember& last() const { return *members_.back(); }
  // What it takes of memory, without the members, which other feeds share.
  std::size_t memory() const;

  // Kept by whoever compresses it first, for all bodies that share it. Null until then.
  std::shared_ptr<const DeflatedText> deflated() const;
  void keep_deflated(std::shared_ptr<const DeflatedText> deflated) const;

 private:
  std::vector<std::shared_ptr<const FeedMember>> members_;
  std::vector<std::uint32_t> ends_;  // where each member's text ends
  Rope::Piece text_;
  Digest digest_{};
  ZoneEras eras_;
  Instant modified_{};
  mutable std::mutex mutex_;
  mutable std::shared_ptr<const DeflatedText> deflated_;
};

using FeedChunks = std::vector<std::shared_ptr<const FeedChunk>>;

// Members in any order; of one UID there is one.
FeedChunks make_chunks(std::vector<MemberText> members);

// The chunks of the same members without those of `gone` and with those of `come`; a changed event is in
// both. The same as make_chunks() gives for what is left, but chunks without a change are those of `chunks`.
// A member of `gone` that is not there is passed over.
FeedChunks changed_chunks(const FeedChunks& chunks, std::vector<std::shared_ptr<const FeedMember>> gone,
                          std::vector<MemberText> come);

}  // namespace convoke::calendar
