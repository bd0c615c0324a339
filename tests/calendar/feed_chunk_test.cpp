// The runs a feed is cut into: whatever changes, they are those that a fresh start gives, and the others are
// shared.
#include "calendar/feed_chunk.hpp"

#include "tests/support/catch.hpp"

#include <map>
#include <random>

using namespace convoke;
using namespace convoke::calendar;

namespace {

RenderedEvent rendered(int uid, int hour, int version) {
  Fragment fragment;
  fragment.uid = "event-" + std::to_string(uid);
  fragment.text =
      "BEGIN:VEVENT\r\nUID:" + fragment.uid + "\r\nX:" + std::to_string(version) + "\r\nEND:VEVENT\r\n";
  fragment.zones = {uid % 5 == 0 ? "Europe/Minsk" : "Europe/Kyiv"};
  fragment.first_instant = Instant{std::chrono::hours{hour}};
  fragment.last_instant = fragment.first_instant + std::chrono::hours{1};
  fragment.modified = Instant{std::chrono::seconds{version}};
  return shared_fragment(fragment);
}

MemberText text_of(const RenderedEvent& event) {
  return {event.member, *event.text};
}

using Events = std::map<int, RenderedEvent>;

FeedChunks chunks_of(const Events& events) {
  std::vector<MemberText> members;
  for (const auto& [uid, event] : events) members.push_back(text_of(event));
  return make_chunks(members);
}

bool are_alike(const FeedChunks& a, const FeedChunks& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const auto& one, const auto& other) {
    return *one->text() == *other->text() && one->digest() == other->digest() &&
           one->modified() == other->modified() && one->size() == other->size();
  });
}

std::string text_of(const FeedChunks& chunks) {
  std::string text;
  for (const auto& chunk : chunks) text += *chunk->text();
  return text;
}

std::size_t shared(const FeedChunks& a, const FeedChunks& b) {
  return static_cast<std::size_t>(std::count_if(a.begin(), a.end(), [&](const auto& chunk) {
    return std::find(b.begin(), b.end(), chunk) != b.end();
  }));
}

// UIDs whose events never end a run.
std::vector<int> uids_within(std::size_t count) {
  std::vector<int> found;
  for (int uid = 0; found.size() < count; ++uid) {
    // An event that ends a run stands in another than the one after it.
    const auto one = rendered(uid, 1, 0), next = rendered(1'000'000, 2, 0);
    if (make_chunks({text_of(one), text_of(next)}).size() == 1) found.push_back(uid);
  }
  return found;
}

}  // namespace

TEST_CASE("runs of events after any changes are those of a fresh start") {
  std::mt19937 random(11);
  Events events;
  FeedChunks chunks;
  for (int round = 0; round < 60; ++round) {
    std::vector<std::shared_ptr<const FeedMember>> gone;
    std::vector<MemberText> come;
    std::map<int, RenderedEvent> changed;
    const auto changes = round % 10 == 0 ? 300 : random() % 4;
    for (unsigned i = 0; i < changes; ++i) {
      const int uid = static_cast<int>(random() % 1500);
      if (changed.count(uid)) continue;
      if (const auto known = events.find(uid); known != events.end()) gone.push_back(known->second.member);
      changed[uid] =
          random() % 3 == 0 ? RenderedEvent() : rendered(uid, static_cast<int>(random() % 400), round);
    }
    for (const auto& [uid, event] : changed) {
      events.erase(uid);
      if (!event.member) continue;
      events[uid] = event;
      come.push_back(text_of(event));
    }
    const auto before = chunks;
    chunks = changed_chunks(before, gone, come);
    CAPTURE(round, events.size());
    REQUIRE(are_alike(chunks, chunks_of(events)));
    CHECK(shared(before, chunks) + 3 * changes >= before.size());
  }
  // What the comparison would say if a change were lost.
  const auto lost = changed_chunks(chunks, {events.begin()->second.member}, {});
  CHECK_FALSE(are_alike(lost, chunks));
  CHECK_FALSE(text_of(lost) == text_of(chunks));
}

TEST_CASE("a member that is not there may go and an event may come into no runs at all") {
  const auto one = rendered(1, 1, 0), other = rendered(2, 2, 0);
  CHECK(changed_chunks({}, {one.member}, {}).empty());
  const auto chunks = changed_chunks({}, {other.member}, {text_of(one)});
  REQUIRE(chunks.size() == 1);
  CHECK(*chunks.front()->text() == *one.text);
  CHECK(are_alike(changed_chunks(chunks, {other.member}, {}), chunks));
  CHECK(changed_chunks(chunks, {one.member}, {}).empty());
}

TEST_CASE("a run has no more members than its limit") {
  const auto uids = uids_within(FeedChunk::most_members + 1);
  Events events;
  for (std::size_t i = 0; i < FeedChunk::most_members; ++i)
    events[uids[i]] = rendered(uids[i], static_cast<int>(i), 0);
  const auto full = chunks_of(events);
  CHECK(full.size() == 1);
  const auto last = rendered(uids.back(), static_cast<int>(FeedChunk::most_members), 0);
  const auto behind = changed_chunks(full, {}, {text_of(last)});
  REQUIRE(behind.size() == 2);
  CHECK(behind.front() == full.front());
  const auto first = rendered(uids.back(), -1, 0);
  const auto before = changed_chunks(full, {}, {text_of(first)});
  REQUIRE(before.size() == 2);
  CHECK(before.front()->size() == FeedChunk::most_members);
  CHECK(before.back()->size() == 1);
}

TEST_CASE("a run knows the texts of its members and when their zones are used") {
  Events events;
  for (int uid = 0; uid < 20; ++uid) events[uid] = rendered(uid, uid, uid);
  for (const auto& chunk : chunks_of(events)) {
    std::string text;
    for (std::size_t i = 0; i < chunk->size(); ++i) {
      text += chunk->member(i).text;
      CHECK(chunk->member(i).member->digest == digest_of(chunk->member(i).text));
    }
    CHECK(text == *chunk->text());
  }
  ZoneEras eras;
  for (const auto& chunk : chunks_of(events))
    for (const auto& era : chunk->eras()) widen(eras, era.zone, era.from, era.to);
  REQUIRE(eras.size() == 2);
  CHECK(eras[0].zone == "Europe/Kyiv");
  CHECK(eras[0].from == Instant{std::chrono::hours{1}});
  CHECK(eras[1].to == Instant{std::chrono::hours{16}});
}
