#include "calendar/feed.hpp"

#include "base/text.hpp"
#include "calendar/ical_lines.hpp"
#include "calendar/vtimezone.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <unordered_map>
#include <utility>
#include <vector>

namespace convoke::calendar {
namespace {

constexpr std::string_view product = "-//Convoke//Calendar//EN";
constexpr std::size_t longest_name = 255;
constexpr std::size_t etag_digits = 32;

// Dark enough for white text, far enough apart to be told from one another.
constexpr std::array<std::pair<std::string_view, std::string_view>, 12> colors = {{
    {"steelblue", "#4682B4"},
    {"seagreen", "#2E8B57"},
    {"darkorange", "#FF8C00"},
    {"firebrick", "#B22222"},
    {"rebeccapurple", "#663399"},
    {"teal", "#008080"},
    {"goldenrod", "#DAA520"},
    {"slategray", "#708090"},
    {"royalblue", "#4169E1"},
    {"olivedrab", "#6B8E23"},
    {"sienna", "#A0522D"},
    {"crimson", "#DC143C"},
}};

// As many characters of `name` as fit when they are written.
std::string fitting(std::string name) {
  while (escape_text(name).size() > longest_name) {
    while ((static_cast<unsigned char>(name.back()) & 0xC0) == 0x80) name.pop_back();
    name.pop_back();
  }
  return std::string(trim(name));
}

std::string iso_duration(std::chrono::seconds duration) {
  return fmt::format("PT{}H", std::chrono::duration_cast<std::chrono::hours>(duration).count());
}

void write_start(IcalLines& lines) {
  lines.add("BEGIN", "VCALENDAR");
  lines.add("VERSION", "2.0");
  lines.add("PRODID", product);
  lines.add("CALSCALE", "GREGORIAN");
  lines.add("METHOD", "PUBLISH");
}

void write_head(IcalLines& lines, const FeedHead& head, Instant last_modified) {
  const std::string name = fitting(ellipsize(clean_line(head.name), longest_name));
  lines.add_line("NAME", name);
  lines.add_line("X-WR-CALNAME", name);
  lines.add_text("DESCRIPTION", head.description);
  lines.add_text("X-WR-CALDESC", head.description);
  if (check_zone(head.zone)) lines.add("X-WR-TIMEZONE", head.zone);
  lines.add("REFRESH-INTERVAL;VALUE=DURATION", iso_duration(feed_refresh_interval));
  lines.add("X-PUBLISHED-TTL", iso_duration(feed_refresh_interval));
  const auto color = color_code(head.color).empty() ? colors.front().first : std::string_view(head.color);
  lines.add("COLOR", color);
  lines.add("X-APPLE-CALENDAR-COLOR", color_code(color));
  if (const auto source = clean_uri(head.source)) lines.add("SOURCE;VALUE=URI", *source);
  if (const auto url = clean_uri(head.url)) lines.add("URL", *url);
  lines.add("LAST-MODIFIED", ical_utc(last_modified));
}

struct Era {
  Instant from, to;
};

std::string zones_of(std::span<const Fragment* const> fragments, const std::string& zone_of_empty,
                     Instant now) {
  std::map<std::string, Era> eras;  // sorted by name
  for (const auto* fragment : fragments) {
    for (const auto& zone : fragment->zones) {
      const auto [found, fresh] =
          eras.try_emplace(zone, Era{fragment->first_instant, fragment->last_instant});
      if (fresh) continue;
      found->second.from = std::min(found->second.from, fragment->first_instant);
      found->second.to = std::max(found->second.to, fragment->last_instant);
    }
  }
  if (fragments.empty() && check_zone(zone_of_empty)) eras.try_emplace(zone_of_empty, Era{now, now});
  std::string text;
  for (const auto& [zone, era] : eras) text += render_vtimezone(zone, era.from, era.to);
  return text;
}

std::vector<const Fragment*> in_order(std::span<const std::shared_ptr<const Fragment>> fragments) {
  std::unordered_map<std::string_view, const Fragment*> by_uid;
  for (const auto& fragment : fragments) {
    if (!fragment || fragment->text.empty()) continue;
    const auto [found, fresh] = by_uid.try_emplace(fragment->uid, fragment.get());
    if (fresh) continue;
    const auto* known = found->second;
    if (std::tie(fragment->modified, fragment->text) > std::tie(known->modified, known->text))
      found->second = fragment.get();
  }
  std::vector<const Fragment*> out;
  out.reserve(by_uid.size());
  for (const auto& [uid, fragment] : by_uid) out.push_back(fragment);
  std::sort(out.begin(), out.end(), [](const Fragment* a, const Fragment* b) {
    return std::tie(a->first_instant, a->uid) < std::tie(b->first_instant, b->uid);
  });
  return out;
}

}  // namespace

std::string_view color_code(std::string_view name) {
  const auto* const found =
      std::find_if(colors.begin(), colors.end(), [&](const auto& color) { return color.first == name; });
  return found == colors.end() ? std::string_view{} : found->second;
}

Feed assemble_feed(const FeedHead& head, std::span<const std::shared_ptr<const Fragment>> fragments,
                   Instant last_modified) {
  const auto members = in_order(fragments);
  IcalLines lines;
  write_start(lines);
  write_head(lines, head, last_modified);
  Feed feed;
  feed.last_modified = last_modified;
  feed.body = std::move(lines).text() + zones_of(members, head.zone, last_modified);
  std::size_t size = feed.body.size() + longest_ical_line;
  for (const auto* member : members) size += member->text.size();
  feed.body.reserve(size);
  for (const auto* member : members) feed.body += member->text;
  feed.body += "END:VCALENDAR\r\n";
  feed.etag = fmt::format("\"{}\"", sha256_hex(feed.body).substr(0, etag_digits));
  return feed;
}

std::string single_event_file(const Event& event, const FeedView& view, const EventContext& context) {
  const Fragment fragment = render_event(event, view, context);
  if (fragment.text.empty()) return {};
  IcalLines lines;
  write_start(lines);
  const Fragment* const members[] = {&fragment};
  return std::move(lines).text() + zones_of(members, "", fragment.modified) + fragment.text +
         "END:VCALENDAR\r\n";
}

}  // namespace convoke::calendar
