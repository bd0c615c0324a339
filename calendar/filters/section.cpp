// section=Методична робота. Headings of sections hold commas themselves, so the whole value counts as one
// heading too.
#include "calendar/filters/filter.hpp"

#include "base/text.hpp"

namespace convoke::calendar::filters {
namespace {

std::optional<Error> read(std::string_view value, FeedQuery& query) {
  if (!insert_words(query.sections, value)) return unknown_value("section", value, "the headings of plans");
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
