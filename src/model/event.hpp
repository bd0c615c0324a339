// An activity with a period: the row of a plan, a meeting, a report that is due. Its period may still be
// vague; fixing the date narrows the period of the same event, and its UID stays.
#pragma once

#include "model/ids.hpp"
#include "model/period.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace convoke {

enum class EventKind {
  meeting,
  conference,
  seminar,
  round_table,
  competition,
  consultation,
  training,
  excursion,
  event,
  report,
  task,
  ongoing_task,
  goal,  // a direction of work: stands in the plan, never in a calendar
};
inline constexpr std::size_t event_kind_count = 13;

std::string_view name_of(EventKind kind);
std::optional<EventKind> event_kind_of(std::string_view name);

// Whether the association holds the event or takes part in somebody else's; statistics must not mix the two.
enum class Involvement { host, participate };
std::string_view name_of(Involvement involvement);
std::optional<Involvement> involvement_of(std::string_view name);

enum class EventStatus { planned, dated, held, moved, cancelled };
std::string_view name_of(EventStatus status);
std::optional<EventStatus> event_status_of(std::string_view name);

// Who answers for an event, as the plan writes it. A post without a name ("рада об’єднання") is an office or
// a group, resolved when mail is sent.
struct Responsible {
  PersonId person;           // 0 when no known person stands behind it
  std::string name;          // "Гайко В.И."; empty for an office or a group
  std::string post;          // "методист"; may be empty
  std::string organisation;  // as written; may be empty

  bool operator==(const Responsible&) const = default;
};

// How far an event reaches: what "обласний конкурс" says of it. Ordered from near to far.
enum class Level { library, district, region, interregional, national, international };
inline constexpr std::size_t level_count = 6;
std::string_view name_of(Level level);
std::optional<Level> level_of(std::string_view name);

// A document that belongs to an event, by its address: a regulation, a programme, minutes.
struct Attachment {
  std::string url;         // absolute http(s)
  std::string name;        // what a reader sees; may be empty
  std::string media_type;  // "application/pdf"; may be empty

  bool operator==(const Attachment&) const = default;
};

// One day of a series that is not as the others are (RFC 5545 RECURRENCE-ID): cancelled, or moved and
// corrected. An absent member is as in the series. A day that simply does not take place is in
// Recurrence::without.
struct Override {
  Date day;  // the day of the series it stands for
  bool cancelled = false;
  std::optional<Date> date;  // where it was moved to
  std::optional<TimeOfDay> time, end_time;
  std::optional<std::string> title, place, note;

  bool operator==(const Override&) const = default;
};

// What a document last said of an event. Kept apart from what the event says now, so that reading the
// document again brings its corrections without undoing what people changed since.
struct RowAsRead {
  std::string title;
  EventKind kind = EventKind::event;
  std::string period_text;
  std::string place;
  std::string note;
  std::string responsible_text;
  int sequence = 0;  // of a calendar file; 0 for a plan

  bool operator==(const RowAsRead&) const = default;
};

struct Event {
  EventId id;
  std::string uid;  // a random UUID, the same for life in every feed, file and mail (feeds.md rule 24)
  PlanId plan;      // 0: entered by itself, or from a calendar file
  OrganisationId organisation;
  int position = 0;  // order in the plan
  std::string section;
  std::string number;  // as printed, "2.10"; text, never a key
  std::string title;
  EventKind kind = EventKind::event;
  Involvement involvement = Involvement::host;
  EventStatus status = EventStatus::planned;
  Period period;
  std::string zone;  // IANA name; the times of `period` are local to it
  std::string place;
  std::string online_url;  // absolute http(s), or empty
  std::string note;
  std::string description;
  std::string responsible_text;          // the cell as written
  std::vector<Responsible> responsible;  // the first one leads
  std::vector<std::string> agenda;
  std::optional<Level> level;
  std::vector<std::string> audience;  // for whom, in free words: "молоді бібліотекарі"
  EventId parent;                     // the event it is a part of: a talk of a conference (RELATED-TO)
  std::string image_url;              // absolute http(s), or empty
  std::string contact;                // whom readers may ask, as published; may be empty
  std::vector<Attachment> attachments;
  std::vector<Override> overrides;  // of a series, by day, each day once
  SourceId source;                  // from a neighbour's calendar: read-only, replaced when that changes
  std::optional<int> attended;      // people who came, once it was held
  std::string outcome;              // what came of it, in a sentence or two; may be empty
  std::string minutes_url;          // absolute http(s), or empty
  int sequence = 0;                 // RFC 5545 3.8.7.4: rises with every visible change, never falls
  Instant created{};
  Instant modified{};  // of the last visible change; DTSTAMP and LAST-MODIFIED (feeds.md rule 25)
  std::optional<RowAsRead> as_read;  // absent for events that people entered; never shown to readers
};

// "held" and "cancelled" events ask nobody for anything more.
constexpr bool is_open(EventStatus status) {
  return status == EventStatus::planned || status == EventStatus::dated || status == EventStatus::moved;
}

// What every reader of an event may see changed: decides whether SEQUENCE rises (feeds.md rule 26). Identity,
// sequence, times and what a document said are left out.
bool same_to_readers(const Event& a, const Event& b);

}  // namespace convoke
