#include "calendar/ical_event.hpp"

#include "base/text.hpp"
#include "base/time_zone.hpp"
#include "calendar/feed_words.hpp"
#include "calendar/ical_entry.hpp"
#include "calendar/ical_lines.hpp"
#include "calendar/media_types.hpp"
#include "calendar/period_format.hpp"
#include "calendar/vtimezone.hpp"
#include "model/programme.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <functional>

namespace convoke::calendar {
namespace {

constexpr std::size_t longest_uid = 255;
// Alarms of those who ask for them: a day before a time; at nine the day before an all-day entry.
constexpr std::string_view timed_alarm = "-P1D";
constexpr std::string_view all_day_alarm = "-PT15H";

// In the order of EventKind; each is in the table of colours that a feed may have.
constexpr std::array<std::string_view, event_kind_count> kind_colors = {
    "steelblue", "rebeccapurple", "seagreen",  "teal",      "crimson",   "goldenrod", "darkorange",
    "olivedrab", "royalblue",     "firebrick", "slategray", "slategray", "sienna"};

std::string labelled(Word label, Language language, std::string_view text) {
  return fmt::format("{}: {}", word(label, language), text);
}

std::string period_lines(const Event& event, Language language) {
  const std::string written = clean_line(event.period.source_text);
  const std::string formatted = format_period(event.period, language);
  if (formatted.empty()) return written.empty() ? written : labelled(Word::period, language, written);
  std::string out = labelled(Word::period, language, formatted);
  if (!written.empty() && fold(written) != fold(formatted))
    out += "\n" + labelled(Word::as_planned, language, written);
  return out;
}

std::string responsible_of(const Event& event) {
  std::vector<std::string> people;
  for (const auto& one : event.responsible) {
    std::vector<std::string> about;
    for (const auto& part : {one.post, one.organisation})
      if (!clean_line(part).empty()) about.push_back(clean_line(part));
    const std::string name = clean_line(one.name);
    if (name.empty() && about.empty()) continue;
    people.push_back(name.empty()    ? join(about, ", ")
                     : about.empty() ? name
                                     : fmt::format("{} ({})", name, join(about, ", ")));
  }
  return people.empty() ? clean_line(event.responsible_text) : join(people, "; ");
}

std::string zoned(CivilTime at) {
  const std::chrono::hh_mm_ss time{at.time};
  return fmt::format("{}T{:02}{:02}{:02}", ical_date(at.date), time.hours().count(), time.minutes().count(),
                     time.seconds().count());
}

// All dates of an entry have one form: the one place that chooses it (feeds.md rules 28, 29, 31).
class DateWriter {
 public:
  DateWriter(IcalLines& lines, const Entry& entry, std::string zone)
      : lines_(lines),
        zone_(std::move(zone)),
        all_day_(!entry.times),
        utc_(entry.times && entry.times->in_utc),
        wall_time_(entry.wall_time.value_or(TimeOfDay{0})) {}

  void write(std::string_view name, Instant at) {
    lines_.add(head(name), utc_ ? ical_utc(at) : zoned(to_civil(at, zone_)));
  }
  void write(std::string_view name, Date day) { lines_.add(head(name), ical_date(day)); }
  // Days of a series, each at the time that all of it has.
  void write_days(std::string_view name, const std::vector<Date>& days) {
    std::string values;
    for (const Date day : days) values += (values.empty() ? "" : ",") + value(day, wall_time_);
    lines_.add(head(name), values);
  }
  // `after` midnight of that day, as the clock on the wall counts: also over 24 hours.
  void write_local(std::string_view name, Date day, std::chrono::minutes after) {
    const auto days = std::chrono::floor<std::chrono::days>(after);
    lines_.add(head(name), value(add_days(day, static_cast<int>(days.count())), after - days));
  }

 private:
  std::string head(std::string_view name) const {
    if (all_day_) return fmt::format("{};VALUE=DATE", name);
    return utc_ ? std::string(name) : fmt::format("{};TZID={}", name, zone_);
  }
  std::string value(Date day, std::chrono::seconds time) const {
    if (all_day_) return ical_date(day);
    return utc_ ? ical_utc(to_instant(CivilTime{day, time}, zone_)) : zoned(CivilTime{day, time});
  }

