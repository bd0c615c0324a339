// Which events a feed, a list or an API answer holds, and how they are shown: the query part of its address.
// Parsed once, compared by its canonical text, which is also the key under which a rendered feed is kept.
#pragma once

#include "base/result.hpp"
#include "calendar/feed_view.hpp"
#include "model/event.hpp"
#include "model/event_selection.hpp"

#include <algorithm>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace convoke::calendar {

// Of one list, and of one value in bytes: a query is an address people pass on.
inline constexpr std::size_t most_query_values = 50;
inline constexpr std::size_t longest_query_value = 300;

struct FeedQuery {
  std::vector<EventKind> kinds;       // each list: empty means any; sorted, no value twice
  std::vector<std::string> sections;  // folded
  std::vector<OrganisationId> organisations;
  std::vector<PersonId> people;          // responsible, by number
  std::vector<std::string> responsible;  // responsible, by name, surname or post; folded
  std::vector<std::string> audience;     // for whom; folded
  std::vector<Level> levels;
  std::vector<EventStatus> statuses;
  std::string text;              // folded; empty: any
  std::optional<Date> from, to;  // inclusive; what has no dates at all lies in no window
  VaguePeriods periods = VaguePeriods::deadline;
  std::optional<Language> language;  // absent: the publisher's
  bool alarms = false;

  // Whoever names states and not "cancelled" among them does not want to see cancelled days of a series,
  // either (feeds.md rule 35).
  bool shows_cancelled() const {
    return statuses.empty() || std::binary_search(statuses.begin(), statuses.end(), EventStatus::cancelled);
  }

  bool operator==(const FeedQuery&) const = default;
};

// From decoded pairs. Lists are separated by commas or given as one key several times; every other key may
// stand once. Errors: invalid_input naming the unknown key or value (an empty one is unknown) and what is
// allowed, the key given twice, or the limit above.
Result<FeedQuery> parse_feed_query(std::span<const std::pair<std::string, std::string>> pairs);

// Whether the event belongs to what the query asks for. Exact; a database may narrow the choice before, never
// after.
bool matches(const FeedQuery& query, const Event& event);

// What a database may narrow the choice by: it keeps every event that matches, and mostly little more.
EventSelection selection_of(const FeedQuery& query);

// One text for all spellings of one query: keys in one order, values sorted and percent-encoded, defaults
// left out. parse_feed_query gives the same query again for its pairs.
std::string canonical(const FeedQuery& query);

}  // namespace convoke::calendar
