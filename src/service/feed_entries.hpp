// The entries of a feed as values: what a preview, a list on a partner's page and the JSON and Atom twins of
// a calendar are written from. They follow the same choices as the calendar itself (calendar/ical_entry.hpp),
// so that nobody sees in one what is not in the other.
#pragma once

#include "calendar/filters/feed_query.hpp"
#include "service/snapshot.hpp"

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace convoke::service {

struct FeedEntry {
  std::shared_ptr<const Event> event;
  std::string uid;    // as the calendar writes it
  std::string title;  // with the marks of the calendar: "Скасовано: …"
  std::string plain_title;
  std::string place;
  Date first{}, last{};               // inclusive, in `zone`; of a task, `last` is the day it is due
  std::optional<Instant> start, end;  // absent: all day
  std::string zone;                   // IANA name
  bool cancelled = false;
  bool not_yet_dated = false;   // a stand-in for a day that nobody has fixed
  bool due = false;             // something is to be done by `last`
  std::string rule;             // RFC 5545 RRULE of a series, of which this is the first: weekdays alone
  std::vector<Date> more_days;  // of a series that no such rule says
};

// The language a feed is written in: the one asked for, else its publisher's.
Language feed_language(const Snapshot& snapshot, const calendar::FeedQuery& query);

// Whether the feed holds the event at all: goals are in none, cancelled ones leave after cancelled_shown_for.
bool in_feed(const Event& event, const calendar::FeedQuery& query, Instant now);

// The next `count` entries from `today` on, each time of a series by itself; earliest first.
std::vector<FeedEntry> coming(const Snapshot& snapshot, const calendar::FeedQuery& query,
                              const Settings& settings, Instant now, Date today, std::size_t count);

// One entry for each event the feed shows, earliest first; of more than `most`, the latest ones.
std::vector<FeedEntry> feed_entries(const Snapshot& snapshot, const calendar::FeedQuery& query,
                                    const Settings& settings, Instant now, std::size_t most);

// What the calendar says about the event, as lines of plain text, and the address of its page.
std::string entry_text(const FeedEntry& entry, const Settings& settings, Language language);
std::string entry_page(const FeedEntry& entry, const Settings& settings);

}  // namespace convoke::service
