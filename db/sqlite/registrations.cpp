#include "base/text.hpp"
#include "db/sqlite/registration_columns.hpp"
#include "db/sqlite/registration_repositories.hpp"

namespace convoke::db::sqlite {
namespace {

#define REGISTRATION_COLUMNS                                                                          \
  "id, event, code, party, state, format, holds_place, name, email, institution, language, answers, " \
  "queued, submitted, confirmed, settled, held_until, consent_version, consent_purpose, "             \
  "consent_at, consent_channel"

template<class T>
T sound(Result<T> stored) {
  if (!stored) throw StorageError(StorageError::Kind::broken, stored.error().message);
  return std::move(*stored);
}

Registration read_registration(const Query& row) {
  Registration one;
  one.id = row.id<RegistrationId>(0);
  one.event = row.id<EventId>(1);
  one.code = row.text(2);
  one.party = row.text(3);
  one.state = known(registration_state_of(row.text(4)), "state of a registration");
  one.format = known(attendance_format_of(row.text(5)), "format");
  one.holds_place = row.flag(6);
  one.name = row.text(7);
  one.email = row.text(8);
  one.institution = row.text(9);
  one.language = known(language_of(row.text(10)), "language");
  one.answers = sound(parse_answers_json(row.text(11)));
  one.queued = row.integer(12);
  one.submitted = row.instant(13);
  one.confirmed = row.maybe_instant(14);
  one.settled = row.maybe_instant(15);
  one.held_until = row.maybe_instant(16);
  one.consent.version = row.text(17);
  one.consent.purpose = row.text(18);
  one.consent.at = row.instant(19);
  one.consent.channel = row.text(20);
  return one;
}

std::vector<Registration> read_registrations(Query& rows) {
  std::vector<Registration> all;
  while (rows.step()) all.push_back(read_registration(rows));
  return all;
}

std::string words_of(const Registration& one) {
  return fold(one.name + " " + one.email + " " + one.institution);
}

#define FORM_COLUMNS                                                                            \
  "event, switched_on, opens, closes, first_closes, moderated, waiting_list, fields, consent, " \
  "keep_months, told, erased, join_url, last_field"

RegistrationForm read_form(const Query& row) {
  RegistrationForm form;
  form.event = row.id<EventId>(0);
  form.on = row.flag(1);
  form.opens = row.maybe_instant(2);
  form.closes = row.maybe_instant(3);
  form.first_closes = row.maybe_instant(4);
  form.moderated = row.flag(5);
  form.waiting_list = row.flag(6);
  form.fields = sound(parse_fields_json(row.text(7)));
  form.consent = sound(parse_consent_json(row.text(8)));
  form.keep_months = row.number(9);
  form.told = row.text(10);
  form.erased = row.maybe_instant(11);
  form.join_url = row.text(12);
  form.last_field = row.number(13);
  return form;
}

}  // namespace

void SqliteRegistrations::save_form(const RegistrationForm& form) {
  connection_
      .query(
          "INSERT INTO registration_form (" FORM_COLUMNS
          ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)"
          " ON CONFLICT (event) DO UPDATE SET switched_on = excluded.switched_on, opens = excluded.opens,"
          " closes = excluded.closes, first_closes = excluded.first_closes, moderated = excluded.moderated,"
          " waiting_list = excluded.waiting_list, fields = excluded.fields, consent = excluded.consent,"
          " keep_months = excluded.keep_months, told = excluded.told, erased = excluded.erased, join_url = "
          "excluded.join_url, last_field = excluded.last_field")
      .bind(form.event, form.on, form.opens, form.closes, form.first_closes, form.moderated,
            form.waiting_list, fields_json(form.fields), consent_json(form.consent), form.keep_months,
            form.told, form.erased, form.join_url, form.last_field)
      .run();
  for (const auto format : all_attendance_formats) {
    const auto& places = form.of(format);
    connection_
        .query(
            "INSERT INTO registration_places (event, format, offered, places) VALUES (?1, ?2, ?3, ?4)"
            " ON CONFLICT (event, format) DO UPDATE SET offered = excluded.offered, places = excluded.places")
        .bind(form.event, name_of(format), places.offered, places.places)
        .run();
  }
  changes_.append("registration_form", form.event.value, "update");
}

void SqliteRegistrations::read_places(RegistrationForm& form) {
  Query rows =
      connection_.query("SELECT format, offered, places, taken FROM registration_places WHERE event = ?1");
  rows.bind(form.event);
  while (rows.step()) {
    auto& places = form.of(known(attendance_format_of(rows.text(0)), "format"));
    places.offered = rows.flag(1);
    if (!rows.is_null(2)) places.places = rows.number(2);
    places.taken = rows.number(3);
  }
}

