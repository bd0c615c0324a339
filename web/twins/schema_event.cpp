#include "web/twins/schema_event.hpp"

#include "base/text.hpp"
#include "base/time_zone.hpp"
#include "web/pages/links.hpp"
#include "web/twins/clean_text.hpp"

#include <fmt/format.h>
#include <boost/json/array.hpp>

namespace convoke::web {
namespace {

namespace json = boost::json;
using service::FeedEntry;

// "2024-11-14T10:00:00+02:00"
std::string zoned_time(Instant instant, const std::string& zone) {
  const auto civil = to_civil(instant, zone);
  const auto as_utc = Instant{to_days(civil.date).time_since_epoch() + civil.time};
  const auto offset = std::chrono::duration_cast<std::chrono::minutes>(as_utc - instant).count();
  const std::chrono::hh_mm_ss time{civil.time};
  return fmt::format("{}T{:02}:{:02}:{:02}{}{:02}:{:02}", format_iso(civil.date), time.hours().count(),
                     time.minutes().count(), time.seconds().count(), offset < 0 ? '-' : '+',
                     std::abs(offset) / 60, std::abs(offset) % 60);
}

std::string_view status_of(const FeedEntry& entry) {
  if (entry.cancelled) return "https://schema.org/EventCancelled";
  return entry.event->status == EventStatus::moved ? "https://schema.org/EventRescheduled"
                                                   : "https://schema.org/EventScheduled";
}

void add_location(json::object& out, const FeedEntry& entry) {
  const auto place = clean_text(entry.place);
  const bool is_online = is_web_link(entry.event->online_url);
  json::array locations;
  if (!place.empty()) locations.push_back({{"@type", "Place"}, {"name", place}, {"address", place}});
  if (is_online) locations.push_back({{"@type", "VirtualLocation"}, {"url", entry.event->online_url}});
  if (locations.empty()) return;
  const char* mode = !is_online      ? "https://schema.org/OfflineEventAttendanceMode"
                     : place.empty() ? "https://schema.org/OnlineEventAttendanceMode"
                                     : "https://schema.org/MixedEventAttendanceMode";
  out["eventAttendanceMode"] = mode;
  if (locations.size() == 1)
    out["location"] = locations.front();
  else
    out["location"] = std::move(locations);
}

std::string part_of_rule(std::string_view rule, std::string_view name) {
  for (const auto part : split(rule, ';'))
    if (part.starts_with(name) && part.substr(name.size()).starts_with('='))
      return std::string(part.substr(name.size() + 1));
  return {};
}

// schema.org/Schedule takes the days as RFC 5545 writes them.
json::object schedule_of(const FeedEntry& entry) {
  const auto frequency = part_of_rule(entry.rule, "FREQ");
  const auto interval = part_of_rule(entry.rule, "INTERVAL");
  json::object schedule = {{"@type", "Schedule"},
                           {"startDate", format_iso(entry.first)},
                           {"endDate", format_iso(entry.last)},
                           {"scheduleTimezone", entry.zone}};
  const char* unit = frequency == "DAILY"    ? "D"
                     : frequency == "WEEKLY" ? "W"
                     : frequency == "YEARLY" ? "Y"
                                             : "M";
  schedule["repeatFrequency"] = "P" + (interval.empty() ? "1" : interval) + unit;
  json::array days;
  const auto by_day = part_of_rule(entry.rule, "BYDAY");
  if (!by_day.empty())
    for (const auto day : split(by_day, ',')) days.emplace_back(std::string(day));
  if (!days.empty()) schedule["byDay"] = std::move(days);
  return schedule;
}

void add_series(json::object& out, const FeedEntry& entry) {
  if (!entry.rule.empty()) out["eventSchedule"] = schedule_of(entry);
  if (entry.more_days.empty()) return;
  json::array days;
  const auto add = [&](Date day) {
    days.push_back({{"@type", "Event"},
                    {"name", clean_text(entry.plain_title)},
                    {"startDate", format_iso(day)},
                    {"endDate", format_iso(day)}});
  };
  add(entry.first);
  for (const Date day : entry.more_days) add(day);
  out["subEvent"] = std::move(days);
}

void add_details(json::object& out, const Event& event, const service::Snapshot& snapshot,
                 const std::string& base_url) {
  const auto description = clean_text(event.description.empty() ? event.note : event.description);
  if (!description.empty()) out["description"] = description;
  if (is_web_link(event.image_url)) out["image"] = event.image_url;
  json::array audience;
  for (const auto& one : event.audience)
    audience.push_back({{"@type", "Audience"}, {"audienceType", clean_text(one)}});
  if (!audience.empty()) out["audience"] = std::move(audience);
  const Event* parent = event.parent ? snapshot.find_event(event.parent) : nullptr;
  if (parent != nullptr)
    out["superEvent"] = {{"@type", "Event"},
                         {"@id", uuid_urn(parent->uid)},
                         {"name", clean_text(parent->title)},
                         {"url", base_url + event_path(parent->id)}};
}

}  // namespace

json::object schema_event(const FeedEntry& entry, const service::Snapshot& snapshot,
                          const std::string& base_url) {
  const Event& event = *entry.event;
  const auto* organisation = snapshot.find_organisation(event.organisation);
  json::object out = {
      {"@context", "https://schema.org"},
      {"@type", "Event"},
      {"@id", uuid_urn(entry.uid)},
      {"identifier", clean_text(entry.uid)},
      {"name", clean_text(entry.plain_title.empty() ? entry.title : entry.plain_title)},
      {"startDate", entry.start ? zoned_time(*entry.start, entry.zone) : format_iso(entry.first)},
      {"endDate", entry.end ? zoned_time(*entry.end, entry.zone) : format_iso(entry.last)},
      {"eventStatus", status_of(entry)},
      {"organizer",
       {{"@type", "Organization"},
        {"name", organisation ? clean_text(organisation->name) : std::string("Convoke")},
        {"url", base_url + "/"}}},
      {"url", base_url + event_path(event.id)}};
  add_location(out, entry);
  add_series(out, entry);
  add_details(out, event, snapshot, base_url);
  return out;
}

}  // namespace convoke::web
