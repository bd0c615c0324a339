#include "calendar/ical_reader.hpp"

#include "base/text.hpp"
#include "base/time_zone.hpp"
#include "calendar/event_occurrences.hpp"
#include "calendar/feed_words.hpp"
#include "calendar/ical_lines.hpp"
#include "calendar/ical_prescan.hpp"
#include "calendar/ical_series.hpp"
#include "calendar/ical_zone_names.hpp"
#include "calendar/media_types.hpp"

#include <fmt/format.h>
#include <libical/ical.h>

#include <algorithm>
#include <map>
#include <memory>
#include <utility>

namespace convoke::calendar {
namespace {

using std::chrono::hours;
using std::chrono::seconds;

// What a title or a place of a sane calendar needs; longer ones are cut.
constexpr std::size_t longest_title = 1'000;
constexpr std::size_t longest_description = 20'000;
constexpr std::size_t longest_file_name = 200;
constexpr std::size_t most_files = 20;  // of one event
constexpr std::size_t shown = 60;

struct FreeComponent {
  void operator()(icalcomponent* component) const { icalcomponent_free(component); }
};
using ComponentPtr = std::unique_ptr<icalcomponent, FreeComponent>;

std::string owned(const char* text) {
  return text == nullptr ? std::string{} : to_valid_utf8(text);
}

std::string value_text(icalproperty* property) {
  char* text = icalproperty_get_value_as_string_r(property);
  std::string out = owned(text);
  if (text != nullptr) icalmemory_free_buffer(text);
  return out;
}

// libical keeps one cursor in each component: what `visit` looks up would move it, so the walk is finished
// first.
template<class Visit>
void each_property(icalcomponent* component, icalproperty_kind kind, Visit visit) {
  std::vector<icalproperty*> found;
  for (auto* p = icalcomponent_get_first_property(component, kind); p != nullptr;
       p = icalcomponent_get_next_property(component, kind))
    found.push_back(p);
  for (auto* p : found) visit(p);
}

std::vector<icalcomponent*> components_of(icalcomponent* parent, icalcomponent_kind kind) {
  std::vector<icalcomponent*> found;
  for (auto* c = icalcomponent_get_first_component(parent, kind); c != nullptr;
       c = icalcomponent_get_next_component(parent, kind))
    found.push_back(c);
  return found;
}

// Unescaped where the value is text, as written where it is an address.
std::string text_of(icalproperty* property) {
  auto* value = icalproperty_get_value(property);
  if (value != nullptr && icalvalue_isa(value) == ICAL_TEXT_VALUE) return owned(icalvalue_get_text(value));
  return value_text(property);
}

std::string text_of(icalcomponent* component, icalproperty_kind kind) {
  auto* property = icalcomponent_get_first_property(component, kind);
  return property == nullptr ? std::string{} : text_of(property);
}

void warn_once(ImportedIcalEvent& into, std::string warning) {
  if (std::find(into.warnings.begin(), into.warnings.end(), warning) == into.warnings.end())
    into.warnings.push_back(std::move(warning));
}

// A date or a local time as the file says it.
struct When {
  Date date{};
  std::optional<seconds> time;  // absent: a whole day
  bool utc = false;
  std::string tzid;  // empty: none given
};

std::optional<When> when_of(icalproperty* property, const icaltimetype& at) {
  if (icaltime_is_null_time(at) || at.month < 1 || at.day < 1) return std::nullopt;
  When out;
  out.date = make_date(at.year, static_cast<unsigned>(at.month), static_cast<unsigned>(at.day));
  if (!out.date.ok() || at.year < first_year || at.year > last_year) return std::nullopt;
  if (at.is_date != 0) return out;
  if (at.hour < 0 || at.hour > 23 || at.minute < 0 || at.minute > 59 || at.second < 0 || at.second > 60)
    return std::nullopt;
  out.time = hours{at.hour} + std::chrono::minutes{at.minute} + seconds{std::min(at.second, 59)};
  out.utc = icaltime_is_utc(at) != 0;
  if (auto* tzid = icalproperty_get_first_parameter(property, ICAL_TZID_PARAMETER))
    out.tzid = owned(icalparameter_get_tzid(tzid));
  return out;
}

class CalendarReader {
 public:
  CalendarReader(std::string_view default_zone, std::vector<std::size_t> lines)
      : default_zone_(default_zone), lines_(std::move(lines)) {}

