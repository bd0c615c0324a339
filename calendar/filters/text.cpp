// q=читання: what a person would find on the page of the event; case, apostrophes and ё do not matter.
#include "calendar/filters/filter.hpp"

#include "base/text.hpp"

namespace convoke::calendar::filters {
namespace {

std::optional<Error> read(std::string_view value, FeedQuery& query) {
  query.text = fold(value);
  if (query.text.empty()) return unknown_value("q", value, "words to look for");
  return std::nullopt;
}

bool holds(const FeedQuery& query, const Event& event) {
  if (query.text.empty()) return true;
  const auto contains = [&](std::string_view field) {
    return fold(field).find(query.text) != std::string::npos;
  };
  if (contains(event.title) || contains(event.place) || contains(event.section) ||
      contains(event.responsible_text))
    return true;
  return std::any_of(event.responsible.begin(), event.responsible.end(), [&](const Responsible& one) {
    return contains(one.name) || contains(one.post) || contains(one.organisation);
  });
}

std::vector<std::string> values(const FeedQuery& query) {
  return query.text.empty() ? std::vector<std::string>{} : std::vector<std::string>{query.text};
}

}  // namespace

const Filter text = {"q", read, holds, values, false};

}  // namespace convoke::calendar::filters
