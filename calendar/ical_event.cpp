#include "calendar/ical_event.hpp"

#include "base/text.hpp"
#include "base/time_zone.hpp"
#include "calendar/feed_words.hpp"
#include "calendar/ical_entry.hpp"
#include "calendar/ical_lines.hpp"
#include "calendar/period_format.hpp"
#include "calendar/vtimezone.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace convoke::calendar {
namespace {

constexpr std::size_t longest_uid = 255;
// Alarms of those who ask for them: a day before a time; at nine the day before an all-day entry.
constexpr std::string_view timed_alarm = "-P1D";
constexpr std::string_view all_day_alarm = "-PT15H";

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
        utc_(entry.times && entry.times->in_utc) {}

  void write(std::string_view name, Instant at) {
    lines_.add(head(name), utc_ ? ical_utc(at) : zoned(to_civil(at, zone_)));
  }
  void write(std::string_view name, Date day) { lines_.add(head(name), ical_date(day)); }
  void write(std::string_view name, const std::vector<Date>& days, std::chrono::seconds time) {
    std::string values;
    for (const Date day : days) {
      if (!values.empty()) values += ',';
      if (all_day_)
        values += ical_date(day);
      else if (utc_)
        values += ical_utc(to_instant(CivilTime{day, time}, zone_));
      else
        values += zoned(CivilTime{day, time});
    }
    lines_.add(head(name), values);
  }

 private:
  std::string head(std::string_view name) const {
    if (all_day_) return fmt::format("{};VALUE=DATE", name);
    return utc_ ? std::string(name) : fmt::format("{};TZID={}", name, zone_);
  }

  IcalLines& lines_;
  std::string zone_;
  bool all_day_, utc_;
};

void write_dates(IcalLines& lines, const Entry& entry, const std::string& zone) {
  DateWriter dates(lines, entry, zone);
  if (entry.component == Entry::Component::todo) {
    if (entry.first < entry.last) dates.write("DTSTART", entry.first);
    dates.write("DUE", entry.last);
    return;
  }
  if (entry.times) {
    dates.write("DTSTART", entry.times->start);
    dates.write("DTEND", entry.times->end);
  } else {
    dates.write("DTSTART", entry.first);
    dates.write("DTEND", add_days(entry.last, 1));
  }
  if (!entry.rrule.empty()) lines.add("RRULE", entry.rrule);
  if (!entry.more_days.empty()) {
    const auto time = entry.times ? to_civil(entry.times->start, zone).time : std::chrono::seconds{0};
    dates.write("RDATE", entry.more_days, time);
  }
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

void write_links(IcalLines& lines, const Event& event, const FeedView& view) {
  if (const auto page = page_of(event, view); !page.empty()) lines.add("URL", page);
  if (const auto online = clean_uri(event.online_url))
    lines.add(
        fmt::format("CONFERENCE;VALUE=URI;FEATURE=VIDEO;LABEL=\"{}\"", word(Word::online, view.language)),
        *online);
}

void write_alarm(IcalLines& lines, const Entry& entry, std::string_view summary) {
  lines.add("BEGIN", "VALARM");
  lines.add("ACTION", "DISPLAY");
  lines.add_line("DESCRIPTION", summary);
  lines.add("TRIGGER", entry.times ? timed_alarm : all_day_alarm);
  lines.add("END", "VALARM");
}

void write_component(IcalLines& lines, const Event& event, const FeedView& view, const Entry& entry,
                     const std::string& uid) {
  const bool is_todo = entry.component == Entry::Component::todo;
  const std::string summary = marked_title(event, entry, view.language);
  lines.add("BEGIN", is_todo ? "VTODO" : "VEVENT");
  lines.add_line("UID", uid);
  lines.add("DTSTAMP", ical_utc(event.modified));
  lines.add("LAST-MODIFIED", ical_utc(event.modified));
  lines.add("CREATED", ical_utc(event.created == Instant{} ? event.modified : event.created));
  lines.add("SEQUENCE", std::to_string(std::max(event.sequence, 0)));
  write_dates(lines, entry, entry_zone(event));
  lines.add_line("SUMMARY", summary);
  lines.add_text("DESCRIPTION", description_of(event, view));
  lines.add_line("LOCATION", event.place);
  write_links(lines, event, view);
  lines.add_line("CATEGORIES", kind_label(event.kind, view.language));
  lines.add("STATUS", status_of(event, entry));
  if (!is_todo) lines.add("TRANSP", entry.transparent() ? "TRANSPARENT" : "OPAQUE");
  lines.add("CLASS", "PUBLIC");
  if (view.alarms && is_open(event.status)) write_alarm(lines, entry, summary);
  lines.add("END", is_todo ? "VTODO" : "VEVENT");
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

std::string description_of(const Event& event, const FeedView& view) {
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
  if (!event.agenda.empty()) lines.push_back(fmt::format("{}:", word(Word::agenda, language)));
  for (std::size_t i = 0; i < event.agenda.size(); ++i)
    lines.push_back(fmt::format("{}. {}", i + 1, clean_line(event.agenda[i])));
  add_labelled(Word::note, clean_text(event.note));
  // Most clients show neither CONFERENCE nor URL, so both links are repeated where everybody looks.
  add_labelled(Word::online, clean_uri(event.online_url).value_or(""));
  add_labelled(Word::page, page_of(event, view));
  return join(lines, "\n");
}

Fragment render_event(const Event& event, const FeedView& view) {
  Fragment fragment;
  fragment.uid = ical_uid(event.uid.empty() ? fmt::format("event-{}", event.id.value) : event.uid);
  fragment.modified = event.modified;
  const Entry entry = entry_of(event, view);
  if (entry.component == Entry::Component::none) return fragment;
  IcalLines lines;
  write_component(lines, event, view, entry, fragment.uid);
  fragment.text = std::move(lines).text();
  if (entry.times) {
    fragment.first_instant = entry.times->start;
    fragment.last_instant =
        std::max(entry.times->end, Instant{to_days(entry.series_last)} + std::chrono::days{2});
    if (!entry.times->in_utc) fragment.zones = {entry_zone(event)};
  } else {
    fragment.first_instant = Instant{to_days(entry.first)};
    fragment.last_instant = Instant{to_days(entry.series_last)} + std::chrono::days{1};
  }
  return fragment;
}

}  // namespace convoke::calendar
