// Makes calendars up, and beside each what a reader must find in it: an archive and expectations as
// readers.py takes them. The expectations come from what was drawn, never from what was written.
//
//   contract_generate COUNT FOLDER [SEED]   COUNT calendars of up to five events
//   contract_generate plain FOLDER          one calendar with nothing unusual about it
#include "calendar/feed_words.hpp"
#include "tests/calendar/ical_support.hpp"
#include "tests/contract/random_event.hpp"
#include "tests/support/feed_witness.hpp"

#include <fmt/format.h>
#include <boost/json/serialize.hpp>

#include <array>
#include <cstdlib>
#include <fstream>
#include <iostream>

using namespace convoke;
using namespace convoke::calendar;
using namespace convoke::testing;

namespace {

constexpr std::uint64_t usual_seed = 20260901;
constexpr int most_events = 5;

class Archive {
 public:
  explicit Archive(const std::string& folder)
      : feeds_(folder + "/feeds", std::ios::binary),
        expected_(folder + "/expected.jsonl", std::ios::binary) {}

  void add(const std::string& name, const std::string& body, boost::json::array entries) {
    feeds_ << "FEED " << body.size() << ' ' << name << '\n' << body << '\n';
    const boost::json::object line = {{"name", name}, {"complete", true}, {"entries", std::move(entries)}};
    expected_ << boost::json::serialize(line) << '\n';
  }
  bool finish() { return static_cast<bool>(feeds_.flush()) && static_cast<bool>(expected_.flush()); }

 private:
  std::ofstream feeds_, expected_;
};

void plain(Archive& archive) {
  auto event = calendar::testing::meeting();
  auto second = event;
  second.uid = "another@example.org";
  second.period = make_dated(calendar::testing::day("2026-12-31"));
  boost::json::array entries = expected_entries(std::array{event, second}, calendar::testing::view());
  for (auto& entry : entries) entry.at("says").as_object()["SUMMARY"] = event.title;
  archive.add("plain", calendar::testing::feed_text({event, second}), std::move(entries));
}

void made_up(Archive& archive, int count, std::uint64_t seed) {
  std::size_t events_made = 0, bytes = 0;
  for (int i = 0; i < count; ++i) {
    // A seed each, so that one calendar can be made again without those before it.
    RandomEvents draw(seed + static_cast<std::uint64_t>(i) * 0x9E3779B97F4A7C15ULL);
    const auto how = draw.view();
    std::vector<Event> events;
    boost::json::array entries;
    const int number = draw.between(1, most_events);
    for (int j = 0; j < number; ++j) {
      auto [event, expected] = draw.event(fmt::format("g{}-{}@example.org", i, j), how);
      events.push_back(std::move(event));
      for (auto& entry : expected) entries.push_back(std::move(entry));
    }
    const auto body = calendar::testing::feed_text(events, how);
    events_made += events.size();
    bytes += body.size();
    archive.add(fmt::format("calendar {} of seed {}", i, seed), body, std::move(entries));
  }
  fmt::print("{} calendars with {} events in {} kB, seed {}\n", count, events_made, bytes / 1000, seed);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) {
    std::cerr << "usage: contract_generate COUNT|plain FOLDER [SEED]\n";
    return 64;
  }
  Archive archive(argv[2]);
  if (std::string_view(argv[1]) == "plain")
    plain(archive);
  else
    made_up(archive, std::atoi(argv[1]), argc > 3 ? std::strtoull(argv[3], nullptr, 10) : usual_seed);
  return archive.finish() ? 0 : 1;
}
