#include "service/directory_import.hpp"

#include "base/text.hpp"
#include "db/store.hpp"
#include "documents/document.hpp"
#include "service/directory_scope.hpp"
#include "service/event_store.hpp"
#include "service/people_store.hpp"
#include "service/people_table.hpp"

#include <algorithm>
#include <set>
#include <utility>

namespace convoke::service {
namespace {

// A name as surname and initials: "гайко", {"в", "и"}.
struct NameParts {
  std::string surname;
  std::vector<std::string> initials;
};

std::string first_letter(std::string_view word) {
  std::size_t size = 1;
  while (size < word.size() && (static_cast<unsigned char>(word[size]) & 0xC0) == 0x80) ++size;
  return std::string(word.substr(0, size));
}

// Initials stand behind or before the surname; whole given names are read as their first letters. With no
// initial among them the first word is the surname.
NameParts parts_of(std::string_view name) {
  std::vector<std::pair<std::string, bool>> words;  // and whether a full stop ends it
  std::string word;
  const std::string folded = fold(name) + " ";
  for (const char c : folded) {
    if (c != '.' && c != ' ') {
      word += c;
      continue;
    }
    if (!word.empty()) words.emplace_back(std::move(word), c == '.');
    word.clear();
  }
  NameParts parts;
  const auto surname = std::find_if(words.begin(), words.end(), [](const auto& one) { return !one.second; });
  if (surname == words.end()) return parts;
  parts.surname = surname->first;
  for (auto one = words.begin(); one != words.end(); ++one)
    if (one != surname) parts.initials.push_back(first_letter(one->first));
  return parts;
}

// What is known of everybody whom the keeper sees, as the rows are judged.
struct Known {
  std::vector<Person> people;
  std::vector<Organisation> organisations;
};

Known known_to(db::Unit& unit, const Keeper& keeper) {
  Known known;
  for (auto& person : unit.people().list())
    if (keeps(keeper, person.organisation)) known.people.push_back(std::move(person));
  known.organisations = unit.organisations().list();
  return known;
}

// Errors: not_found for an organisation that is none, or not the keeper's.
Result<OrganisationId> organisation_of(const Known& known, const Keeper& keeper, const std::string& name) {
  if (name.empty()) return OrganisationId{};
  const std::string folded = fold(name);
  for (const auto& one : known.organisations)
    if (fold(one.name) == folded && keeps(keeper, one.id)) return one.id;
  return Error{Errc::not_found, "there is no such organisation"};
}

RowTrouble trouble_in(const TableLine& line, PeopleRow& row) {
  if (length(line.name) > longest_name || length(line.post) > longest_name) return RowTrouble::name_long;
  if (!line.email.empty()) {
    const auto email = check_email(line.email);
    if (!email) return RowTrouble::address;
    row.email = *email;
  }
  if (!line.language.empty()) {
    row.language = language_of(to_lower(line.language));
    if (!row.language) return RowTrouble::language;
  }
  return RowTrouble::none;
}

std::vector<std::string> news_in(const PeopleRow& row, const Person& person, OrganisationId organisation) {
  std::vector<std::string> news;
  if (!row.email.empty() && to_lower(row.email) != to_lower(person.email))
    news.push_back(person.email.empty() ? row.email : person.email + " → " + row.email);
  if (!row.post.empty() && row.post != person.post)
    news.push_back(person.post.empty() ? row.post : person.post + " → " + row.post);
  if (row.language && *row.language != person.language)
    news.push_back(std::string(tag_of(person.language)) + " → " + std::string(tag_of(*row.language)));
  if (organisation && organisation != person.organisation) news.push_back(row.organisation);
  return news;
}

// Who the row may speak of: by name, then by address, then by a surname with initials that fit.
void judge(const Known& known, OrganisationId organisation, PeopleRow& row) {
  const std::string key = name_key(row.name);
  std::vector<Person> exact, similar;
  for (const auto& person : known.people) {
    const bool elsewhere = organisation && person.organisation && person.organisation != organisation;
    if (name_key(person.name) == key && !elsewhere)
      exact.push_back(person);
    else if ((!row.email.empty() && to_lower(person.email) == to_lower(row.email)) ||
             (!elsewhere && may_be_same(person.name, row.name)))
      similar.push_back(person);
  }
  if (exact.size() == 1) {
    row.known = exact.front().id;
    row.news = news_in(row, exact.front(), organisation);
    row.fate = row.news.empty() ? RowFate::same : RowFate::changed;
    return;
  }
  row.candidates = exact.empty() ? std::move(similar) : std::move(exact);
  row.fate = row.candidates.empty() ? RowFate::added : RowFate::asks;
}

DirectoryPreview judged(db::Unit& unit, const Keeper& keeper, const std::vector<TableLine>& lines) {
  const Known known = known_to(unit, keeper);
  DirectoryPreview preview;
  std::set<std::string> seen;
  for (const auto& line : lines) {
    PeopleRow row;
    row.line = line.line;
    row.name = line.name;
    row.email = line.email;
    row.post = line.post;
    row.organisation = line.organisation;
    row.trouble = trouble_in(line, row);
    const auto organisation = organisation_of(known, keeper, line.organisation);
    if (row.trouble == RowTrouble::none && !organisation) row.trouble = RowTrouble::organisation;
    if (row.trouble == RowTrouble::none &&
        !seen.insert(name_key(line.name) + "\n" + fold(line.organisation)).second)
      row.trouble = RowTrouble::twice;
    if (row.trouble == RowTrouble::none) judge(known, *organisation, row);
    preview.rows.push_back(std::move(row));
  }
  for (const auto& row : preview.rows) {
    preview.added += row.fate == RowFate::added ? 1 : 0;
    preview.changed += row.fate == RowFate::changed ? 1 : 0;
    preview.same += row.fate == RowFate::same ? 1 : 0;
    preview.asks += row.fate == RowFate::asks ? 1 : 0;
    preview.wrong += row.fate == RowFate::wrong ? 1 : 0;
  }
  return preview;
}

Result<std::vector<TableLine>> lines_of(const std::string& bytes, const std::string& file_name) {
  const auto document = documents::read_document(bytes, file_name);
  if (!document) return document.error();
  auto lines = read_people_table(*document);
  if (lines && lines->size() > most_imported_people)
    return Error{Errc::limit_exceeded,
                 "a table has at most " + std::to_string(most_imported_people) + " people"};
  return lines;
}

// What becomes of a row: whom it changes (0: somebody new), or nothing when it is left out.
Result<std::optional<PersonId>> decided(const PeopleRow& row, const std::map<int, RowDecision>& decisions) {
  switch (row.fate) {
    case RowFate::added:
      return std::optional(PersonId{});
    case RowFate::changed:
      return std::optional(row.known);
    case RowFate::same:
    case RowFate::wrong:
      return std::optional<PersonId>();
    case RowFate::asks:
      break;
  }
  const auto decision = decisions.find(row.line);
  if (decision == decisions.end()) return std::optional<PersonId>();
  if (decision->second.as_new) return std::optional(PersonId{});
  const auto wanted = decision->second.same_as;
  if (!wanted) return std::optional<PersonId>();
  const bool offered = std::any_of(row.candidates.begin(), row.candidates.end(),
                                   [wanted](const Person& one) { return one.id == wanted; });
  if (!offered) return Error{Errc::not_found, "there is no such person to choose"};
  return std::optional(wanted);
}

Language language_of_new(db::Unit& unit, OrganisationId organisation) {
  const auto own = unit.organisations().find(organisation);
  if (own) return own->language;
  const auto all = unit.organisations().list();
  return all.size() == 1 ? all.front().language : Language::uk;
}

Person stored(db::Unit& unit, const PeopleRow& row, PersonId id, OrganisationId organisation) {
  Person person = unit.people().find(id).value_or(Person{});
  if (!person.id) {
    person.name = row.name;
    person.organisation = organisation;
    person.language = row.language.value_or(language_of_new(unit, organisation));
  }
  if (!row.email.empty()) person.email = row.email;
  if (!row.post.empty()) person.post = row.post;
  if (row.language) person.language = *row.language;
  if (organisation) person.organisation = organisation;
  if (person.id)
    unit.people().update(person);
  else
    person.id = unit.people().insert(person);
  return person;
}

std::string left_out(const PeopleRow& row) {
  return "line " + std::to_string(row.line) + ": " + ellipsize(row.name, 60) + " was left out";
}

Result<PeopleSummary> commit_in(const Writing& writing, const Keeper& keeper,
                                const std::vector<TableLine>& lines,
                                const std::map<int, RowDecision>& decisions) {
  auto& unit = writing.unit;
  const auto preview = judged(unit, keeper, lines);
  const Known known = known_to(unit, keeper);
  PeopleSummary summary;
  std::vector<Person> people;
  for (const auto& row : preview.rows) {
    const auto target = decided(row, decisions);
    if (!target) return target.error();
    if (!*target) {
      if (row.fate != RowFate::same) summary.warnings.push_back(left_out(row));
      continue;
    }
    auto organisation = organisation_of(known, keeper, row.organisation).value();
    if (!organisation && !**target) organisation = keeper.organisation;
    people.push_back(stored(unit, row, **target, organisation));
    (**target ? summary.updated : summary.added) += 1;
  }
  summary.linked = link_events(writing, people);
  return summary;
}

}  // namespace

bool may_be_same(std::string_view one, std::string_view other) {
  const auto a = parts_of(one), b = parts_of(other);
  if (a.surname.empty() || a.surname != b.surname) return false;
  const auto common = std::min(a.initials.size(), b.initials.size());
  return std::equal(a.initials.begin(), a.initials.begin() + static_cast<std::ptrdiff_t>(common),
                    b.initials.begin());
}

Deferred<DirectoryPreview> preview_people(Context& context, Keeper keeper, std::string bytes,
                                          std::string file_name) {
  if (const auto fine = check_may_edit(keeper); !fine) return Deferred<DirectoryPreview>::ready(fine.error());
  return begun_elsewhere<DirectoryPreview>(
      context,
      [&context, keeper = std::move(keeper), bytes = std::move(bytes), file_name = std::move(file_name)] {
        auto lines = lines_of(bytes, file_name);
        if (!lines) return Deferred<DirectoryPreview>::ready(lines.error());
        return context.store.read([keeper, lines = std::move(*lines)](db::Unit& unit) {
          auto preview = judged(unit, keeper, lines);
          preview.table = write_people_table(lines);
          return preview;
        });
      });
}

Deferred<PeopleSummary> commit_people(Context& context, Keeper keeper, std::string table,
                                      std::map<int, RowDecision> decisions) {
  if (const auto fine = check_may_edit(keeper); !fine) return Deferred<PeopleSummary>::ready(fine.error());
  return begun_elsewhere<PeopleSummary>(
      context,
      [&context, keeper = std::move(keeper), table = std::move(table), decisions = std::move(decisions)] {
        auto lines = lines_of(table, "people.csv");
        if (!lines) return Deferred<PeopleSummary>::ready(lines.error());
        const Instant now = context.clock.now();
        const db::Author author(keeper.actor.name, now);
        auto work = [keeper, lines = std::move(*lines), decisions, rules = rules_of(context.settings),
                     now](db::Unit& unit) -> Result<PeopleSummary> {
          return commit_in({unit, rules, now}, keeper, lines, decisions);
        };
        return context.store.write(author, std::move(work)).after_success(context.reminders_queued);
      });
}

}  // namespace convoke::service
