#include "db/sqlite/certificate_repositories.hpp"

namespace convoke::db::sqlite {
namespace {

#define CERTIFICATE_COLUMNS                                                                         \
  "id, event, registration, organisation, year, number, code, language, name, event_title, place, " \
  "first_day, last_day, issued, reissued, revoked"

Date stored_day(const Query& row, int column) {
  const auto day = row.maybe_date(column);
  if (!day) throw StorageError(StorageError::Kind::broken, "a stored certificate has no day");
  return *day;
}

Certificate read_certificate(const Query& row) {
  Certificate one;
  one.id = row.id<CertificateId>(0);
  one.event = row.id<EventId>(1);
  one.registration = row.id<RegistrationId>(2);
  one.organisation = row.id<OrganisationId>(3);
  one.year = row.number(4);
  one.number = row.number(5);
  one.code = row.text(6);
  one.language = known(language_of(row.text(7)), "language");
  one.name = row.text(8);
  one.event_title = row.text(9);
  one.place = row.text(10);
  one.first = stored_day(row, 11);
  one.last = stored_day(row, 12);
  one.issued = row.instant(13);
  one.reissued = row.maybe_instant(14);
  one.revoked = row.maybe_instant(15);
  return one;
}

std::optional<Certificate> only(Query row) {
  if (!row.step()) return std::nullopt;
  return read_certificate(row);
}

}  // namespace

void SqliteCertificates::save_settings(const CertificateSettings& settings) {
  connection_
      .query(
          "INSERT INTO certificate_settings (event, awaited, hours) VALUES (?1, ?2, ?3)"
          " ON CONFLICT (event) DO UPDATE SET awaited = excluded.awaited, hours = excluded.hours")
      .bind(settings.event, settings.awaited, settings.hours)
      .run();
  for (const auto language : all_languages) {
    const auto& words = settings.words.at(static_cast<std::size_t>(language));
    connection_
        .query(
            "INSERT INTO certificate_words (event, language, title, lead, text, signatory)"
            " VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT (event, language) DO UPDATE SET"
            " title = excluded.title, lead = excluded.lead, text = excluded.text,"
            " signatory = excluded.signatory")
        .bind(settings.event, tag_of(language), words.title, words.lead, words.text, words.signatory)
        .run();
  }
  changes_.append("certificates", settings.event.value, "update");
}

CertificateSettings SqliteCertificates::settings(EventId event) {
  CertificateSettings settings;
  settings.event = event;
  {
    Query row = connection_.query(
        "SELECT awaited, hours, length(background) > 0 FROM certificate_settings WHERE event = ?1");
    row.bind(event);
    if (!row.step()) return settings;
    settings.awaited = row.flag(0);
    settings.hours = row.text(1);
    settings.background = row.flag(2);
  }
  Query rows = connection_.query(
      "SELECT language, title, lead, text, signatory FROM certificate_words WHERE event = ?1");
  rows.bind(event);
  while (rows.step()) {
    const auto language = known(language_of(rows.text(0)), "language");
    settings.words.at(static_cast<std::size_t>(language)) = {rows.text(1), rows.text(2), rows.text(3),
                                                             rows.text(4)};
  }
  return settings;
}

void SqliteCertificates::put_background(EventId event, const std::string& bytes) {
  connection_
      .query(
          "INSERT INTO certificate_settings (event, background) VALUES (?1, CAST(?2 AS BLOB))"
          " ON CONFLICT (event) DO UPDATE SET background = excluded.background")
      .bind(event, bytes)
      .run();
  changes_.append("certificates", event.value, "update");
}

std::string SqliteCertificates::background(EventId event) {
  Query row = connection_.query("SELECT background FROM certificate_settings WHERE event = ?1");
  row.bind(event);
  return row.step() ? row.text(0) : std::string();
}

Certificate SqliteCertificates::insert(const Certificate& certificate) {
  Certificate one = certificate;
  {
    Query row = connection_.query(
        "INSERT INTO certificate_register (organisation, year, last) VALUES (?1, ?2, 1)"
        " ON CONFLICT (organisation, year) DO UPDATE SET last = last + 1 RETURNING last");
    row.bind(one.organisation.value, one.year);
    row.step();
    one.number = row.number(0);
    row.run();
  }
  Query row = connection_.query(
      "INSERT INTO certificate (event, registration, organisation, year, number, code, language, name,"
      " event_title, place, first_day, last_day, issued, reissued, revoked)"
      " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15) RETURNING id");
  row.bind(one.event, one.registration, one.organisation.value, one.year, one.number, one.code,
           tag_of(one.language), one.name, one.event_title, one.place, one.first, one.last, one.issued,
           one.reissued, one.revoked);
  row.step();
  one.id = row.id<CertificateId>(0);
  row.run();
  return one;
}

void SqliteCertificates::update(const Certificate& one) {
  const int changed =
      connection_
          .query(
              "UPDATE certificate SET language = ?2, name = ?3, event_title = ?4, place = ?5, first_day = ?6,"
              " last_day = ?7, reissued = ?8, revoked = ?9 WHERE id = ?1")
          .bind(one.id, tag_of(one.language), one.name, one.event_title, one.place, one.first, one.last,
                one.reissued, one.revoked)
          .run();
  if (changed == 0) throw StorageError(StorageError::Kind::refused, "there is no such certificate");
}

std::optional<Certificate> SqliteCertificates::find(CertificateId id) {
  Query row = connection_.query("SELECT " CERTIFICATE_COLUMNS " FROM certificate WHERE id = ?1");
  row.bind(id);
  return only(std::move(row));
}

std::optional<Certificate> SqliteCertificates::find_by_code(const std::string& code) {
  Query row = connection_.query("SELECT " CERTIFICATE_COLUMNS " FROM certificate WHERE code = ?1");
  row.bind(code);
  return only(std::move(row));
}

std::optional<Certificate> SqliteCertificates::of_registration(RegistrationId registration) {
  Query row = connection_.query("SELECT " CERTIFICATE_COLUMNS " FROM certificate WHERE registration = ?1");
  row.bind(registration);
  return only(std::move(row));
}

std::vector<Certificate> SqliteCertificates::of_event(EventId event) {
  Query rows = connection_.query("SELECT " CERTIFICATE_COLUMNS
                                 " FROM certificate WHERE event = ?1 ORDER BY year, number, id");
  rows.bind(event);
  std::vector<Certificate> all;
  while (rows.step()) all.push_back(read_certificate(rows));
  return all;
}

void SqliteCertificates::put_saying(CertificateId id, const CertificateSaying& saying) {
  connection_
      .query(
          "INSERT INTO certificate_saying (certificate, title, lead, text, signatory, hours, association,"
          " institution, format) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) ON CONFLICT (certificate) DO"
          " UPDATE SET title = excluded.title, lead = excluded.lead, text = excluded.text,"
          " signatory = excluded.signatory, hours = excluded.hours, association = excluded.association,"
          " institution = excluded.institution, format = excluded.format")
      .bind(id, saying.words.title, saying.words.lead, saying.words.text, saying.words.signatory,
            saying.hours, saying.association, saying.institution, name_of(saying.format))
      .run();
}

std::map<CertificateId, CertificateSaying> SqliteCertificates::sayings(EventId event) {
  Query rows = connection_.query(
      "SELECT s.certificate, s.title, s.lead, s.text, s.signatory, s.hours, s.association, s.institution,"
      " s.format FROM certificate_saying AS s JOIN certificate AS c ON c.id = s.certificate"
      " WHERE c.event = ?1");
  rows.bind(event);
  std::map<CertificateId, CertificateSaying> all;
  while (rows.step()) {
    auto& one = all[rows.id<CertificateId>(0)];
    one.words = {rows.text(1), rows.text(2), rows.text(3), rows.text(4)};
    one.hours = rows.text(5);
    one.association = rows.text(6);
    one.institution = rows.text(7);
    one.format = known(attendance_format_of(rows.text(8)), "format");
  }
  return all;
}

int SqliteCertificates::count(EventId event) {
  Query row = connection_.query("SELECT count(*) FROM certificate WHERE event = ?1 AND revoked IS NULL");
  row.bind(event);
  row.step();
  return row.number(0);
}

}  // namespace convoke::db::sqlite
