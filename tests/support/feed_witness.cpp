#include "tests/support/feed_witness.hpp"

#include "base/id.hpp"
#include "calendar/ical_entry.hpp"
#include "calendar/ical_event.hpp"
#include "calendar/ical_lines.hpp"

#include <fmt/format.h>
#include <boost/json/serialize.hpp>

#include <errno.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <vector>

namespace convoke::testing {
namespace {

namespace fs = std::filesystem;
namespace json = boost::json;

void expect_days(json::object& entry, const Event& event) {
  const Period& period = event.period;
  const bool todo = entry.at("type").as_string() == "VTODO";
  if (period.precision == Precision::exact_time && period.time && !period.deadline && !todo) {
    const auto zone = calendar::entry_zone(event);
    entry["at"] = {{"DTSTART", format_iso(*period.first) + "T" + format_iso(*period.time) + " " + zone}};
  } else if (period.is_dated() && !todo) {
    const Date day = period.deadline ? *period.last : *period.first;
    entry["at"] = {{"DTSTART", format_iso(day)}, {"DTEND", format_iso(add_days(*period.last, 1))}};
  } else {
    // A night at the edge of the period may begin the day before in UTC.
    const int slack = period.time ? 1 : 0;
    entry["within"] = {format_iso(add_days(*period.first, -slack)),
                       format_iso(add_days(*period.last, slack))};
  }
}

// One digest a body and what is expected of it: the same feed is kept once however many tests make it.
std::string digest_of(std::string_view body, std::string_view expected) {
  return sha256_hex(std::string(body) + '\0' + std::string(expected)).substr(0, 32);
}

void write_whole(const fs::path& path, std::string_view text) {
  const fs::path part = path.string() + fmt::format(".{}.part", ::getpid());
  std::ofstream(part, std::ios::binary) << text;
  std::error_code ignored;
  fs::rename(part, path, ignored);
}

}  // namespace

namespace {

// The days of a series that differ, by the day on which it has them.
json::array changed_days(const Event& event, const calendar::FeedView& view) {
  const auto entry = calendar::entry_of(event, view);
  const auto zone = calendar::entry_zone(event);
  json::array days;
  for (const auto& changed : entry.changed) {
    std::string recurrence = format_iso(changed.shown);
    if (entry.times) recurrence += "T" + format_iso(*event.period.time) + " " + zone;
    json::object day = expected_entry(event, view);
    day.erase("at");
    day.erase("within");
    day["recurrence"] = recurrence;
    day["has"] = {{"SUMMARY", calendar::clean_line(changed.occurrence.title.value_or(event.title))}};
    auto& says = day.at("says").as_object();
    says.erase("LOCATION");
    if (changed.occurrence.cancelled) says["STATUS"] = "CANCELLED";
    days.push_back(std::move(day));
  }
  return days;
}

}  // namespace

json::array known_properties() {
  return {"UID",        "DTSTAMP",       "LAST-MODIFIED", "CREATED", "SEQUENCE", "DTSTART",     "DTEND",
          "DUE",        "RRULE",         "RDATE",         "EXDATE",  "SUMMARY",  "DESCRIPTION", "LOCATION",
          "CATEGORIES", "STATUS",        "TRANSP",        "CLASS",   "URL",      "CONTACT",     "CONFERENCE",
          "ATTACH",     "RECURRENCE-ID", "RELATED-TO",    "IMAGE",   "COLOR"};
}

json::object expected_entry(const Event& event, const calendar::FeedView& view) {
  using Component = calendar::Entry::Component;
  const bool todo = calendar::entry_of(event, view).component == Component::todo;
  json::object entry = {{"uid", calendar::ical_uid(event.uid)}, {"type", todo ? "VTODO" : "VEVENT"}};
  const std::string modified = format_iso(event.modified);
  json::object says = {{"SEQUENCE", std::to_string(std::max(event.sequence, 0))},
                       {"DTSTAMP", modified},
                       {"LAST-MODIFIED", modified},
                       {"CLASS", "PUBLIC"}};
  if (event.status == EventStatus::cancelled)
    says["STATUS"] = "CANCELLED";
  else if (event.period.is_dated() && !todo)
    says["STATUS"] = "CONFIRMED";
  if (const auto place = calendar::clean_line(event.place); !place.empty()) says["LOCATION"] = place;
  if (const auto page = calendar::page_of(event, view); !page.empty()) says["URL"] = page;
  entry["says"] = std::move(says);
  entry["has"] = {{"SUMMARY", calendar::clean_line(event.title)}};
  entry["count"] = {{"UID", 1}, {"SUMMARY", 1}, {"STATUS", 1}};
  entry["only"] = known_properties();
  if (event.period.has_dates()) expect_days(entry, event);
  return entry;
}

json::array expected_entries(std::span<const Event> events, const calendar::FeedView& view) {
  // Of two with one UID the one changed later is shown: readers.py keeps the last that it is told of.
  std::vector<const Event*> shown;
  for (const auto& event : events)
    if (calendar::entry_of(event, view).component != calendar::Entry::Component::none)
      shown.push_back(&event);
  std::stable_sort(shown.begin(), shown.end(),
                   [](const Event* a, const Event* b) { return a->modified < b->modified; });
  json::array entries;
  for (const auto* event : shown) {
    entries.push_back(expected_entry(*event, view));
    for (auto& day : changed_days(*event, view)) entries.push_back(std::move(day));
  }
  return entries;
}

void witness_feed(std::string_view body, std::span<const Event> events, const calendar::FeedView& view,
                  Witness witness) {
  const json::object expected = {{"by", ::program_invocation_short_name},
                                 {"complete", witness == Witness::all},
                                 {"entries", expected_entries(events, view)}};
  const auto text = json::serialize(expected);
  const fs::path folder = CONVOKE_FEEDS_MADE;
  std::error_code ignored;
  fs::create_directories(folder, ignored);
  const auto name = digest_of(body, text);
  if (fs::exists(folder / (name + ".json"), ignored)) return;
  write_whole(folder / (name + ".ics"), body);  // before what makes a reader look for it
  write_whole(folder / (name + ".json"), text);
}

}  // namespace convoke::testing
