// What one filter is. Each lives in a file of its own and stands in the table of registry.cpp.
#pragma once

#include "calendar/filters/feed_query.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace convoke::calendar::filters {

struct Filter {
  std::string_view key;  // "kind"
  // Takes one value into the query; an error says what is wrong with it. Empty is a wrong value, too: it
  // would look like a restriction and be none.
  std::optional<Error> (*read)(std::string_view value, FeedQuery& query);
  // Null when the key changes only how events are shown.
  bool (*holds)(const FeedQuery& query, const Event& event);
  // The values that `read` would take to give this part of the query again; empty for the default.
  std::vector<std::string> (*values)(const FeedQuery& query);
  // Whether the key makes a list; any other may stand once, for which of two would count?
  bool repeatable = true;
  // Null when a database cannot tell. Whatever `holds` lets through must pass what this says.
  void (*narrow)(const FeedQuery& query, EventSelection& selection) = nullptr;
};

extern const Filter kind, section, organisation, responsible, audience, level, status, text, from, to, periods,
    language, alarms;

// All filters, in the order of the canonical text.
std::span<const Filter* const> registry();

// The non-empty trimmed members of "a, b,,c".
std::vector<std::string_view> members_of(std::string_view list);

// Takes words that people write, folded, into `list`: each member, and the whole value too, since such words
// may hold commas themselves. False when there are none.
bool insert_words(std::vector<std::string>& list, std::string_view value);

// "kind 'opera' is unknown; allowed: meeting, conference"
Error unknown_value(std::string_view key, std::string_view value, std::string_view allowed);

// A positive whole number, as ids are.
std::optional<std::int64_t> number_of(std::string_view text);

// Keeps `list` sorted and without repetition.
template<class T>
void insert_sorted(std::vector<T>& list, T value) {
  const auto at = std::lower_bound(list.begin(), list.end(), value);
  if (at == list.end() || *at != value) list.insert(at, std::move(value));
}

}  // namespace convoke::calendar::filters
