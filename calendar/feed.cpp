#include "calendar/feed.hpp"

#include "base/text.hpp"
#include "base/time_zone.hpp"
#include "calendar/ical_lines.hpp"
#include "calendar/vtimezone.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <mutex>
#include <tuple>
#include <unordered_map>
#include <utility>
#include <vector>

namespace convoke::calendar {
namespace {

constexpr std::string_view product = "-//Convoke//Calendar//EN";
constexpr std::size_t longest_name = 255;

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

void write_start(IcalLines& lines, std::string_view method = "PUBLISH") {
  lines.add("BEGIN", "VCALENDAR");
  lines.add("VERSION", "2.0");
  lines.add("PRODID", product);
  lines.add("CALSCALE", "GREGORIAN");
  lines.add("METHOD", method);
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

// VTIMEZONEs that were written before. One text is right for all times that lie in the same stretches of one
// offset, so that a zone has few.
class ZoneTexts {
 public:
  std::string text(const std::string& zone, Instant from, Instant to) {
    if (from < first_kept) return render_vtimezone(zone, from, to);
    const Key key{zone, stretch_of(zone, from), stretch_of(zone, std::max(from, to))};
    {
      const std::lock_guard lock(mutex_);
      if (const auto found = texts_.find(key); found != texts_.end()) return found->second;
    }
    auto text = render_vtimezone(zone, from, to);
    const std::lock_guard lock(mutex_);
    if (texts_.size() >= most_kept) texts_.clear();
    texts_.emplace(key, text);
    return text;
  }

 private:
  using Key = std::tuple<std::string, Instant, Instant>;
  static constexpr std::size_t most_kept = 1000;
  // Before that the text names its own first day.
  static constexpr Instant first_kept{std::chrono::sys_days{make_date(1971, 1, 1)}};

  static Instant stretch_of(const std::string& zone, Instant at) {
    return zone_offsets(zone, at, at).front().begins;
  }

  std::mutex mutex_;
  std::map<Key, std::string> texts_;
};

std::string text_of(const ZoneEras& eras) {
  static ZoneTexts kept;
  std::string text;
  for (const auto& era : eras) text += kept.text(era.zone, era.from, era.to);
  return text;
}

ZoneEras eras_of(const FeedChunks& chunks) {
  ZoneEras eras;
  for (const auto& chunk : chunks)
    for (const auto& era : chunk->eras()) widen(eras, era.zone, era.from, era.to);
  return eras;
}

std::string etag_of(std::string_view head, const FeedChunks& chunks) {
  std::string digests(bytes_of(digest_of(head)));
  for (const auto& chunk : chunks) digests += bytes_of(chunk->digest());
  return "\"" + hex_of(digest_of(digests)) + "\"";
}

FeedParts joined(const FeedHead& head, FeedChunks chunks, Instant last_modified) {
  IcalLines lines;
  write_start(lines);
  write_head(lines, head, last_modified);
  ZoneEras eras = eras_of(chunks);
  if (chunks.empty() && check_zone(head.zone)) eras = {{head.zone, last_modified, last_modified}};
  FeedParts parts;
  parts.head = std::make_shared<const std::string>(std::move(lines).text() + text_of(eras));
  parts.etag = etag_of(*parts.head, chunks);
  parts.chunks = std::move(chunks);
  parts.last_modified = last_modified;
  return parts;
}

// Of two with one UID the later changed one.
std::vector<MemberText> without_repeats(std::span<const std::shared_ptr<const Fragment>> fragments,
                                        std::vector<RenderedEvent>& texts) {
  std::unordered_map<std::string_view, const Fragment*> by_uid;
  for (const auto& fragment : fragments) {
    if (!fragment || fragment->text.empty()) continue;
    const auto [found, fresh] = by_uid.try_emplace(fragment->uid, fragment.get());
    if (fresh) continue;
    const auto* known = found->second;
    if (std::tie(fragment->modified, fragment->text) > std::tie(known->modified, known->text))
      found->second = fragment.get();
  }
  std::vector<MemberText> members;
  for (const auto& [uid, fragment] : by_uid) {
    texts.push_back(shared_fragment(*fragment));
    members.push_back({texts.back().member, *texts.back().text});
  }
  return members;
}

}  // namespace

std::string_view color_code(std::string_view name) {
  const auto* const found =
      std::find_if(colors.begin(), colors.end(), [&](const auto& color) { return color.first == name; });
  return found == colors.end() ? std::string_view{} : found->second;
}

Rope::Piece feed_end() {
  static const Rope::Piece end = std::make_shared<const std::string>("END:VCALENDAR\r\n");
  return end;
}

Rope FeedParts::rope() const {
  Rope rope;
  rope.append(head);
  for (const auto& chunk : chunks) rope.append(chunk->text());
  rope.append(feed_end());
  return rope;
}

FeedParts join_feed(const FeedHead& head, FeedChunks chunks) {
  Instant modified{};
  for (const auto& chunk : chunks) modified = std::max(modified, chunk->modified());
  return joined(head, std::move(chunks), modified);
}

Feed assemble_feed(const FeedHead& head, std::span<const std::shared_ptr<const Fragment>> fragments,
                   Instant last_modified) {
  std::vector<RenderedEvent> texts;
  auto chunks = make_chunks(without_repeats(fragments, texts));
  const auto parts = joined(head, std::move(chunks), last_modified);
  return {parts.rope().text(), parts.etag, last_modified};
}

std::string single_event_file(const Event& event, const FeedView& view, const EventContext& context) {
  return file_of(render_event(event, view, context), "PUBLISH");
}

std::string file_of(const Fragment& fragment, std::string_view method) {
  if (fragment.text.empty()) return {};
  IcalLines lines;
  write_start(lines, method);
  ZoneEras eras;
  for (const auto& zone : fragment.zones) widen(eras, zone, fragment.first_instant, fragment.last_instant);
  return std::move(lines).text() + text_of(eras) + fragment.text + *feed_end();
}

}  // namespace convoke::calendar
