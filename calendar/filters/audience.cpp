// audience=молоді бібліотекарі: for whom an event is. Its words may hold commas, so the whole value counts as
// one audience too.
#include "calendar/filters/filter.hpp"

#include "base/text.hpp"

namespace convoke::calendar::filters {
namespace {

std::optional<Error> read(std::string_view value, FeedQuery& query) {
  if (!insert_words(query.audience, value))
    return unknown_value("audience", value, "the audiences of events, as they are written");
  return std::nullopt;
}

bool holds(const FeedQuery& query, const Event& event) {
  const auto& wanted = query.audience;
  return wanted.empty() || std::any_of(event.audience.begin(), event.audience.end(), [&](const auto& one) {
           return std::binary_search(wanted.begin(), wanted.end(), fold(one));
         });
}

std::vector<std::string> values(const FeedQuery& query) {
  return query.audience;
}

void narrow(const FeedQuery& query, EventSelection& selection) {
  selection.with_audience = !query.audience.empty();
}

}  // namespace

const Filter audience = {"audience", read, holds, values, true, narrow};

}  // namespace convoke::calendar::filters
