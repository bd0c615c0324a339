// from=2024-09-01 and to=2025-05-31: whose period touches these days, both included.
#include "calendar/filters/filter.hpp"

namespace convoke::calendar::filters {
namespace {

std::optional<Error> read_into(std::string_view key, std::string_view value, std::optional<Date>& into) {
  const auto date = parse_iso_date(value);
  if (!date) return unknown_value(key, value, "a day like 2024-09-01");
  into = *date;
  return std::nullopt;
}

std::optional<Error> read_from(std::string_view value, FeedQuery& query) {
  return read_into("from", value, query.from);
}
std::optional<Error> read_to(std::string_view value, FeedQuery& query) {
  return read_into("to", value, query.to);
}

bool holds_from(const FeedQuery& query, const Event& event) {
  return !query.from || (event.period.last && *event.period.last >= *query.from);
}
bool holds_to(const FeedQuery& query, const Event& event) {
  return !query.to || (event.period.first && *event.period.first <= *query.to);
}

std::vector<std::string> date_values(const std::optional<Date>& date) {
  return date ? std::vector<std::string>{format_iso(*date)} : std::vector<std::string>{};
}
std::vector<std::string> from_values(const FeedQuery& query) {
  return date_values(query.from);
}
std::vector<std::string> to_values(const FeedQuery& query) {
  return date_values(query.to);
}

void narrow_from(const FeedQuery& query, EventSelection& selection) {
  selection.from = query.from;
}
void narrow_to(const FeedQuery& query, EventSelection& selection) {
  selection.to = query.to;
}

}  // namespace

const Filter from = {"from", read_from, holds_from, from_values, false, narrow_from};
const Filter to = {"to", read_to, holds_to, to_values, false, narrow_to};

}  // namespace convoke::calendar::filters
