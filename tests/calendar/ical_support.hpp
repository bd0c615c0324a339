// Reads feeds back for the tests, with libical and with a plain unfolding of our own, so that no test trusts
// the writer.
#pragma once

#include "base/text.hpp"
#include "calendar/feed.hpp"
#include "calendar/ical_event.hpp"
#include "tests/support/feed_witness.hpp"

#include <libical/ical.h>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace convoke::calendar::testing {

using Component = std::unique_ptr<icalcomponent, decltype(&icalcomponent_free)>;

inline Component parse(const std::string& text) {
  return Component(icalparser_parse_string(text.c_str()), &icalcomponent_free);
}

// Logical lines: folding undone, CR LF removed.
inline std::vector<std::string> unfolded(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const auto end = text.find("\r\n");
    const auto line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 2);
    if (line.starts_with(' ') && !lines.empty())
      lines.back() += line.substr(1);
    else
      lines.emplace_back(line);
  }
  return lines;
}

// The values of every line that begins with `name` and ':' or ';' (parameters are cut off).
inline std::vector<std::string> values(std::string_view text, std::string_view name) {
  std::vector<std::string> out;
  for (const auto& line : unfolded(text)) {
    if (!line.starts_with(name) || line.size() == name.size()) continue;
    if (line[name.size()] != ':' && line[name.size()] != ';') continue;
    bool quoted = false;
    for (std::size_t i = name.size(); i < line.size(); ++i) {
      if (line[i] == '"') quoted = !quoted;
      if (quoted || line[i] != ':') continue;
      out.push_back(line.substr(i + 1));
      break;
    }
  }
  return out;
}

inline std::string value(std::string_view text, std::string_view name) {
  const auto all = values(text, name);
  return all.size() == 1 ? all.front() : std::to_string(all.size()) + " lines of " + std::string(name);
}

inline bool has_line(std::string_view text, std::string_view line) {
  for (const auto& one : unfolded(text))
    if (one == line) return true;
  return false;
}

inline Instant at(std::string_view text) {
  return parse_iso_instant(text).value();
}
inline Date day(std::string_view text) {
  return parse_iso_date(text).value();
}

// A dated meeting with nothing unusual about it.
inline Event meeting() {
  Event event;
  event.id = EventId{7};
  event.uid = "0f8fad5b-d9cb-469f-a165-70867728950e";
  event.organisation = OrganisationId{1};
  event.title = "Засідання методичного об’єднання";
  event.kind = EventKind::meeting;
  event.status = EventStatus::dated;
  event.period = make_dated(day("2026-11-12"), std::chrono::hours{10}, std::chrono::hours{12});
  event.zone = "Europe/Kyiv";
  event.created = at("2026-09-01T08:00:00Z");
  event.modified = at("2026-10-01T08:00:00Z");
  event.sequence = 3;
  return event;
}

inline Event vague(Precision precision, std::string_view first, std::string_view last, std::string source) {
  Event event = meeting();
  event.status = EventStatus::planned;
  event.period = {};
  event.period.precision = precision;
  event.period.first = day(first);
  event.period.last = day(last);
  event.period.source_text = std::move(source);
  return event;
}

inline FeedView view(Language language = Language::uk, VaguePeriods periods = VaguePeriods::deadline) {
  FeedView out;
  out.language = language;
  out.periods = periods;
  out.base_url = "https://plans.example.org";
  return out;
}

inline FeedHead head() {
  FeedHead out;
  out.name = "План методичного об’єднання, 2026";
  out.description = "Усі події плану";
  out.url = "https://plans.example.org/plans/1";
  out.source = "https://plans.example.org/feeds/all.ics";
  out.zone = "Europe/Kyiv";
  return out;
}

inline std::vector<std::shared_ptr<const Fragment>> fragments_of(const std::vector<Event>& events,
                                                                 const FeedView& how) {
  std::vector<std::shared_ptr<const Fragment>> out;
  for (const auto& event : events) out.push_back(std::make_shared<const Fragment>(render_event(event, how)));
  return out;
}

inline Feed assembled(const std::vector<Event>& events, const FeedView& how = view()) {
  return assemble_feed(head(), fragments_of(events, how), at("2026-10-01T08:00:00Z"));
}

// For programs that show feeds to foreign readers themselves.
inline std::string feed_text(const std::vector<Event>& events, const FeedView& how = view()) {
  return assembled(events, how).body;
}

// What one case makes, and later foreign readers read.
inline Feed feed_of(const std::vector<Event>& events, const FeedView& how = view()) {
  auto feed = assembled(events, how);
  convoke::testing::witness_feed(feed.body, events, how);
  return feed;
}

}  // namespace convoke::calendar::testing