  std::optional<Error> read(icalcomponent* calendar);
  ImportedCalendar take() && { return std::move(found_); }

 private:
  std::optional<Error> read_event(icalcomponent* component);
  bool read_period(icalcomponent* component, ImportedIcalEvent& into);
  std::optional<Date> day_of(const When& when, const char* what, ImportedIcalEvent& into);
  void read_change(icalcomponent* component, std::size_t line);
  std::optional<Date> changed_day(icalcomponent* component, ImportedIcalEvent& master);
  void read_changed_times(icalcomponent* component, const ImportedIcalEvent& master, Override& one);
  void read_end(icalcomponent* component, const When& start, ImportedIcalEvent& into);
  void set_end(Instant start, Instant end, ImportedIcalEvent& into);
  std::optional<Error> read_series(icalcomponent* component, ImportedIcalEvent& into);
  void read_words(icalcomponent* component, ImportedIcalEvent& into);
  void read_links(icalcomponent* component, ImportedIcalEvent& into);
  void read_files(icalcomponent* component, ImportedIcalEvent& into);
  std::string zone_of(const When& when, ImportedIcalEvent& into);
  Instant instant_of(const When& when, ImportedIcalEvent& into);
  void skip(std::size_t line, std::string_view reason) {
    found_.warnings.push_back(fmt::format("line {}: {}; the event was left out", line, reason));
  }

