#include "web/pages/feed_choice.hpp"

#include "base/text.hpp"
#include "web/i18n.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <map>
#include <set>
#include <unordered_map>

namespace convoke::web {
namespace {

using calendar::FeedQuery;

template<class T>
bool holds(const std::vector<T>& list, const T& value) {
  return std::find(list.begin(), list.end(), value) != list.end();
}

// Who is meant by a name in the plans, all its spellings taken together.
struct Named {
  std::string name;
  PersonId person;  // 0: nobody known, or several who are called so
  long events = 0;
};

using NamesByKey = std::map<std::string, Named>;  // name_key -> who

// What is made of a word once and asked for often: of many events most say the same few words.
class Remembered {
 public:
  explicit Remembered(std::string (*make)(std::string_view)) : make_(make) {}
  const std::string& of(const std::string& word) {
    const auto [found, is_new] = known_.try_emplace(word);
    if (is_new) found->second = make_(word);
    return found->second;
  }

 private:
  std::string (*make_)(std::string_view);
  std::unordered_map<std::string, std::string> known_;
};

NamesByKey names_in(const service::Snapshot& snapshot) {
  NamesByKey names;
  Remembered keys([](std::string_view name) { return name_key(name); });
  std::vector<std::string> seen;  // a name that stands twice in one event counts once
  for (const auto& event : snapshot.events) {
    seen.clear();
    for (const auto& one : event->responsible) {
      if (one.name.empty()) continue;
      const auto& key = keys.of(one.name);
      const auto [known, is_new] = names.emplace(key, Named{one.name, one.person});
      // A number would leave out the events of the other one.
      if (!is_new && known->second.person != one.person) known->second.person = {};
      if (event->kind == EventKind::goal || holds(seen, key)) continue;
      seen.push_back(key);
      ++known->second.events;
    }
  }
  return names;
}

FeedQuery with_numbers(FeedQuery query, const NamesByKey& names) {
  std::erase_if(query.responsible, [&](const std::string& wanted) {
    const auto found = names.find(name_key(wanted));
    if (found == names.end() || !found->second.person) return false;
    query.people.push_back(found->second.person);
    return true;
  });
  std::sort(query.people.begin(), query.people.end());
  query.people.erase(std::unique(query.people.begin(), query.people.end()), query.people.end());
  return query;
}

// Words that events carry, folded -> as written first and how often.
using Words = std::map<std::string, std::pair<std::string, long>>;

void count_word(Words& words, Remembered& folded, const std::string& word) {
  const auto& key = folded.of(word);
  if (key.empty()) return;
  auto& entry = words[key];
  if (entry.first.empty()) entry.first = collapse_spaces(word);
  ++entry.second;
}

// What is counted in one walk over everything that is published.
struct Counts {
  std::array<long, event_kind_count> kinds{};
  std::array<long, level_count> levels{};
  std::map<OrganisationId, long> organisations;
  std::map<EventStatus, long> statuses;
  Words sections, audiences;
};

Counts count(const service::Snapshot& snapshot) {
  Counts counts;
  Remembered folded([](std::string_view word) { return fold(word); });
  for (const auto& event : snapshot.events) {
    if (event->kind == EventKind::goal) continue;
    ++counts.kinds.at(static_cast<std::size_t>(event->kind));
    if (event->level) ++counts.levels.at(static_cast<std::size_t>(*event->level));
    ++counts.organisations[event->organisation];
    ++counts.statuses[event->status];
    count_word(counts.sections, folded, event->section);
    for (const auto& one : event->audience) count_word(counts.audiences, folded, one);
  }
  return counts;
}

std::string level_text(Level level, Language language) {
  switch (level) {
    case Level::library:
      return tr(language, "of one library");
    case Level::district:
      return tr(language, "of the district");
    case Level::region:
      return tr(language, "of the region");
    case Level::interregional:
      return tr(language, "of several regions");
    case Level::national:
      return tr(language, "of the whole country");
    case Level::international:
      return tr(language, "international");
  }
  return {};
}

std::string status_text(EventStatus status, Language language) {
  switch (status) {
    case EventStatus::planned:
      return tr(language, "planned");
    case EventStatus::dated:
      return tr(language, "with a fixed day");
    case EventStatus::held:
      return tr(language, "held");
    case EventStatus::moved:
      return tr(language, "moved");
    case EventStatus::cancelled:
      return tr(language, "cancelled");
  }
  return {};
}

FeedChoiceGroup by_kind(const Counts& counts, const FeedQuery& chosen, Language language) {
  FeedChoiceGroup group{"kind", tr(language, "Kind of event"), tr(language, "By kind of event"), {}};
  for (std::size_t i = 0; i < event_kind_count; ++i) {
    const auto kind = static_cast<EventKind>(i);
    const bool is_chosen = holds(chosen.kinds, kind);
    if (kind == EventKind::goal || (counts.kinds.at(i) == 0 && !is_chosen)) continue;
    FeedChoice choice{std::string(name_of(kind)),
                      capitalise(calendar::kind_label(kind, language)),
                      counts.kinds.at(i),
                      {},
                      is_chosen};
    choice.only.kinds = {kind};
    group.choices.push_back(std::move(choice));
  }
  return group;
}

FeedChoiceGroup by_level(const Counts& counts, const FeedQuery& chosen, Language language) {
  FeedChoiceGroup group{
      "level", tr(language, "How far it reaches"), tr(language, "By how far it reaches"), {}};
  for (std::size_t i = 0; i < level_count; ++i) {
    const auto level = static_cast<Level>(i);
    const bool is_chosen = holds(chosen.levels, level);
    if (counts.levels.at(i) == 0 && !is_chosen) continue;
    FeedChoice choice{std::string(name_of(level)),
                      capitalise(level_text(level, language)),
                      counts.levels.at(i),
                      {},
                      is_chosen};
    choice.only.levels = {level};
    group.choices.push_back(std::move(choice));
  }
  return group;
}

FeedChoiceGroup by_organisation(const service::Snapshot& snapshot, const Counts& counts,
                                const FeedQuery& chosen, Language language) {
  FeedChoiceGroup group{"organisation", tr(language, "Association"), tr(language, "By association"), {}};
  if (snapshot.organisations.size() < 2 && chosen.organisations.empty())
    return group;  // the same as all events
  for (const auto& one : snapshot.organisations) {
    const bool is_chosen = holds(chosen.organisations, one.id);
    const auto found = counts.organisations.find(one.id);
    if (found == counts.organisations.end() && !is_chosen) continue;
    FeedChoice choice{std::to_string(one.id.value),
                      one.name,
                      found == counts.organisations.end() ? 0 : found->second,
                      {},
                      is_chosen};
    choice.only.organisations = {one.id};
    group.choices.push_back(std::move(choice));
  }
  return group;
}

FeedChoiceGroup by_status(const Counts& counts, const FeedQuery& chosen, Language language) {
  FeedChoiceGroup group{"status", tr(language, "State"), tr(language, "By state"), {}};
  for (const auto& [status, events] : counts.statuses) {
    FeedChoice choice{std::string(name_of(status)),
                      capitalise(status_text(status, language)),
                      events,
                      {},
                      holds(chosen.statuses, status)};
    choice.only.statuses = {status};
    group.choices.push_back(std::move(choice));
  }
  return group;
}

void add_words(FeedChoiceGroup& group, const Words& words, std::vector<std::string> FeedQuery::*member,
               const FeedQuery& chosen) {
  for (const auto& [folded, found] : words) {
    FeedChoice choice{found.first, found.first, found.second, {}, holds(chosen.*member, folded)};
    (choice.only.*member).push_back(folded);
    group.choices.push_back(std::move(choice));
  }
}

FeedChoiceGroup by_responsible(const NamesByKey& names, const FeedQuery& chosen, Language language) {
  FeedChoiceGroup group{
      "responsible", tr(language, "Responsible"), tr(language, "By responsible person"), {}};
  for (const auto& [key, named] : names) {
    FeedChoice choice{named.name, named.name, named.events, {}, false};
    choice.only.responsible.push_back(fold(named.name));
    choice.only = with_numbers(std::move(choice.only), names);
    if (named.person) choice.value = std::to_string(named.person.value);
    choice.chosen = named.person
                        ? holds(chosen.people, named.person)
                        : std::any_of(chosen.responsible.begin(), chosen.responsible.end(),
                                      [&wanted = key](const auto& one) { return name_key(one) == wanted; });
    group.choices.push_back(std::move(choice));
  }
  return group;
}

void sort_texts(FeedChoiceGroup& group, Language language) {
  std::sort(group.choices.begin(), group.choices.end(), [&](const FeedChoice& a, const FeedChoice& b) {
    return compare_in(tag_of(language), a.text, b.text) < 0;
  });
}

// "a, b" is read as a, b and "a, b"; when the whole is a heading, its pieces that are none say nothing.
void drop_pieces(std::vector<std::string>& wanted, const Words& known) {
  std::set<std::string> pieces;
  for (const auto& whole : wanted)
    if (whole.find(',') != std::string::npos && known.count(whole) != 0)
      for (const auto piece : split(whole, ',')) pieces.insert(fold(piece));
  std::erase_if(wanted, [&](const auto& one) { return known.count(one) == 0 && pieces.count(one) != 0; });
}

std::string as_written(const Words& words, const std::string& folded) {
  const auto found = words.find(folded);
  return found == words.end() ? folded : found->second.first;
}

std::vector<std::string> people_of(const FeedQuery& query, const NamesByKey& names) {
  std::vector<std::string> out;
  for (const PersonId person : query.people) {
    const auto named = std::find_if(names.begin(), names.end(),
                                    [&](const auto& one) { return one.second.person == person; });
    if (named != names.end()) out.push_back(named->second.name);
  }
  for (const auto& wanted : query.responsible) {
    const auto named = names.find(name_key(wanted));
    out.push_back(named == names.end() ? wanted : named->second.name);
  }
  return out;
}

}  // namespace

std::vector<FeedChoiceGroup> choices_of(const service::Snapshot& snapshot, const FeedQuery& chosen,
                                        Language language) {
  const auto counts = count(snapshot);
  std::vector<FeedChoiceGroup> groups;
  groups.push_back(by_kind(counts, chosen, language));
  groups.push_back(by_organisation(snapshot, counts, chosen, language));
  FeedChoiceGroup sections{
      "section", tr(language, "Section of the plan"), tr(language, "By section of the plan"), {}};
  add_words(sections, counts.sections, &FeedQuery::sections, chosen);
  sort_texts(sections, language);
  groups.push_back(std::move(sections));
  auto people = by_responsible(names_in(snapshot), chosen, language);
  sort_texts(people, language);
  groups.push_back(std::move(people));
  FeedChoiceGroup audiences{"audience", tr(language, "For whom"), tr(language, "By for whom it is"), {}};
  add_words(audiences, counts.audiences, &FeedQuery::audience, chosen);
  sort_texts(audiences, language);
  groups.push_back(std::move(audiences));
  groups.push_back(by_level(counts, chosen, language));
  groups.push_back(by_status(counts, chosen, language));
  std::erase_if(groups, [](const FeedChoiceGroup& group) {
    return group.choices.size() < 2 && std::none_of(group.choices.begin(), group.choices.end(),
                                                    [](const auto& one) { return one.chosen; });
  });
  return groups;
}

FeedQuery shortest(FeedQuery query, const service::Snapshot& snapshot) {
  if (!query.responsible.empty()) query = with_numbers(std::move(query), names_in(snapshot));
  if (query.sections.size() < 2 && query.audience.size() < 2) return query;
  const auto counts = count(snapshot);
  drop_pieces(query.sections, counts.sections);
  drop_pieces(query.audience, counts.audiences);
  return query;
}

std::string name_of_choice(const FeedQuery& query, const service::Snapshot& snapshot, Language language) {
  std::vector<std::string> parts;
  for (const EventKind kind : query.kinds) parts.push_back(capitalise(calendar::kind_label(kind, language)));
  for (const OrganisationId id : query.organisations)
    if (const auto* organisation = snapshot.find_organisation(id)) parts.push_back(organisation->name);
  if (!query.sections.empty() || !query.audience.empty()) {
    const auto counts = count(snapshot);
    for (const auto& one : query.sections) parts.push_back(as_written(counts.sections, one));
    for (const auto& one : query.audience) parts.push_back(as_written(counts.audiences, one));
  }
  if (!query.people.empty() || !query.responsible.empty())
    for (auto& name : people_of(query, names_in(snapshot))) parts.push_back(std::move(name));
  for (const Level level : query.levels) parts.push_back(capitalise(level_text(level, language)));
  for (const EventStatus status : query.statuses) parts.push_back(capitalise(status_text(status, language)));
  if (!query.text.empty()) parts.push_back("“" + query.text + "”");
  if (!parts.empty()) return join(parts, " · ");
  return !query.from && !query.to ? tr(language, "All events") : tr(language, "Your choice of events");
}

const Organisation* publisher_of(const FeedQuery& query, const service::Snapshot& snapshot) {
  if (query.organisations.size() == 1) return snapshot.find_organisation(query.organisations.front());
  return snapshot.organisations.size() == 1 ? &snapshot.organisations.front() : nullptr;
}

std::string calendar_name(const FeedQuery& query, const service::Snapshot& snapshot, Language language) {
  const auto* organisation = publisher_of(query, snapshot);
  FeedQuery rest = query;
  if (organisation != nullptr) rest.organisations.clear();
  const auto choice = name_of_choice(rest, snapshot, language);
  if (organisation == nullptr) return choice;
  return choice == tr(language, "All events") ? organisation->name : organisation->name + " · " + choice;
}

std::string calendar_name(const FeedChoice& choice, const service::Snapshot& snapshot) {
  const auto* organisation = publisher_of(choice.only, snapshot);
  const bool says_it_all = organisation == nullptr || !choice.only.organisations.empty();
  return says_it_all ? choice.text : organisation->name + " · " + choice.text;
}

}  // namespace convoke::web
