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
    if (raw.size() > longest_query_value)
      return Error{Errc::limit_exceeded, fmt::format("{} is longer than {} bytes", key, longest_query_value)};
    if (!is_valid_utf8(raw)) return Error{Errc::invalid_input, fmt::format("{} is not UTF-8", key)};
    const std::string value = collapse_spaces(strip_controls(raw));
    if (value.empty()) continue;
    if (auto error = (*found)->read(value, query)) return *error;
    if ((*found)->values(query).size() > most_query_values)
      return Error{Errc::limit_exceeded, fmt::format("{} has more than {} values", key, most_query_values)};
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

std::string canonical(const FeedQuery& query) {
  std::vector<std::string> parts;
  for (const auto* filter : filters::registry())
    for (const auto& value : filter->values(query))
      parts.push_back(fmt::format("{}={}", filter->key, percent_encoded(value)));
  return join(parts, "&");
}

}  // namespace convoke::calendar