std::optional<RegistrationForm> SqliteRegistrations::form(EventId event) {
  const auto state = changes_.state();
  const auto* known = recent_.find(event, state);
  if (!known) {
    Query row = connection_.query("SELECT " FORM_COLUMNS " FROM registration_form WHERE event = ?1");
    row.bind(event);
    known = &recent_.keep(event, state, row.step() ? std::optional(read_form(row)) : std::nullopt);
  }
  auto form = *known;
  if (form) read_places(*form);
  return form;
}

std::vector<RegistrationForm> SqliteRegistrations::forms() {
  std::vector<RegistrationForm> forms;
  {
    Query rows = connection_.query("SELECT " FORM_COLUMNS
                                   " FROM registration_form WHERE erased IS NULL ORDER BY event");
    while (rows.step()) forms.push_back(read_form(rows));
  }
  for (auto& form : forms) read_places(form);
  return forms;
}

void SqliteRegistrations::mark_told(EventId event, const std::string& told) {
  connection_.query("UPDATE registration_form SET told = ?2 WHERE event = ?1").bind(event, told).run();
  changes_.note_other_state();
}

bool SqliteRegistrations::take(EventId event, AttendanceFormat format, int count) {
  return connection_
             .query(
                 "UPDATE registration_places SET taken = taken + ?3 WHERE event = ?1 AND format = ?2"
                 " AND offered = 1 AND (places IS NULL OR taken + ?3 <= places)")
             .bind(event, name_of(format), count)
             .run() > 0;
}

void SqliteRegistrations::give_back(EventId event, AttendanceFormat format, int count) {
  connection_.query("UPDATE registration_places SET taken = taken - ?3 WHERE event = ?1 AND format = ?2")
      .bind(event, name_of(format), count)
      .run();
}

RegistrationId SqliteRegistrations::insert(const Registration& one) {
  Query row = connection_.query(
      "INSERT INTO registration (event, code, party, state, format, holds_place, name, email, institution,"
      " words, language, answers, queued, submitted, confirmed, settled, held_until,"
      " consent_version, consent_purpose, consent_at, consent_channel)"
      " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20,"
      " ?21)");
  row.bind(one.event, one.code, one.party, name_of(one.state), name_of(one.format), one.holds_place, one.name,
           one.email, one.institution, words_of(one), tag_of(one.language), answers_json(one.answers),
           one.queued, one.submitted, one.confirmed, one.settled, one.held_until, one.consent.version,
           one.consent.purpose, one.consent.at, one.consent.channel);
  row.run();
  return RegistrationId{connection_.last_inserted()};
}

void SqliteRegistrations::update(const Registration& one) {
  const int changed =
      connection_
          .query(
              "UPDATE registration SET code = ?2, state = ?3, format = ?4, holds_place = ?5, name = ?6,"
              " email = ?7, institution = ?8, words = ?9, language = ?10, answers = ?11, queued = ?12,"
              " submitted = ?13, confirmed = ?14, settled = ?15, held_until = ?16, consent_version = ?17,"
              " consent_purpose = ?18, consent_at = ?19, consent_channel = ?20 WHERE id = ?1")
          .bind(one.id, one.code, name_of(one.state), name_of(one.format), one.holds_place, one.name,
                one.email, one.institution, words_of(one), tag_of(one.language), answers_json(one.answers),
                one.queued, one.submitted, one.confirmed, one.settled, one.held_until, one.consent.version,
                one.consent.purpose, one.consent.at, one.consent.channel)
          .run();
  if (changed == 0) throw_unknown("registration");
  // Seldom another one: apart, so that the index is not written each time.
  connection_.query("UPDATE registration SET party = ?2 WHERE id = ?1 AND party <> ?2")
      .bind(one.id, one.party)
      .run();
}

std::optional<Registration> SqliteRegistrations::find(RegistrationId id) {
  Query row = connection_.query("SELECT " REGISTRATION_COLUMNS " FROM registration WHERE id = ?1");
  row.bind(id);
  if (!row.step()) return std::nullopt;
  return read_registration(row);
}

std::optional<Registration> SqliteRegistrations::find_by_code(const std::string& code) {
  Query row = connection_.query("SELECT " REGISTRATION_COLUMNS " FROM registration WHERE code = ?1");
  row.bind(code);
  if (!row.step()) return std::nullopt;
  return read_registration(row);
}

