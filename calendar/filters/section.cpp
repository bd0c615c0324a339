// section=Методична робота. Headings of sections hold commas themselves, so the whole value counts as one
// heading too.
#include "calendar/filters/filter.hpp"

#include "base/text.hpp"

namespace convoke::calendar::filters {
namespace {

std::optional<Error> read(std::string_view value, FeedQuery& query) {
  bool names_one = false;
  for (const auto member : members_of(value)) {
    auto folded = fold(member);
    if (folded.empty()) continue;
    names_one = true;
    insert_sorted(query.sections, std::move(folded));
  }
  if (!names_one) return unknown_value("section", value, "the headings of plans");
  insert_sorted(query.sections, fold(value));
  return std::nullopt;
}

bool holds(const FeedQuery& query, const Event& event) {
  return query.sections.empty() ||
         std::binary_search(query.sections.begin(), query.sections.end(), fold(event.section));
}

std::vector<std::string> values(const FeedQuery& query) {
  return query.sections;
}

}  // namespace

const Filter section = {"section", read, holds, values};

}  // namespace convoke::calendar::filters
