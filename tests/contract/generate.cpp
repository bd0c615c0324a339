// Makes calendars up, and beside each what a reader must find in it: an archive and expectations as
// readers.py takes them. The expectations come from what was drawn, never from what was written.
//
//   contract_generate COUNT FOLDER [SEED]   COUNT calendars of up to five events
//   contract_generate plain FOLDER          one calendar with nothing unusual about it
//   contract_generate hostile FOLDER        each hostile text in every field of an event at once (threats G1)
//   contract_generate messages FOLDER       the same in invitations and cancellations (RFC 5546)
//   contract_generate edges FOLDER          both changes of the clocks in many zones (threats G5)
#include "calendar/feed_words.hpp"
#include "calendar/ical_lines.hpp"
#include "calendar/itip.hpp"
#include "tests/calendar/ical_support.hpp"
#include "tests/contract/hostile_text.hpp"
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

  // `calendar`: properties of the whole, by name.
  void add(const std::string& name, const std::string& body, boost::json::array entries,
           boost::json::object calendar = {}) {
    feeds_ << "FEED " << body.size() << ' ' << name << '\n' << body << '\n';
    const boost::json::object line = {{"name", name},
                                      {"complete", true},
                                      {"entries", std::move(entries)},
                                      {"calendar", std::move(calendar)}};
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

// Every property that such an event has, by number: one more was injected, one less was swallowed.
boost::json::object counts_of_hostile() {
  boost::json::object count;
  for (const auto* name :
       {"UID", "DTSTAMP", "LAST-MODIFIED", "CREATED", "SEQUENCE", "DTSTART", "DTEND", "SUMMARY",
        "DESCRIPTION", "LOCATION", "URL", "CONTACT", "COLOR", "STATUS", "TRANSP", "CLASS"})
    count[name] = 1;
  count["CATEGORIES"] = 2;
  return count;
}

// In a list of classes every straight quotation mark is written as a printed one.
std::string printed_quotes(std::string text) {
  for (auto at = text.find('"'); at != std::string::npos; at = text.find('"', at))
    text.replace(at, 1, "\u201d");
  return text;
}

void hostile(Archive& archive) {
  for (std::size_t i = 0; i < hostile_pieces.size(); ++i) {
    const auto [written, read] = hostile_pieces[i];
    const std::string text = fmt::format("a|{}|z", written), seen = fmt::format("a|{}|z", read);
    Event event = calendar::testing::meeting();
    event.uid = fmt::format("hostile-{}@example.org", i);
    event.title = event.place = event.contact = event.note = event.description = event.section = text;
    event.number = event.responsible_text = text;
    event.responsible = {{PersonId{1}, text, text, text}};
    event.agenda = {text};
    event.audience = {text};
    // As part of an address it is no address any more, or a harmless one.
    event.online_url = event.image_url = fmt::format("https://x.example.org/{}", written);
    event.attachments = {{event.online_url, text, "text/plain\r\nX-INJECTED:1"}};
    auto entry = expected_entry(event, calendar::testing::view());
    auto& says = entry.at("says").as_object();
    for (const auto* name : {"SUMMARY", "LOCATION", "CONTACT"}) says[name] = seen;
    entry["has"] = {{"DESCRIPTION", seen}};
    entry["lists"] = {{"CATEGORIES", {"засідання", printed_quotes(seen)}}};
    entry["count"] = counts_of_hostile();
    archive.add(fmt::format("text {}: {}", i, seen), calendar::testing::feed_text({event}),
                {std::move(entry)});
  }
}

// What a message says of an event that the feeds say too, and whom it is about.
boost::json::object expected_of_message(const Event& event, bool ends) {
  auto entry = expected_entry(event, calendar::testing::view());
  entry["has"] = {{"SUMMARY", calendar::clean_line(event.title)},
                  {"ORGANIZER", "mailto:plans@example.org"},
                  {"ATTENDEE", "mailto:yarmak@example.org"}};
  entry["count"] = {{"UID", 1}, {"SUMMARY", 1}, {"STATUS", 1}, {"ORGANIZER", 1}, {"ATTENDEE", 1}};
  auto& only = entry.at("only").as_array();
  only.emplace_back("ORGANIZER");
  only.emplace_back("ATTENDEE");
  if (ends) entry.at("says").as_object()["STATUS"] = "CANCELLED";
  return entry;
}

// Invitations and cancellations with hostile texts in whatever a person may have written.
void messages(Archive& archive) {
  for (std::size_t i = 0; i < hostile_pieces.size(); ++i) {
    const auto& written = hostile_pieces[i].first;
    Event event = calendar::testing::meeting();
    event.uid = fmt::format("message-{}@example.org", i);
    event.title = event.place = fmt::format("a|{}|z", written);
    Invitation invitation;
    invitation.organizer = {fmt::format("Об'єднання {}", written), "plans@example.org"};
    invitation.attendee = {fmt::format("Ярмак {} О.П.", written), "yarmak@example.org"};
    const auto how = calendar::testing::view();
    archive.add(fmt::format("request {}", i), itip_request(event, how, invitation),
                {expected_of_message(event, false)}, {{"METHOD", "REQUEST"}});
    event.status = EventStatus::cancelled;
    archive.add(fmt::format("cancellation {}", i), itip_cancel(event, how, invitation, Ends::event),
                {expected_of_message(event, true)}, {{"METHOD", "CANCEL"}});
  }
}

// Every half hour of the nights on which clocks change, in each zone.
void edges(Archive& archive) {
  using namespace std::chrono;
  int number = 0;
  for (const auto* zone : {"Europe/Kyiv", "Europe/Berlin", "Europe/Vilnius", "Europe/Warsaw", "Europe/Dublin",
                           "Europe/Minsk", "Europe/Moscow", "Asia/Tbilisi", "America/New_York",
                           "America/St_Johns", "Australia/Lord_Howe", "Pacific/Auckland", "UTC"}) {
    for (const auto* night : {"2026-03-08", "2026-03-29", "2026-04-05", "2026-09-27", "2026-10-04",
                              "2026-10-25", "2026-11-01", "2027-03-28", "2027-10-31"}) {
      std::vector<Event> events;
      for (int half = 0; half < 12; ++half) {
        auto event = calendar::testing::meeting();
        event.uid = fmt::format("edge-{}@example.org", ++number);
        event.zone = zone;
        event.period = make_dated(calendar::testing::day(night), minutes{30 * half}, hours{12});
        events.push_back(std::move(event));
      }
      auto entries = expected_entries(events, calendar::testing::view());
      for (auto& entry : entries)
        entry.at("at").as_object()["DTEND"] = fmt::format("{}T12:00 {}", night, zone);
      archive.add(fmt::format("{} on {}", zone, night), calendar::testing::feed_text(events),
                  std::move(entries));
    }
  }
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
    std::cerr << "usage: contract_generate COUNT|plain|hostile|messages|edges FOLDER [SEED]\n";
    return 64;
  }
  Archive archive(argv[2]);
  const std::string_view what = argv[1];
  if (what == "plain")
    plain(archive);
  else if (what == "hostile")
    hostile(archive);
  else if (what == "messages")
    messages(archive);
  else if (what == "edges")
    edges(archive);
  else
    made_up(archive, std::atoi(argv[1]), argc > 3 ? std::strtoull(argv[3], nullptr, 10) : usual_seed);
  return archive.finish() ? 0 : 1;
}
