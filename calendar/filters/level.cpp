// level=region,national: how far an event reaches
#include "calendar/filters/filter.hpp"

#include "base/text.hpp"

namespace convoke::calendar::filters {
namespace {

std::string allowed() {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < level_count; ++i) names.emplace_back(name_of(static_cast<Level>(i)));
  return join(names, ", ");
}

std::optional<Error> read(std::string_view value, FeedQuery& query) {
  const auto members = members_of(value);
  if (members.empty()) return unknown_value("level", value, allowed());
  for (const auto member : members) {
    const auto found = level_of(member);
    if (!found) return unknown_value("level", member, allowed());
    insert_sorted(query.levels, *found);
  }
  return std::nullopt;
}

bool holds(const FeedQuery& query, const Event& event) {
  if (query.levels.empty()) return true;
  return event.level && std::binary_search(query.levels.begin(), query.levels.end(), *event.level);
}

std::vector<std::string> values(const FeedQuery& query) {
  std::vector<std::string> out;
  for (const auto one : query.levels) out.emplace_back(name_of(one));
  return out;
}

void narrow(const FeedQuery& query, EventSelection& selection) {
  selection.levels = query.levels;
}

}  // namespace

const Filter level = {"level", read, holds, values, true, narrow};

}  // namespace convoke::calendar::filters