std::vector<Registration> SqliteRegistrations::of_party(const std::string& party) {
  Query rows =
      connection_.query("SELECT " REGISTRATION_COLUMNS " FROM registration WHERE party = ?1 ORDER BY id");
  rows.bind(party);
  return read_registrations(rows);
}

std::vector<Registration> SqliteRegistrations::of_address(EventId event, const std::string& email) {
  Query rows = connection_.query("SELECT " REGISTRATION_COLUMNS
                                 " FROM registration WHERE event = ?1 AND email = ?2 ORDER BY id");
  rows.bind(event, email);
  return read_registrations(rows);
}

std::vector<Registration> SqliteRegistrations::list(const RegistrationSelection& selection) {
  std::string sql = "SELECT " REGISTRATION_COLUMNS " FROM registration WHERE event = ?1";
  if (selection.state) sql += " AND state = ?2";
  if (!selection.words.empty()) sql += " AND instr(words, ?3) > 0";
  Query rows = connection_.query(sql + " ORDER BY id LIMIT ?4 OFFSET ?5");
  const auto state = selection.state ? std::optional(name_of(*selection.state)) : std::nullopt;
  rows.bind(selection.event, state, selection.words, selection.limit, selection.offset);
  return read_registrations(rows);
}

std::vector<RegistrationCount> SqliteRegistrations::counts(EventId event) {
  Query rows = connection_.query(
      "SELECT state, format, institution, count(*) FROM registration WHERE event = ?1"
      " GROUP BY state, format, institution ORDER BY institution, state, format");
  rows.bind(event);
  std::vector<RegistrationCount> counts;
  while (rows.step()) {
    RegistrationCount one;
    one.state = known(registration_state_of(rows.text(0)), "state of a registration");
    one.format = known(attendance_format_of(rows.text(1)), "format");
    one.institution = rows.text(2);
    one.count = rows.number(3);
    counts.push_back(std::move(one));
  }
  return counts;
}

std::vector<Registration> SqliteRegistrations::first_waiting(EventId event, AttendanceFormat format) {
  std::string party;
  {
    Query row = connection_.query(
        "SELECT party FROM registration WHERE event = ?1 AND format = ?2 AND state = 'waiting'"
        " ORDER BY queued, id LIMIT 1");
    row.bind(event, name_of(format));
    if (!row.step()) return {};
    party = row.text(0);
  }
  auto waiting = of_party(party);
  std::erase_if(waiting, [](const Registration& one) { return one.state != RegistrationState::waiting; });
  return waiting;
}

bool SqliteRegistrations::anybody_waits(EventId event, AttendanceFormat format) {
  Query row = connection_.query(
      "SELECT 1 FROM registration WHERE event = ?1 AND format = ?2 AND state = 'waiting' LIMIT 1");
  row.bind(event, name_of(format));
  return row.step();
}

std::int64_t SqliteRegistrations::next_queued(EventId event) {
  Query row =
      connection_.query("UPDATE registration_form SET queued = queued + 1 WHERE event = ?1 RETURNING queued");
  row.bind(event);
  if (!row.step()) throw_unknown("registration form");
  const auto number = row.integer(0);
  row.run();
  return number;
}

std::vector<Registration> SqliteRegistrations::lapsing(Instant now, int limit) {
  Query rows = connection_.query("SELECT " REGISTRATION_COLUMNS
                                 " FROM registration WHERE state = 'submitted' AND held_until <= ?1"
                                 " ORDER BY held_until LIMIT ?2");
  rows.bind(now, limit);
  return read_registrations(rows);
}

int SqliteRegistrations::unconfirmed_mails(const std::string& email, Instant since) {
  Query row = connection_.query(
      "SELECT count(*) FROM registration AS r JOIN reminder AS m"
      " ON m.recipient = 'registration:' || r.id AND m.due >= ?2 AND m.state <> 'superseded'"
      // Of a place that was handed over, what was sent before went to somebody else.
      " WHERE r.email = ?1 AND r.confirmed IS NULL"
      " AND (r.state IN ('submitted', 'lapsed') OR m.due >= coalesce(r.settled, 0))");
  row.bind(email, since);
  row.step();
  return row.number(0);
}

int SqliteRegistrations::erase_people(EventId event) {
  return connection_
      .query(
          "UPDATE registration SET name = '', email = '', words = '', answers = '[]' WHERE event = ?1"
          " AND (name <> '' OR email <> '' OR answers <> '[]')")
      .bind(event)
      .run();
}

}  // namespace convoke::db::sqlite
