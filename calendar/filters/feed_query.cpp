#include "calendar/filters/feed_query.hpp"

#include "base/text.hpp"
#include "calendar/filters/filter.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace convoke::calendar {
namespace {

std::string allowed_keys() {
  std::vector<std::string> keys;
  for (const auto* filter : filters::registry()) keys.emplace_back(filter->key);
  return join(keys, ", ");
}

// RFC 3986 unreserved characters stay; a comma within a value must not look like one between values.
std::string percent_encoded(std::string_view value) {
  std::string out;
  for (const char c : value) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       c == '-' || c == '.' || c == '_' || c == '~';
    out += plain ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return out;
}

bool is_too_long(std::string_view value) {
  return value.size() > longest_query_value;
}

Error too_long(std::string_view key) {
  return {Errc::invalid_input, fmt::format("{} is longer than {} bytes", key, longest_query_value)};
}

using Pair = std::pair<std::string, std::string>;

bool given_before(std::span<const Pair> pairs, const Pair& pair) {
  return std::any_of(pairs.data(), &pair, [&](const Pair& other) { return other.first == pair.first; });
}

}  // namespace

Result<FeedQuery> parse_feed_query(std::span<const std::pair<std::string, std::string>> pairs) {
  FeedQuery query;
  const auto known = filters::registry();
  for (const auto& pair : pairs) {
    const auto& [key, raw] = pair;
    const auto found =
        std::find_if(known.begin(), known.end(), [&](const auto* one) { return one->key == pair.first; });
    const std::string shown_key = ellipsize(strip_controls(to_valid_utf8(key)), 40);
    if (found == known.end())
      return Error{Errc::invalid_input,
                   fmt::format("'{}' is no filter; allowed: {}", shown_key, allowed_keys())};
    if (is_too_long(raw)) return too_long(key);
    if (!is_valid_utf8(raw)) return Error{Errc::invalid_input, fmt::format("{} is not UTF-8", key)};
    const std::string value = collapse_spaces(strip_controls(raw));
    if (!(*found)->repeatable && given_before(pairs, pair))
      return Error{Errc::invalid_input, fmt::format("{} may be given once", key)};
    if (auto error = (*found)->read(value, query)) return *error;
    const auto values = (*found)->values(query);
    if (values.size() > most_query_values)
      return Error{Errc::invalid_input, fmt::format("{} has more than {} values", key, most_query_values)};
    // Folding may lengthen a value; what it gives must be readable again.
    if (std::any_of(values.begin(), values.end(), is_too_long)) return too_long(key);
  }
  if (query.from && query.to && *query.to < *query.from)
    return Error{Errc::invalid_input,
                 fmt::format("to={} lies before from={}", format_iso(*query.to), format_iso(*query.from))};
  return query;
}

bool matches(const FeedQuery& query, const Event& event) {
  const auto all = filters::registry();
  return std::all_of(all.begin(), all.end(), [&](const auto* filter) {
    return filter->holds == nullptr || filter->holds(query, event);
  });
}

EventSelection selection_of(const FeedQuery& query) {
  EventSelection selection;
  for (const auto* filter : filters::registry())
    if (filter->narrow != nullptr) filter->narrow(query, selection);
  return selection;
}

std::string canonical(const FeedQuery& query) {
  std::vector<std::string> parts;
  for (const auto* filter : filters::registry())
    for (const auto& value : filter->values(query))
      parts.push_back(fmt::format("{}={}", filter->key, percent_encoded(value)));
  return join(parts, "&");
}

}  // namespace convoke::calendar
