// organisation=3,7: by number
#include "calendar/filters/filter.hpp"

namespace convoke::calendar::filters {
namespace {

std::optional<Error> read(std::string_view value, FeedQuery& query) {
  constexpr std::string_view allowed = "the numbers of organisations";
  const auto members = members_of(value);
  if (members.empty()) return unknown_value("organisation", value, allowed);
  for (const auto member : members) {
    const auto number = number_of(member);
    if (!number) return unknown_value("organisation", member, allowed);
    insert_sorted(query.organisations, OrganisationId{*number});
  }
  return std::nullopt;
}

bool holds(const FeedQuery& query, const Event& event) {
  const auto& wanted = query.organisations;
  return wanted.empty() || std::binary_search(wanted.begin(), wanted.end(), event.organisation);
}

std::vector<std::string> values(const FeedQuery& query) {
  std::vector<std::string> out;
  for (const auto one : query.organisations) out.push_back(std::to_string(one.value));
  return out;
}

void narrow(const FeedQuery& query, EventSelection& selection) {
  selection.organisations = query.organisations;
}

}  // namespace

const Filter organisation = {"organisation", read, holds, values, true, narrow};

}  // namespace convoke::calendar::filters
