#include "base/text.hpp"
#include "db/sqlite/repositories.hpp"

namespace convoke::db::sqlite {
namespace {

#define ORGANISATION_COLUMNS "id, name, zone, language, contact, parent, tier"

Organisation read_organisation(const Query& row) {
  Organisation organisation;
  organisation.id = row.id<OrganisationId>(0);
  organisation.name = row.text(1);
  organisation.zone = row.text(2);
  organisation.language = known(language_of(row.text(3)), "language");
  organisation.contact = row.text(4);
  organisation.parent = row.id<OrganisationId>(5);
  organisation.tier = known(tier_of(row.text(6)), "tier");
  return organisation;
}

std::optional<Organisation> first_organisation(Query row) {
  if (!row.step()) return std::nullopt;
  return read_organisation(row);
}

}  // namespace

OrganisationId SqliteOrganisations::insert(const Organisation& organisation) {
  Query row = connection_.query(
      "INSERT INTO organisation (name, name_key, zone, language, contact, parent, tier)"
      " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) RETURNING id");
  row.bind(organisation.name, fold(organisation.name), organisation.zone, tag_of(organisation.language),
           organisation.contact, organisation.parent, name_of(organisation.tier));
  row.step();
  const auto id = row.id<OrganisationId>(0);
  row.run();
  changes_.append("organisation", id.value, "insert");
  return id;
}

void SqliteOrganisations::update(const Organisation& organisation) {
  const int changed = connection_
                          .query(
                              "UPDATE organisation SET name = ?2, name_key = ?3, zone = ?4, language = ?5,"
                              " contact = ?6, parent = ?7, tier = ?8 WHERE id = ?1")
                          .bind(organisation.id, organisation.name, fold(organisation.name),
                                organisation.zone, tag_of(organisation.language), organisation.contact,
                                organisation.parent, name_of(organisation.tier))
                          .run();
  if (changed == 0) throw_unknown("organisation");
  changes_.append("organisation", organisation.id.value, "update");
}

std::optional<Organisation> SqliteOrganisations::find(OrganisationId id) {
  const auto state = changes_.state();
  if (const auto* known = recent_.find(id, state)) return *known;
  Query row = connection_.query("SELECT " ORGANISATION_COLUMNS " FROM organisation WHERE id = ?1");
  row.bind(id);
  return recent_.keep(id, state, first_organisation(std::move(row)));
}

std::optional<Organisation> SqliteOrganisations::find_by_name(const std::string& name) {
  Query row = connection_.query("SELECT " ORGANISATION_COLUMNS
                                " FROM organisation WHERE name_key = ?1 ORDER BY id LIMIT 1");
  row.bind(fold(name));
  return first_organisation(std::move(row));
}

std::vector<Organisation> SqliteOrganisations::list() {
  Query rows = connection_.query("SELECT " ORGANISATION_COLUMNS " FROM organisation ORDER BY id");
  std::vector<Organisation> organisations;
  while (rows.step()) organisations.push_back(read_organisation(rows));
  return organisations;
}

// UNION, not UNION ALL: a circle, which no use case makes, would end as well.
std::vector<OrganisationId> SqliteOrganisations::within(OrganisationId id) {
  Query rows = connection_.query(
      "WITH RECURSIVE below(id) AS (SELECT id FROM organisation WHERE id = ?1"
      " UNION SELECT child.id FROM organisation AS child JOIN below ON child.parent = below.id)"
      " SELECT id FROM below ORDER BY id");
  rows.bind(id);
  std::vector<OrganisationId> found;
  while (rows.step()) found.push_back(rows.id<OrganisationId>(0));
  return found;
}

}  // namespace convoke::db::sqlite
