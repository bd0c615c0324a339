#include "service/people.hpp"

#include "base/text.hpp"
#include "db/store.hpp"
#include "documents/document.hpp"
#include "notify/recipients.hpp"
#include "service/event_store.hpp"
#include "service/people_store.hpp"
#include "service/people_table.hpp"

#include <algorithm>
#include <optional>

namespace convoke::service {

Result<std::string> check_email(std::string_view text) {
  text = trim(text);
  const auto at = text.find('@');
  const auto domain = at == std::string_view::npos ? std::string_view{} : text.substr(at + 1);
  if (!notify::is_mail_address(text) || domain.find('.') == std::string_view::npos || domain.back() == '.')
    return Error{Errc::invalid_input, "an e-mail address is written like olena@example.org"};
  return std::string(text);
}

namespace {

Error may_not() {
  return {Errc::forbidden, "the directory needs a token with the scope write"};
}

}  // namespace

Deferred<Person> save_person(Context& context, Actor actor, PersonChange person) {
  if (actor.role != Role::editor) return Deferred<Person>::ready(may_not());
  person.name = collapse_spaces(person.name);
  if (person.name.empty() || length(person.name) > 200 || !is_valid_utf8(person.name))
    return Deferred<Person>::ready(
        Error{Errc::invalid_input, "a person needs a name of up to 200 characters"});
  if (!person.email.empty()) {
    auto email = check_email(person.email);
    if (!email) return Deferred<Person>::ready(email.error());
    person.email = std::move(*email);
  }
  const Instant now = context.clock.now();
  return context.store
      .write(db::Author(actor.name, now),
             [person, rules = rules_of(context.settings), now](db::Unit& unit) -> Result<Person> {
               auto saved = enter_person(unit, person);
               if (!saved) return saved.error();
               link_events({unit, rules, now}, {saved->first});
               return saved->first;
             })
      .after_success(context.reminders_queued);
}

namespace {

struct PersonRow {
  int line = 0;
  PersonChange person;
  std::string organisation;  // as written; may be empty
};

// Nothing, with a warning, for a language that mails are not written in.
std::optional<Language> language_in(const std::string& cell, int line, std::vector<std::string>& warnings) {
  const auto language = language_of(to_lower(cell));
  if (!language && !cell.empty())
    warnings.push_back("line " + std::to_string(line) + ": the language '" + ellipsize(cell, 20) +
                       "' is none of uk, be, ru, en; it was left as it is");
  return language;
}

// The rows of a table with headings; what cannot be used becomes a warning with its line.
Result<std::vector<PersonRow>> read_rows(const documents::Document& table,
                                         std::vector<std::string>& warnings) {
  const auto lines = read_people_table(table);
  if (!lines) return lines.error();
  std::vector<PersonRow> rows;
  for (const auto& line : *lines) {
    PersonRow read;
    read.line = line.line;
    read.person.name = line.name;
    read.person.post = line.post;
    read.organisation = line.organisation;
    read.person.language = language_in(line.language, line.line, warnings);
    if (!line.email.empty()) {
      auto email = check_email(line.email);
      if (!email) {
        warnings.push_back("line " + std::to_string(line.line) + ": " + email.error().message);
        continue;
      }
      read.person.email = std::move(*email);
    }
    rows.push_back(std::move(read));
  }
  return rows;
}

// Enters a row. Errors: those of enter_person(); not_found for an organisation that nobody entered.
Result<std::pair<Person, bool>> save_row(db::Unit& unit, const PersonRow& row) {
  PersonChange person = row.person;
  if (!row.organisation.empty()) {
    const auto organisation = unit.organisations().find_by_name(row.organisation);
    if (!organisation)
      return Error{Errc::not_found,
                   "there is no organisation called '" + ellipsize(row.organisation, 60) + "'"};
    person.organisation = organisation->id;
  }
  return enter_person(unit, person);
}

}  // namespace

Deferred<PeopleSummary> import_people(Context& context, Actor actor, std::string csv) {
  if (actor.role != Role::editor) return Deferred<PeopleSummary>::ready(may_not());
  const auto table = documents::read_document(csv, "people.csv");
  if (!table) return Deferred<PeopleSummary>::ready(table.error());
  PeopleSummary read;
  auto rows = read_rows(*table, read.warnings);
  if (!rows) return Deferred<PeopleSummary>::ready(rows.error());
  const Instant now = context.clock.now();
  auto work = [rows = std::move(*rows), read, rules = rules_of(context.settings),
               now](db::Unit& unit) -> Result<PeopleSummary> {
    PeopleSummary summary = read;
    std::vector<Person> people;
    for (const auto& row : rows) {
      auto saved = save_row(unit, row);
      if (!saved) {
        summary.warnings.push_back("line " + std::to_string(row.line) + ": " + saved.error().message);
        continue;
      }
      (saved->second ? summary.added : summary.updated) += 1;
      people.push_back(std::move(saved->first));
    }
    summary.linked = link_events({unit, rules, now}, people);
    return summary;
  };
  return context.store.write(db::Author(actor.name, now), std::move(work))
      .after_success(context.reminders_queued);
}

Deferred<std::vector<Person>> list_people(Context& context, Actor actor) {
  if (actor.role == Role::anonymous) return Deferred<std::vector<Person>>::ready(may_not());
  return context.store.read([](db::Unit& unit) {
    auto people = unit.people().list();
    std::sort(people.begin(), people.end(),
              [](const Person& a, const Person& b) { return compare_in("uk", a.name, b.name) < 0; });
    return people;
  });
}

}  // namespace convoke::service
