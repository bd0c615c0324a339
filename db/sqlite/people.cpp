#include "db/sqlite/repositories.hpp"

namespace convoke::db::sqlite {
namespace {

#define PERSON_COLUMNS "id, organisation, name, email, post, language, rhythm"

Person read_person(const Query& row) {
  Person person;
  person.id = row.id<PersonId>(0);
  person.organisation = row.id<OrganisationId>(1);
  person.name = row.text(2);
  person.email = row.text(3);
  person.post = row.text(4);
  person.language = known(language_of(row.text(5)), "language");
  person.rhythm = known(mail_rhythm_of(row.text(6)), "rhythm");
  return person;
}

std::vector<Person> read_people(Query rows) {
  std::vector<Person> people;
  while (rows.step()) people.push_back(read_person(rows));
  return people;
}

}  // namespace

PersonId SqlitePeople::insert(const Person& person) {
  Query row = connection_.query(
      "INSERT INTO person (organisation, name, name_key, email, post, language, rhythm)"
      " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) RETURNING id");
  row.bind(person.organisation, person.name, name_key(person.name), person.email, person.post,
           tag_of(person.language), name_of(person.rhythm));
  row.step();
  const auto id = row.id<PersonId>(0);
  row.run();
  changes_.append("person", id.value, "insert");
  return id;
}

void SqlitePeople::update(const Person& person) {
  const int changed = connection_
                          .query(
                              "UPDATE person SET organisation = ?2, name = ?3, name_key = ?4, email = ?5,"
                              " post = ?6, language = ?7, rhythm = ?8 WHERE id = ?1")
                          .bind(person.id, person.organisation, person.name, name_key(person.name),
                                person.email, person.post, tag_of(person.language), name_of(person.rhythm))
                          .run();
  if (changed == 0) throw_unknown("person");
  changes_.append("person", person.id.value, "update");
}

std::optional<Person> SqlitePeople::find(PersonId id) {
  Query row = connection_.query("SELECT " PERSON_COLUMNS " FROM person WHERE id = ?1");
  row.bind(id);
  if (!row.step()) return std::nullopt;
  return read_person(row);
}

std::vector<Person> SqlitePeople::find_by_name(const std::string& name) {
  Query rows = connection_.query("SELECT " PERSON_COLUMNS " FROM person WHERE name_key = ?1 ORDER BY id");
  rows.bind(name_key(name));
  return read_people(std::move(rows));
}

std::vector<Person> SqlitePeople::find_by_address(const std::string& email) {
  Query rows = connection_.query("SELECT " PERSON_COLUMNS
                                 " FROM person WHERE email <> '' AND lower(email) = lower(?1) ORDER BY id");
  rows.bind(email);
  return read_people(std::move(rows));
}

std::vector<Person> SqlitePeople::list() {
  return read_people(connection_.query("SELECT " PERSON_COLUMNS " FROM person ORDER BY id"));
}

}  // namespace convoke::db::sqlite