  IcalLines& lines_;
  std::string zone_;
  bool all_day_, utc_;
  TimeOfDay wall_time_;
};

// How long an entry of the series takes on the clock: what is written must not depend on whether its first
// day has 23 hours.
std::chrono::minutes wall_duration(const Event& event) {
  const Period& period = event.period;
  if (!period.end_time || *period.end_time == *period.time) return usual_duration(event.kind);
  constexpr std::chrono::minutes day = std::chrono::hours{24};
  return (*period.end_time - *period.time + day) % day;
}

void write_dates(IcalLines& lines, const Event& event, const Entry& entry) {
  DateWriter dates(lines, entry, entry_zone(event));
  if (entry.component == Entry::Component::todo) {
    if (entry.first < entry.last) dates.write("DTSTART", entry.first);
    dates.write("DUE", entry.last);
    return;
  }
  if (entry.wall_time) {
    dates.write_local("DTSTART", entry.first, *entry.wall_time);
    dates.write_local("DTEND", entry.first, *entry.wall_time + wall_duration(event));
  } else if (entry.times) {
    dates.write("DTSTART", entry.times->start);
    dates.write("DTEND", entry.times->end);
  } else {
    dates.write("DTSTART", entry.first);
    dates.write("DTEND", add_days(entry.last, 1));
  }
  if (!entry.rrule.empty()) lines.add("RRULE", entry.rrule);
  if (!entry.more_days.empty()) dates.write_days("RDATE", entry.more_days);
  if (!entry.without.empty()) dates.write_days("EXDATE", entry.without);
}

std::string_view status_of(const Event& event, const Entry& entry) {
  if (event.status == EventStatus::cancelled) return "CANCELLED";
  if (entry.component == Entry::Component::todo)
    return event.status == EventStatus::held ? "COMPLETED" : "NEEDS-ACTION";
  return entry.mark == Entry::Mark::not_yet_dated && event.status != EventStatus::held ? "TENTATIVE"
                                                                                       : "CONFIRMED";
}

std::string marked_title(const Event& event, const Entry& entry, Language language) {
  std::string title = clean_line(event.title);
  if (title.empty()) title = capitalise(kind_label(event.kind, language));
  if (event.status == EventStatus::cancelled) return labelled(Word::cancelled, language, title);
  if (event.status == EventStatus::held) return title;
  if (entry.mark == Entry::Mark::due) return labelled(Word::due, language, title);
  if (entry.mark == Entry::Mark::not_yet_dated)
    return fmt::format("{} ({})", title, word(Word::not_yet_dated, language));
  return title;
}

// libical splits a list no further once it has met a straight quotation mark; a printed one stops nobody.
std::string class_name(std::string_view text) {
  std::string out;
  for (const char c : clean_line(text)) c == '"' ? out += "\u201d" : out += c;
  return out;
}

// ical.js takes a backslash in a parameter for an escape, and no file needs one in its name.
std::string file_name(std::string_view text) {
  std::string out = clean_line(text);
  std::erase(out, '\\');
  return out;
}

void write_links(IcalLines& lines, const Event& event, const FeedView& view) {
  if (const auto page = page_of(event, view); !page.empty()) lines.add("URL", page);
  if (const auto online = clean_uri(event.online_url))
    lines.add(
        fmt::format("CONFERENCE;VALUE=URI;FEATURE=VIDEO;LABEL=\"{}\"", word(Word::online, view.language)),
        *online);
  if (const auto image = clean_uri(event.image_url))
    lines.add(fmt::format("IMAGE;VALUE=URI;DISPLAY=BADGE;FMTTYPE={}", media_type_of(*image)), *image);
  for (const auto& one : event.attachments) {
    const auto address = clean_uri(one.url);
    if (!address) continue;
    std::string head = "ATTACH;FMTTYPE=" + stated_media_type(one.media_type, *address);
    if (const auto name = file_name(one.name); !name.empty()) head += ";FILENAME=" + quoted_parameter(name);
    lines.add(head, *address);
  }
}

void write_classes(IcalLines& lines, const Event& event, Language language) {
  std::string categories = escape_text(clean_line(kind_label(event.kind, language)));
  if (event.level) categories += "," + escape_text(level_label(*event.level, language));
  for (const auto& one : event.audience)
    if (const auto clean = class_name(one); !clean.empty()) categories += "," + escape_text(clean);
  lines.add("CATEGORIES", categories);
  lines.add("COLOR", color_of(event.kind));
}

void write_alarm(IcalLines& lines, const Entry& entry, std::string_view summary) {
  lines.add("BEGIN", "VALARM");
  lines.add("ACTION", "DISPLAY");
  lines.add_line("DESCRIPTION", summary);
  lines.add("TRIGGER", entry.times ? timed_alarm : all_day_alarm);
  lines.add("END", "VALARM");
}

// What all components of one event share.
struct Writing {
  const FeedView& view;
  const EventContext& context;
  const Scheduling& scheduling;
  const std::string& uid;
};

void write_component(
    IcalLines& lines, const Event& event, const Writing& writing, const Entry& entry,
    const std::function<void()>& write_identity = [] {}) {
  const auto& [view, context, scheduling, uid] = writing;
  const bool is_todo = entry.component == Entry::Component::todo;
  const std::string summary = marked_title(event, entry, view.language);
  lines.add("BEGIN", is_todo ? "VTODO" : "VEVENT");
  lines.add_line("UID", uid);
  write_identity();
  lines.add("DTSTAMP", ical_utc(event.modified));
  lines.add("LAST-MODIFIED", ical_utc(event.modified));
  lines.add("CREATED", ical_utc(event.created == Instant{} ? event.modified : event.created));
  lines.add("SEQUENCE", std::to_string(std::max(event.sequence, 0)));
  write_dates(lines, event, entry);
  lines.add_line("SUMMARY", summary);
  lines.add_text("DESCRIPTION", description_of(event, view, context));
  lines.add_line("LOCATION", event.place);
  write_links(lines, event, view);
  lines.add_line("CONTACT", event.contact);
  for (const auto& [head, value] : scheduling.lines) lines.add(head, value);
  if (!context.parent_uid.empty()) lines.add("RELATED-TO;RELTYPE=PARENT", ical_uid(context.parent_uid));
  write_classes(lines, event, view.language);
  if (scheduling.status) lines.add("STATUS", status_of(event, entry));
  if (!is_todo) lines.add("TRANSP", entry.transparent() ? "TRANSPARENT" : "OPAQUE");
  lines.add("CLASS", "PUBLIC");
  if (view.alarms && is_open(event.status)) write_alarm(lines, entry, summary);
  lines.add("END", is_todo ? "VTODO" : "VEVENT");
}

// Feeds.md rule 32: a full copy of the event as it is on that one day, found by the day the series has it on.
void write_changed(IcalLines& lines, const Event& event, const Writing& writing, const Entry& series,
                   const Entry::Changed& changed) {
  Entry entry;
  entry.component = series.component;
  entry.mark = changed.occurrence.moved ? Entry::Mark::none : series.mark;
  entry.times = changed.times;
  entry.first = changed.first;
  entry.last = entry.series_last = changed.last;
  Event that_day = as_on(event, changed.occurrence);
  if (changed.occurrence.last != changed.occurrence.day)
    that_day.description = join(
        {labelled(Word::moved_from, writing.view.language, format_date(changed.shown, writing.view.language)),
         event.description},
        "\n");
  write_component(lines, that_day, writing, entry, [&] {
    DateWriter(lines, series, entry_zone(event)).write_days("RECURRENCE-ID", {changed.shown});
  });
}

void cover(Fragment& fragment, Instant first, Instant last) {
  fragment.first_instant = std::min(fragment.first_instant, first);
  fragment.last_instant = std::max(fragment.last_instant, last);
}

// The first and the last instant of each component, and whether its local times need a VTIMEZONE.
void set_extent(Fragment& fragment, const Event& event, const Entry& entry) {
  bool local = entry.times && !entry.times->in_utc;
  fragment.first_instant = entry.times ? entry.times->start : Instant{to_days(entry.first)};
  const Instant last_day = Instant{to_days(entry.series_last)} + std::chrono::days{entry.times ? 2 : 1};
  fragment.last_instant = entry.times ? std::max(entry.times->end, last_day) : last_day;
  for (const auto& changed : entry.changed) {
    if (changed.times) cover(fragment, changed.times->start, changed.times->end);
    cover(fragment, Instant{to_days(changed.first)}, Instant{to_days(changed.last)} + std::chrono::days{1});
    local = local || (changed.times && !changed.times->in_utc);
  }
  if (local) fragment.zones = {entry_zone(event)};
}

}  // namespace

std::string ical_uid(std::string_view uid) {
  const bool printable = std::all_of(uid.begin(), uid.end(), [](char c) { return c > 0x20 && c < 0x7F; });
  if (printable && !uid.empty() && uid.size() <= longest_uid) return std::string(uid);
  return sha256_hex(uid);
}

std::string page_of(const Event& event, const FeedView& view) {
  if (!event.id || view.base_url.empty()) return {};
  std::string_view base = view.base_url;
  while (base.ends_with('/')) base.remove_suffix(1);
  return clean_uri(fmt::format("{}/events/{}", base, event.id.value)).value_or("");
}

std::string summary_of(const Event& event, const FeedView& view) {
  return marked_title(event, entry_of(event, view), view.language);
}

std::string_view color_of(EventKind kind) {
  return kind_colors.at(static_cast<std::size_t>(kind));
}

std::string description_of(const Event& event, const FeedView& view, const EventContext& context) {
  const Language language = view.language;
  std::vector<std::string> lines;
  const auto add = [&](std::string line) {
    if (!line.empty()) lines.push_back(std::move(line));
  };
  const auto add_labelled = [&](Word label, const std::string& text) {
    if (!text.empty()) lines.push_back(labelled(label, language, text));
  };
  add(capitalise(kind_label(event.kind, language)));
  add(period_lines(event, language));
  std::string section = clean_line(event.section);
  if (const auto number = clean_line(event.number); !number.empty())
    section += fmt::format("{}{} {}", section.empty() ? "" : ", ", word(Word::number, language), number);
  add_labelled(Word::section, section);
  add_labelled(Word::responsible, responsible_of(event));
  add(clean_text(event.description));
  const bool talk = is_talk(event);  // its agenda is who speaks
  if (!event.agenda.empty() && !talk) lines.push_back(fmt::format("{}:", word(Word::agenda, language)));
  for (std::size_t i = 0; i < event.agenda.size(); ++i)
    lines.push_back((talk ? std::string() : fmt::format("{}. ", i + 1)) + clean_line(event.agenda[i]));
  add_labelled(Word::note, clean_text(event.note));
  std::vector<std::string> audience;
  for (const auto& one : event.audience)
    if (auto clean = clean_line(one); !clean.empty()) audience.push_back(std::move(clean));
  add_labelled(Word::audience, join(audience, ", "));
  add_labelled(Word::contact, clean_line(event.contact));
  for (const auto& one : event.attachments)
    if (const auto address = clean_uri(one.url)) {
      const std::string name = clean_line(one.name);
      add_labelled(Word::document, name.empty() ? *address : fmt::format("{} {}", name, *address));
    }
  add_labelled(Word::source, clean_line(context.source_name));
  add_labelled(Word::online, clean_uri(event.online_url).value_or(""));
  add_labelled(Word::page, page_of(event, view));
  return join(lines, "\n");
}

Fragment render_event(const Event& event, const FeedView& view, const EventContext& context,
                      const Scheduling& scheduling) {
  if (!view.cancelled && event.status != EventStatus::cancelled && !event.overrides.empty()) {
    FeedView all = view;
    all.cancelled = true;
    return render_event(without_cancelled_days(event), all, context, scheduling);
  }
  Fragment fragment;
  fragment.uid = ical_uid(event.uid.empty() ? fmt::format("event-{}", event.id.value) : event.uid);
  fragment.modified = event.modified;
  Entry entry = entry_of(event, view);
  if (entry.component == Entry::Component::none) return fragment;
  if (scheduling.series_only) entry.changed.clear();
  const Writing writing{view, context, scheduling, fragment.uid};
  IcalLines lines;
  write_component(lines, event, writing, entry);
  for (const auto& changed : entry.changed) write_changed(lines, event, writing, entry, changed);
  fragment.text = std::move(lines).text();
  fragment.is_todo = entry.component == Entry::Component::todo;
  set_extent(fragment, event, entry);
  return fragment;
}

}  // namespace convoke::calendar
