// responsible=12 or Гайко В.И. or Гайко or методист: a person by number, by name, by surname alone, or a
// post. Posts may hold commas ("методист, куратор"), so the whole value counts as one too.
#include "calendar/filters/filter.hpp"

#include "base/text.hpp"
#include "model/person.hpp"

namespace convoke::calendar::filters {
namespace {

// "гайко в.и." -> "гайко": a key without initials is its own surname.
std::string_view surname_of(std::string_view key) {
  const auto last_word = key.rfind(' ');
  const bool has_initials = key.ends_with('.') && last_word != std::string_view::npos;
  return has_initials ? key.substr(0, last_word) : key;
}

bool is_called(const Responsible& one, std::string_view wanted) {
  if (!one.post.empty() && fold(one.post) == wanted) return true;
  if (one.name.empty()) return false;
  const std::string key = name_key(one.name);
  const std::string wanted_key = name_key(wanted);
  return key == wanted_key || surname_of(key) == wanted_key;
}

std::optional<Error> read(std::string_view value, FeedQuery& query) {
  const auto members = members_of(value);
  if (members.size() > 1) insert_sorted(query.responsible, fold(value));
  bool names_somebody = false;
  for (const auto member : members) {
    auto folded = fold(member);
    names_somebody = names_somebody || !folded.empty();
    if (const auto number = number_of(member))
      insert_sorted(query.people, PersonId{*number});
    else if (!folded.empty())
      insert_sorted(query.responsible, std::move(folded));
  }
  if (!names_somebody)
    return unknown_value("responsible", value, "the number, the name or the post of a person");
  return std::nullopt;
}

bool holds(const FeedQuery& query, const Event& event) {
  if (query.people.empty() && query.responsible.empty()) return true;
  return std::any_of(event.responsible.begin(), event.responsible.end(), [&](const Responsible& one) {
    if (one.person && std::binary_search(query.people.begin(), query.people.end(), one.person)) return true;
    return std::any_of(query.responsible.begin(), query.responsible.end(),
                       [&](const auto& wanted) { return is_called(one, wanted); });
  });
}

std::vector<std::string> values(const FeedQuery& query) {
  std::vector<std::string> out;
  for (const auto one : query.people) out.push_back(std::to_string(one.value));
  out.insert(out.end(), query.responsible.begin(), query.responsible.end());
  return out;
}

// Names and posts are compared as people write them; only numbers are a database's business.
void narrow(const FeedQuery& query, EventSelection& selection) {
  if (query.responsible.empty()) selection.people = query.people;
}

}  // namespace

const Filter responsible = {"responsible", read, holds, values, true, narrow};

}  // namespace convoke::calendar::filters
