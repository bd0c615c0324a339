// Renders one event into the part of a feed that is its own. A fragment is made once per event and view, is
// immutable after, and is shared by all feeds that show the event; feed.hpp joins fragments.
#pragma once

#include "base/clock.hpp"
#include "calendar/feed_view.hpp"
#include "model/event.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace convoke::calendar {

// What an entry says of other things than its event; from whoever renders it, who knows them.
struct EventContext {
  std::string parent_uid;   // of the event that it is a part of; empty: of none
  std::string source_name;  // of the neighbour's calendar that it came from; empty: our own
};

struct Fragment {
  std::string uid;  // as written
  // VEVENT or VTODO as folded CR LF lines, followed by those of a series that differ (rule 32); empty when
  // the view shows nothing.
  std::string text;
  bool is_todo = false;            // a VTODO, for feeds that hold nothing else or none (rule 41)
  std::vector<std::string> zones;  // the TZIDs that `text` uses, sorted
  Instant modified{};
  Instant first_instant{};  // what the entry begins with and ends by: order, and the era of its VTIMEZONE
  Instant last_instant{};
};

// What an entry has in a mail to one person (RFC 5546, calendar/itip.hpp) and never in a feed (feeds.md rule
// 40).
struct Scheduling {
  struct Line {
    std::string head, value;  // encoded already
  };
  std::vector<Line> lines;   // ORGANIZER and ATTENDEE, of every component
  bool status = true;        // whether STATUS is written
  bool series_only = false;  // without the days of a series that differ
};

// Works for every event: what is broken in it (control characters, an address that is none, an unknown zone)
// is left out or made harmless, never written as it is. feeds.md rules 23 to 41.
Fragment render_event(const Event& event, const FeedView& view, const EventContext& context = {},
                      const Scheduling& scheduling = {});

// RFC 5545 UID as it is written: the event's own when it is printable ASCII of at most 255, else a digest of
// it.
std::string ical_uid(std::string_view uid);

// The title with the marks that `view` gives it: what SUMMARY says. One line.
std::string summary_of(const Event& event, const FeedView& view);

// What DESCRIPTION says: kind, period, section, people, agenda, notes and links, as plain lines of text. Most
// clients show neither CONTACT nor ATTACH nor CONFERENCE nor URL, so these are in it too.
std::string description_of(const Event& event, const FeedView& view, const EventContext& context = {});

// The CSS3 name of the colour that entries of this kind have (RFC 7986 5.9, feeds.md rule 21).
std::string_view color_of(EventKind kind);

// The address of the event's page; empty when there is none.
std::string page_of(const Event& event, const FeedView& view);

}  // namespace convoke::calendar