  std::string default_zone_;
  std::vector<std::size_t> lines_;
  std::size_t next_event_ = 0;
  std::map<std::string, std::size_t> uids_;  // to the place in found_.events
  struct Change {
    icalcomponent* component;
    std::size_t line;
  };
  std::vector<Change> changes_;                   // of one entry each, applied when every series is known
  bool ours_ = false;                             // a calendar that Convoke wrote
  std::map<std::string, std::string> locations_;  // TZID of a VTIMEZONE to its X-LIC-LOCATION
  ImportedCalendar found_;
};

std::string CalendarReader::zone_of(const When& when, ImportedIcalEvent& into) {
  if (when.utc || when.tzid.empty()) return default_zone_;
  if (auto zone = iana_zone(when.tzid, default_zone_)) return *zone;
  if (const auto found = locations_.find(when.tzid); found != locations_.end())
    if (auto zone = iana_zone(found->second, default_zone_)) return *zone;
  warn_once(into, fmt::format("the time zone '{}' is not known; its times are taken as {}",
                              ellipsize(when.tzid, shown), default_zone_));
  return default_zone_;
}

Instant CalendarReader::instant_of(const When& when, ImportedIcalEvent& into) {
  const CivilTime civil{when.date, when.time.value_or(seconds{0})};
  return when.utc ? Instant{to_days(civil.date)} + civil.time : to_instant(civil, zone_of(when, into));
}

void CalendarReader::set_end(Instant start, Instant end, ImportedIcalEvent& into) {
  Period& period = into.event.period;
  if (end < start) {
    into.warnings.push_back("the end lies before the start and was dropped");
    return;
  }
  if (end == start) return;
  const CivilTime civil = to_civil(end, into.event.zone);
  // Overnight and until midnight are still one evening; longer is a range of days.
  if (end - start < hours{24}) {
    period.end_time = std::chrono::floor<std::chrono::minutes>(civil.time);
    return;
  }
  period.precision = Precision::date_range;
  period.last = civil.time == seconds{0} ? add_days(civil.date, -1) : civil.date;
  into.warnings.push_back("it lasts several days; their hours were dropped");
  period.time.reset();
}

void CalendarReader::read_end(icalcomponent* component, const When& start, ImportedIcalEvent& into) {
  Period& period = into.event.period;
  auto* end = icalcomponent_get_first_property(component, ICAL_DTEND_PROPERTY);
  auto* duration = icalcomponent_get_first_property(component, ICAL_DURATION_PROPERTY);
  if (end != nullptr) {
    const auto at = when_of(end, icalproperty_get_dtend(end));
    if (!at || at->time.has_value() != start.time.has_value()) {
      into.warnings.push_back("the end cannot be read and was dropped");
    } else if (start.time) {
      set_end(instant_of(start, into), instant_of(*at, into), into);
    } else if (add_days(at->date, -1) > *period.first) {
      period.last = add_days(at->date, -1);
    }
  } else if (duration != nullptr) {
    const auto length = icalproperty_get_duration(duration);
    const seconds whole{icaldurationtype_as_int(length)};
    if (whole > std::chrono::days{366 * longest_rule_years})
      into.warnings.push_back("the duration is absurd and was dropped");
    else if (start.time)
      set_end(instant_of(start, into), instant_of(start, into) + whole, into);
    else if (whole > hours{24})
      period.last =
          add_days(*period.first, static_cast<int>(std::chrono::ceil<std::chrono::days>(whole).count()) - 1);
  }
  if (period.precision == Precision::exact_date && *period.last != *period.first)
    period.precision = Precision::date_range;
}

bool CalendarReader::read_period(icalcomponent* component, ImportedIcalEvent& into) {
  auto* property = icalcomponent_get_first_property(component, ICAL_DTSTART_PROPERTY);
  if (property == nullptr) return false;
  const auto start = when_of(property, icalproperty_get_dtstart(property));
  if (!start) return false;
  Event& event = into.event;
  event.zone = zone_of(*start, into);
  if (!start->time) {
    event.period = make_dated(start->date);
  } else {
    const CivilTime civil = to_civil(instant_of(*start, into), event.zone);
    event.period = make_dated(civil.date, std::chrono::floor<std::chrono::minutes>(civil.time));
  }
  read_end(component, *start, into);
  return true;
}

// The day of the series that `when` names: RFC 5545 asks for the type and the time of DTSTART. Another type
// names the day all the same; an EXDATE of another time names nothing (3.8.5.1).
std::optional<Date> CalendarReader::day_of(const When& when, const char* what, ImportedIcalEvent& into) {
  const Period& period = into.event.period;
  if (when.time.has_value() != period.time.has_value()) {
    warn_once(into, fmt::format("{} is {} and the series is not; its day was taken", what,
                                when.time ? "a time" : "a whole day"));
    return when.date;
  }
  if (!when.time) return when.date;
  // In the series' own zone the day is as written, also where daylight time skips the hour.
  CivilTime civil{when.date, *when.time};
  if (when.utc || zone_of(when, into) != into.event.zone)
    civil = to_civil(instant_of(when, into), into.event.zone);
  if (civil.time == *period.time) return civil.date;
  // The edge of daylight time again: the series' hour of that day, written as an instant.
  if (instant_of(when, into) == to_instant(civil.date, *period.time, into.event.zone)) return civil.date;
  const bool excepts = std::string_view(what) == "EXDATE";
  warn_once(into, fmt::format("{} is at another time than the series; {}", what,
                              excepts ? "it was left out" : "its day was taken"));
  return excepts ? std::nullopt : std::optional<Date>(civil.date);
}

std::optional<Error> CalendarReader::read_series(icalcomponent* component, ImportedIcalEvent& into) {
  IcalSeries series;
  bool several = false;
  std::optional<Error> refused;
  each_property(component, ICAL_RRULE_PROPERTY, [&](icalproperty* p) {
    several = several || series.rule.has_value();
    if (series.rule || refused) return;
    if (auto rule = read_rule(value_text(p)))
      series.rule = *rule;
    else
      refused = rule.error();
  });
  if (refused) return refused;
  if (several) into.warnings.push_back("it has several recurrence rules; only the first is kept");
  const auto add_day = [&](icalproperty* p, const icaltimetype& at, const char* what,
                           std::vector<Date>& days) {
    const auto when = when_of(p, at);
    if (!when) return;
    if (const auto day = day_of(*when, what, into)) days.push_back(*day);
  };
  each_property(component, ICAL_RDATE_PROPERTY, [&](icalproperty* p) {
    const auto at = icalproperty_get_rdate(p);
    add_day(p, icaltime_is_null_time(at.time) ? at.period.start : at.time, "RDATE", series.more);
  });
  each_property(component, ICAL_EXDATE_PROPERTY,
                [&](icalproperty* p) { add_day(p, icalproperty_get_exdate(p), "EXDATE", series.without); });
  return apply_series(series, into.event.zone, into.event.period, into.warnings);
}

void CalendarReader::read_links(icalcomponent* component, ImportedIcalEvent& into) {
  Event& event = into.event;
  for (const auto kind : {ICAL_CONFERENCE_PROPERTY, ICAL_URL_PROPERTY}) {
    const std::string written = text_of(component, kind);
    if (written.empty() || !event.online_url.empty()) continue;
    if (const auto uri = clean_uri(written))
      event.online_url = *uri;
    else
      into.warnings.push_back(
          fmt::format("'{}' is no http address and was dropped", ellipsize(clean_line(written), shown)));
  }
}

void CalendarReader::read_files(icalcomponent* component, ImportedIcalEvent& into) {
  Event& event = into.event;
  const auto address = [&](icalproperty* p) {
    auto uri = clean_uri(value_text(p));
    if (!uri) warn_once(into, "a file that is no http address was dropped");
    return uri;
  };
  each_property(component, ICAL_IMAGE_PROPERTY, [&](icalproperty* p) {
    if (!event.image_url.empty()) return;
    if (auto uri = address(p)) event.image_url = std::move(*uri);
  });
  each_property(component, ICAL_ATTACH_PROPERTY, [&](icalproperty* p) {
    if (event.attachments.size() >= most_files) return warn_once(into, "only its first files were kept");
    auto uri = address(p);
    if (!uri) return;
    Attachment file;
    file.url = std::move(*uri);
    if (auto* name = icalproperty_get_first_parameter(p, ICAL_FILENAME_PARAMETER))
      file.name = ellipsize(clean_line(owned(icalparameter_get_filename(name))), longest_file_name);
    if (auto* type = icalproperty_get_first_parameter(p, ICAL_FMTTYPE_PARAMETER))
      file.media_type = stated_media_type(owned(icalparameter_get_fmttype(type)), file.url);
    event.attachments.push_back(std::move(file));
  });
}

void CalendarReader::read_words(icalcomponent* component, ImportedIcalEvent& into) {
  Event& event = into.event;
  event.title = ellipsize(clean_line(text_of(component, ICAL_SUMMARY_PROPERTY)), longest_title);
  event.place = ellipsize(clean_line(text_of(component, ICAL_LOCATION_PROPERTY)), longest_title);
  event.description =
      ellipsize(clean_text(text_of(component, ICAL_DESCRIPTION_PROPERTY)), longest_description);
  if (event.title.empty()) {
    event.title = capitalise(kind_label(event.kind, Language::en));
    into.warnings.push_back("it has no title");
  }
  bool kind_known = false;  // the first that is one: later ones may say for whom it is
  each_property(component, ICAL_CATEGORIES_PROPERTY, [&](icalproperty* p) {
    const std::string categories = value_text(p);
    for (const auto category : split(categories, ','))
      if (const auto kind = kind_of_label(trim(category)); kind && *kind != EventKind::goal && !kind_known) {
        event.kind = *kind;
        kind_known = true;
      }
  });
  event.contact = ellipsize(clean_line(text_of(component, ICAL_CONTACT_PROPERTY)), longest_title);
  each_property(component, ICAL_RELATEDTO_PROPERTY, [&](icalproperty* p) {
    auto* type = icalproperty_get_first_parameter(p, ICAL_RELTYPE_PARAMETER);
    const bool parent = type == nullptr || icalparameter_get_reltype(type) == ICAL_RELTYPE_PARENT;
    if (parent && into.parent_uid.empty()) into.parent_uid = clean_line(text_of(p));
  });
  if (auto* organizer = icalcomponent_get_first_property(component, ICAL_ORGANIZER_PROPERTY)) {
    auto* name = icalproperty_get_first_parameter(organizer, ICAL_CN_PARAMETER);
    event.responsible_text = name == nullptr ? std::string{} : clean_line(owned(icalparameter_get_cn(name)));
    if (!event.responsible_text.empty()) event.responsible.push_back({{}, event.responsible_text, {}, {}});
  }
  const std::string status = text_of(component, ICAL_STATUS_PROPERTY);
  event.status = status == "CANCELLED" ? EventStatus::cancelled : EventStatus::dated;
  if (auto* sequence = icalcomponent_get_first_property(component, ICAL_SEQUENCE_PROPERTY))
    event.sequence = std::max(icalproperty_get_sequence(sequence), 0);
}

std::optional<Error> CalendarReader::read_event(icalcomponent* component) {
  ImportedIcalEvent into;
  into.line = next_event_ < lines_.size() ? lines_[next_event_] : 0;
  ++next_event_;
  into.event.uid = clean_line(text_of(component, ICAL_UID_PROPERTY));
  if (icalcomponent_get_first_property(component, ICAL_RECURRENCEID_PROPERTY) != nullptr) {
    changes_.push_back({component, into.line});
    return std::nullopt;
  }
  if (!read_period(component, into)) {
    skip(into.line, "it has no DTSTART that can be read");
    return std::nullopt;
  }
  read_words(component, into);
  read_links(component, into);
  read_files(component, into);
  if (into.event.uid.empty()) {
    // The same file gives the same identity, so that a second import changes nothing.
    into.event.uid = sha256_hex(into.event.title + format_iso(*into.event.period.first));
    into.warnings.push_back("it has no UID");
  }
  if (!uids_.emplace(into.event.uid, found_.events.size()).second) {
    skip(into.line, fmt::format("UID '{}' stands in the file twice", ellipsize(into.event.uid, shown)));
    return std::nullopt;
  }
  if (auto error = read_series(component, into))
    return Error{error->code, fmt::format("line {}: {}", into.line, error->message)};
  each_property(component, ICAL_XLICERROR_PROPERTY, [&](icalproperty* p) {
    into.warnings.push_back("libical: " + ellipsize(clean_line(value_text(p)), 2 * shown));
  });
  found_.events.push_back(std::move(into));
  return std::nullopt;
}

std::optional<Date> CalendarReader::changed_day(icalcomponent* component, ImportedIcalEvent& master) {
  auto* property = icalcomponent_get_first_property(component, ICAL_RECURRENCEID_PROPERTY);
  const auto when = when_of(property, icalproperty_get_recurrenceid(property));
  if (!when) return std::nullopt;
  if (icalproperty_get_first_parameter(property, ICAL_RANGE_PARAMETER) != nullptr)
    warn_once(master, "a change of one day and all after it was kept for that day alone");
  return day_of(*when, "RECURRENCE-ID", master);
}

// Where the changed entry takes place, as days and times of the series' zone.
void CalendarReader::read_changed_times(icalcomponent* component, const ImportedIcalEvent& master,
                                        Override& one) {
  ImportedIcalEvent other;
  if (!read_period(component, other)) return;
  const Period &usual = master.event.period, &now = other.event.period;
  Date date = *now.first;
  std::optional<TimeOfDay> time = now.time, end_time = now.end_time;
  if (time && other.event.zone != master.event.zone) {
    const auto civil = to_civil(to_instant(date, *time, other.event.zone), master.event.zone);
    const auto start = std::chrono::floor<std::chrono::minutes>(civil.time);
    if (end_time) end_time = (*end_time - *time + start + hours{48}) % hours{24};
    date = civil.date;
    time = start;
  }
  if (date != one.day) one.date = date;
  if (time && (time != usual.time || end_time != usual.end_time)) {
    one.time = time;
    one.end_time = end_time;
  }
}

void CalendarReader::read_change(icalcomponent* component, std::size_t line) {
  const auto found = uids_.find(clean_line(text_of(component, ICAL_UID_PROPERTY)));
  if (found == uids_.end()) return skip(line, "it changes one entry of a series that is not in the file");
  auto& master = found_.events[found->second];
  Event& event = master.event;
  const auto day = changed_day(component, master);
  if (!day || event.period.precision != Precision::recurring || !occurrence_on(event, *day))
    return skip(line, "it changes one entry of a series on a day that the series does not have");
  if (event.overrides.size() >= max_overrides) return skip(line, "its series has too many changed entries");
  Override one;
  one.day = *day;
  one.cancelled = text_of(component, ICAL_STATUS_PROPERTY) == "CANCELLED";
  read_changed_times(component, master, one);
  ImportedIcalEvent other;
  read_words(component, other);
  const bool titled = icalcomponent_get_first_property(component, ICAL_SUMMARY_PROPERTY) != nullptr;
  if (titled && !one.cancelled && other.event.title != event.title) one.title = other.event.title;
  if (other.event.place != event.place) one.place = other.event.place;
  // Our own descriptions say again what the entry is.
  if (!ours_ && other.event.description != event.description) one.note = other.event.description;
  event.sequence = std::max(event.sequence, other.event.sequence);
  const auto at = std::lower_bound(event.overrides.begin(), event.overrides.end(), *day,
                                   [](const Override& known, Date wanted) { return known.day < wanted; });
  if (at != event.overrides.end() && at->day == *day) {
    warn_once(master, fmt::format("{} is changed twice; the later change was kept", format_iso(*day)));
    *at = std::move(one);
  } else {
    event.overrides.insert(at, std::move(one));
  }
}

std::optional<Error> CalendarReader::read(icalcomponent* calendar) {
  ours_ = text_of(calendar, ICAL_PRODID_PROPERTY).starts_with("-//Convoke//");
  for (const auto kind : {ICAL_NAME_PROPERTY, ICAL_X_PROPERTY})
    each_property(calendar, kind, [&](icalproperty* p) {
      const bool names = kind == ICAL_NAME_PROPERTY || owned(icalproperty_get_x_name(p)) == "X-WR-CALNAME";
      if (names && found_.name.empty()) found_.name = ellipsize(clean_line(text_of(p)), longest_title);
    });
  for (auto* zone : components_of(calendar, ICAL_VTIMEZONE_COMPONENT))
    each_property(zone, ICAL_X_PROPERTY, [&](icalproperty* p) {
      if (owned(icalproperty_get_x_name(p)) == "X-LIC-LOCATION")
        locations_[text_of(zone, ICAL_TZID_PROPERTY)] = value_text(p);
    });
  if (const int todos = icalcomponent_count_components(calendar, ICAL_VTODO_COMPONENT); todos > 0)
    found_.warnings.push_back(fmt::format("{} to-dos were left out; only events are read", todos));
  for (auto* event : components_of(calendar, ICAL_VEVENT_COMPONENT))
    if (auto error = read_event(event)) return error;
  for (const auto& [component, line] : std::exchange(changes_, {})) read_change(component, line);
  return std::nullopt;
}

}  // namespace

Result<ImportedCalendar> read_calendar(std::string_view bytes, std::string_view default_zone) {
  auto scanned = prescan_ical(bytes);
  if (!scanned) return scanned.error();
  const std::string text(scanned->text);  // libical reads up to a NUL
  const ComponentPtr root(icalparser_parse_string(text.c_str()));
  const auto kind = root ? icalcomponent_isa(root.get()) : ICAL_NO_COMPONENT;
  if (kind != ICAL_VCALENDAR_COMPONENT && kind != ICAL_XROOT_COMPONENT)
    return Error{Errc::unsupported_format, "no calendar was found in the file"};
  CalendarReader reader(default_zone, std::move(scanned->event_lines));
  if (kind == ICAL_VCALENDAR_COMPONENT) {
    if (auto error = reader.read(root.get())) return *error;
    return std::move(reader).take();
  }
  for (auto* one : components_of(root.get(), ICAL_VCALENDAR_COMPONENT))
    if (auto error = reader.read(one)) return *error;
  return std::move(reader).take();
}

}  // namespace convoke::calendar
