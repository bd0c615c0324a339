#include "db/sqlite/delivery_repositories.hpp"

namespace convoke::db::sqlite {
namespace {

#define TEMPLATE_COLUMNS "organisation, reason, language, subject, body"

MailTemplate read_template(const Query& row) {
  return {row.id<OrganisationId>(0), known(reminder_reason_of(row.text(1)), "reason"),
          known(language_of(row.text(2)), "language"), row.text(3), row.text(4)};
}

}  // namespace

// Organisation 0 stands for all: the key of a row, so never NULL.
void SqliteMailTemplates::save(const MailTemplate& one) {
  connection_
      .query(
          "INSERT INTO mail_template (organisation, reason, language, subject, body)"
          " VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (organisation, reason, language)"
          " DO UPDATE SET subject = excluded.subject, body = excluded.body")
      .bind(one.organisation.value, name_of(one.reason), tag_of(one.language), one.subject, one.body)
      .run();
  changes_.append("mail_template", one.organisation.value, "update");
}

std::optional<MailTemplate> SqliteMailTemplates::find(OrganisationId organisation, ReminderReason reason,
                                                      Language language) {
  Query row = connection_.query("SELECT " TEMPLATE_COLUMNS
                                " FROM mail_template WHERE organisation = ?1 AND reason = ?2"
                                " AND language = ?3");
  row.bind(organisation.value, name_of(reason), tag_of(language));
  if (!row.step()) return std::nullopt;
  return read_template(row);
}

std::vector<MailTemplate> SqliteMailTemplates::list(OrganisationId organisation) {
  Query rows = connection_.query("SELECT " TEMPLATE_COLUMNS
                                 " FROM mail_template WHERE organisation = ?1 ORDER BY reason, language");
  rows.bind(organisation.value);
  std::vector<MailTemplate> templates;
  while (rows.step()) templates.push_back(read_template(rows));
  return templates;
}

bool SqliteMailTemplates::remove(OrganisationId organisation, ReminderReason reason, Language language) {
  const bool gone =
      connection_.query("DELETE FROM mail_template WHERE organisation = ?1 AND reason = ?2 AND language = ?3")
          .bind(organisation.value, name_of(reason), tag_of(language))
          .run() > 0;
  if (gone) changes_.append("mail_template", organisation.value, "remove");
  return gone;
}

}  // namespace convoke::db::sqlite
