// status=planned,dated
#include "calendar/filters/filter.hpp"

namespace convoke::calendar::filters {
namespace {

constexpr std::string_view allowed = "planned, dated, held, moved, cancelled";

std::optional<Error> read(std::string_view value, FeedQuery& query) {
  const auto members = members_of(value);
  if (members.empty()) return unknown_value("status", value, allowed);
  for (const auto member : members) {
    const auto found = event_status_of(member);
    if (!found) return unknown_value("status", member, allowed);
    insert_sorted(query.statuses, *found);
  }
  return std::nullopt;
}

bool holds(const FeedQuery& query, const Event& event) {
  return query.statuses.empty() ||
         std::binary_search(query.statuses.begin(), query.statuses.end(), event.status);
}

std::vector<std::string> values(const FeedQuery& query) {
  std::vector<std::string> out;
  for (const auto one : query.statuses) out.emplace_back(name_of(one));
  return out;
}

void narrow(const FeedQuery& query, EventSelection& selection) {
  selection.statuses = query.statuses;
}

}  // namespace

const Filter status = {"status", read, holds, values, true, narrow};

}  // namespace convoke::calendar::filters
