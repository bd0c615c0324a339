// kind=meeting,seminar
#include "calendar/filters/filter.hpp"

#include "base/text.hpp"

namespace convoke::calendar::filters {
namespace {

std::string allowed() {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < event_kind_count; ++i)
    if (const auto one = static_cast<EventKind>(i); one != EventKind::goal) names.emplace_back(name_of(one));
  return join(names, ", ");
}

std::optional<Error> read(std::string_view value, FeedQuery& query) {
  const auto members = members_of(value);
  if (members.empty()) return unknown_value("kind", value, allowed());
  for (const auto member : members) {
    const auto found = event_kind_of(member);
    if (!found || *found == EventKind::goal) return unknown_value("kind", member, allowed());
    insert_sorted(query.kinds, *found);
  }
  return std::nullopt;
}

bool holds(const FeedQuery& query, const Event& event) {
  return query.kinds.empty() || std::binary_search(query.kinds.begin(), query.kinds.end(), event.kind);
}

std::vector<std::string> values(const FeedQuery& query) {
  std::vector<std::string> out;
  for (const auto one : query.kinds) out.emplace_back(name_of(one));
  return out;
}

void narrow(const FeedQuery& query, EventSelection& selection) {
  selection.kinds = query.kinds;
}

}  // namespace

const Filter kind = {"kind", read, holds, values, true, narrow};

}  // namespace convoke::calendar::filters
