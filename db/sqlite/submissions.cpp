#include "base/text.hpp"
#include "db/sqlite/submission_columns.hpp"
#include "db/sqlite/submission_repositories.hpp"

namespace convoke::db::sqlite {
namespace {

template<class T>
T sound(Result<T> stored) {
  if (!stored) throw StorageError(StorageError::Kind::broken, stored.error().message);
  return std::move(*stored);
}

#define CALL_COLUMNS "event, switched_on, opens, closes, first_closes, review_by, settings, keep_months, erased"

Call read_call(const Query& row) {
  Call call;
  call.event = row.id<EventId>(0);
  call.on = row.flag(1);
  call.opens = row.maybe_instant(2);
  call.closes = row.maybe_instant(3);
  call.first_closes = row.maybe_instant(4);
  call.review_by = row.maybe_instant(5);
  if (auto read = parse_call_settings_json(row.text(6), call); !read)
    throw StorageError(StorageError::Kind::broken, read.error().message);
  call.keep_months = row.number(7);
  call.erased = row.maybe_instant(8);
  return call;
}

#define SUBMISSION_COLUMNS                                                                         \
  "id, event, code, form_key, state, title, abstract, section, authors, email, language, created, " \
  "confirmed, settled, decision_note, talk, consent_version, consent_purpose, consent_at, consent_channel"

Submission read_submission(const Query& row) {
  Submission one;
  one.id = row.id<SubmissionId>(0);
  one.event = row.id<EventId>(1);
  one.code = row.text(2);
  one.form_key = row.text(3);
  one.state = known(submission_state_of(row.text(4)), "state of a submission");
  one.title = row.text(5);
  one.abstract = row.text(6);
  one.section = row.text(7);
  one.authors = sound(parse_authors_json(row.text(8)));
  one.email = row.text(9);
  one.language = known(language_of(row.text(10)), "language");
  one.created = row.instant(11);
  one.confirmed = row.maybe_instant(12);
  one.settled = row.maybe_instant(13);
  one.decision_note = row.text(14);
  one.talk = row.id<EventId>(15);
  one.consent.version = row.text(16);
  one.consent.purpose = row.text(17);
  one.consent.at = row.instant(18);
  one.consent.channel = row.text(19);
  return one;
}

std::string words_of(const Submission& one) {
  std::string text = one.title + " " + one.email;
  for (const auto& author : one.authors) text += " " + author.name + " " + author.institution;
  return fold(text);
}

#define FILE_COLUMNS "id, submission, name, kind, size, digest, added"

SubmittedFile read_file(const Query& row) {
  SubmittedFile file;
  file.id = row.id<SubmittedFileId>(0);
  file.submission = row.id<SubmissionId>(1);
  file.name = row.text(2);
  file.kind = known(submitted_kind_of(row.text(3)), "kind of file");
  file.size = static_cast<std::size_t>(row.integer(4));
  file.digest = row.text(5);
  file.added = row.instant(6);
  return file;
}

#define REVIEWER_COLUMNS "id, event, code, name, email, language, added"

Reviewer read_reviewer(const Query& row) {
  Reviewer one;
  one.id = row.id<ReviewerId>(0);
  one.event = row.id<EventId>(1);
  one.code = row.text(2);
  one.name = row.text(3);
  one.email = row.text(4);
  one.language = known(language_of(row.text(5)), "language");
  one.added = row.instant(6);
  return one;
}

#define REVIEW_COLUMNS \
  "r.submission, r.reviewer, r.state, r.marks, r.to_author, r.to_organiser, r.asked, r.given"

Review read_review(const Query& row) {
  Review one;
  one.submission = row.id<SubmissionId>(0);
  one.reviewer = row.id<ReviewerId>(1);
  one.state = known(review_state_of(row.text(2)), "state of a review");
  one.marks = sound(parse_marks_json(row.text(3)));
  one.to_author = row.text(4);
  one.to_organiser = row.text(5);
  one.asked = row.instant(6);
  one.given = row.maybe_instant(7);
  return one;
}

std::vector<Review> read_reviews(Query& rows) {
  std::vector<Review> all;
  while (rows.step()) all.push_back(read_review(rows));
  return all;
}

}  // namespace

void SqliteSubmissions::save_call(const Call& call) {
  connection_
      .query("INSERT INTO call_for_papers (" CALL_COLUMNS
             ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)"
             " ON CONFLICT (event) DO UPDATE SET switched_on = excluded.switched_on, opens = excluded.opens,"
             " closes = excluded.closes, first_closes = excluded.first_closes, review_by = excluded.review_by,"
             " settings = excluded.settings, keep_months = excluded.keep_months, erased = excluded.erased")
      .bind(call.event, call.on, call.opens, call.closes, call.first_closes, call.review_by,
            call_settings_json(call), call.keep_months, call.erased)
      .run();
  changes_.append("call", call.event.value, "update");
}

std::optional<Call> SqliteSubmissions::call(EventId event) {
  Query row = connection_.query("SELECT " CALL_COLUMNS " FROM call_for_papers WHERE event = ?1");
  row.bind(event);
  if (!row.step()) return std::nullopt;
  return read_call(row);
}

std::vector<Call> SqliteSubmissions::calls() {
  Query rows =
      connection_.query("SELECT " CALL_COLUMNS " FROM call_for_papers WHERE erased IS NULL ORDER BY event");
  std::vector<Call> calls;
  while (rows.step()) calls.push_back(read_call(rows));
  return calls;
}

SubmissionId SqliteSubmissions::insert(const Submission& one) {
  Query row = connection_.query(
      "INSERT INTO submission (event, code, form_key, state, title, abstract, section, authors, email, words,"
      " language, created, confirmed, settled, decision_note, talk, consent_version, consent_purpose,"
      " consent_at, consent_channel) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15,"
      " ?16, ?17, ?18, ?19, ?20) RETURNING id");
  row.bind(one.event, one.code, one.form_key, name_of(one.state), one.title, one.abstract, one.section,
           authors_json(one.authors), one.email, words_of(one), tag_of(one.language), one.created,
           one.confirmed, one.settled, one.decision_note, one.talk, one.consent.version, one.consent.purpose,
           one.consent.at, one.consent.channel);
  row.step();
  const auto id = row.id<SubmissionId>(0);
  row.run();
  return id;
}

void SqliteSubmissions::update(const Submission& one) {
  const int changed =
      connection_
          .query(
              "UPDATE submission SET code = ?2, state = ?3, title = ?4, abstract = ?5, section = ?6,"
              " authors = ?7, email = ?8, words = ?9, language = ?10, confirmed = ?11, settled = ?12,"
              " decision_note = ?13, talk = ?14 WHERE id = ?1")
          .bind(one.id, one.code, name_of(one.state), one.title, one.abstract, one.section,
                authors_json(one.authors), one.email, words_of(one), tag_of(one.language), one.confirmed,
                one.settled, one.decision_note, one.talk)
          .run();
  if (changed == 0) throw_unknown("submission");
}

std::optional<Submission> SqliteSubmissions::find(SubmissionId id) {
  Query row = connection_.query("SELECT " SUBMISSION_COLUMNS " FROM submission WHERE id = ?1");
  row.bind(id);
  if (!row.step()) return std::nullopt;
  return read_submission(row);
}

std::optional<Submission> SqliteSubmissions::find_by_code(const std::string& code) {
  Query row = connection_.query("SELECT " SUBMISSION_COLUMNS " FROM submission WHERE code = ?1");
  row.bind(code);
  if (!row.step()) return std::nullopt;
  return read_submission(row);
}

bool SqliteSubmissions::has_form(const std::string& form_key) {
  Query row = connection_.query("SELECT 1 FROM submission WHERE form_key = ?1");
  row.bind(form_key);
  return row.step();
}

std::vector<Submission> SqliteSubmissions::list(const SubmissionSelection& selection) {
  std::string sql = "SELECT " SUBMISSION_COLUMNS " FROM submission WHERE event = ?1";
  if (selection.state) sql += " AND state = ?2";
  if (!selection.words.empty()) sql += " AND instr(words, ?3) > 0";
  if (!selection.drafts) sql += " AND state <> 'draft'";
  Query rows = connection_.query(sql + " AND (?4 = '' OR section = ?4) ORDER BY id");
  const auto state = selection.state ? std::optional(name_of(*selection.state)) : std::nullopt;
  rows.bind(selection.event, state, selection.words, selection.section);
  std::vector<Submission> all;
  while (rows.step()) all.push_back(read_submission(rows));
  return all;
}

int SqliteSubmissions::count_of_address(EventId event, const std::string& email) {
  Query row = connection_.query("SELECT count(*) FROM submission WHERE event = ?1 AND email = ?2");
  row.bind(event, email);
  row.step();
  return row.number(0);
}

int SqliteSubmissions::unconfirmed_mails(const std::string& email, Instant since) {
  Query row = connection_.query(
      "SELECT count(*) FROM submission AS s JOIN reminder AS m"
      " ON m.recipient = 'submission:' || s.id AND m.due >= ?2 AND m.state <> 'superseded'"
      " WHERE s.email = ?1 AND s.confirmed IS NULL");
  row.bind(email, since);
  row.step();
  return row.number(0);
}

int SqliteSubmissions::remove_drafts(EventId event, Instant created_before) {
  return connection_
      .query("DELETE FROM submission WHERE event = ?1 AND state = 'draft' AND confirmed IS NULL AND created < ?2")
      .bind(event, created_before)
      .run();
}

SubmittedFileId SqliteSubmissions::insert_file(const SubmittedFile& file, const std::string& bytes) {
  Query row = connection_.query(
      "INSERT INTO submitted_file (submission, name, kind, size, digest, added, bytes)"
      " VALUES (?1, ?2, ?3, ?4, ?5, ?6, CAST(?7 AS BLOB)) RETURNING id");
  row.bind(file.submission, file.name, name_of(file.kind), static_cast<std::int64_t>(file.size), file.digest,
           file.added, bytes);
  row.step();
  const auto id = row.id<SubmittedFileId>(0);
  row.run();
  return id;
}

std::vector<SubmittedFile> SqliteSubmissions::files_of(SubmissionId submission) {
  Query rows =
      connection_.query("SELECT " FILE_COLUMNS " FROM submitted_file WHERE submission = ?1 ORDER BY id");
  rows.bind(submission);
  std::vector<SubmittedFile> files;
  while (rows.step()) files.push_back(read_file(rows));
  return files;
}

std::map<SubmissionId, std::vector<SubmittedFile>> SqliteSubmissions::files_of_event(EventId event) {
  Query rows = connection_.query(
      "SELECT " FILE_COLUMNS
      " FROM submitted_file WHERE submission IN (SELECT id FROM submission WHERE event = ?1) ORDER BY id");
  rows.bind(event);
  std::map<SubmissionId, std::vector<SubmittedFile>> files;
  while (rows.step()) {
    auto file = read_file(rows);
    files[file.submission].push_back(std::move(file));
  }
  return files;
}

std::string SqliteSubmissions::bytes_of(SubmittedFileId file) {
  Query row = connection_.query("SELECT bytes FROM submitted_file WHERE id = ?1");
  row.bind(file);
  return row.step() ? row.text(0) : std::string();
}

bool SqliteSubmissions::remove_file(SubmissionId submission, SubmittedFileId file) {
  return connection_.query("DELETE FROM submitted_file WHERE id = ?1 AND submission = ?2")
             .bind(file, submission)
             .run() > 0;
}

ReviewerId SqliteSubmissions::insert_reviewer(const Reviewer& one) {
  Query row = connection_.query(
      "INSERT INTO reviewer (event, code, name, email, language, added) VALUES (?1, ?2, ?3, ?4, ?5, ?6)"
      " RETURNING id");
  row.bind(one.event, one.code, one.name, one.email, tag_of(one.language), one.added);
  row.step();
  const auto id = row.id<ReviewerId>(0);
  row.run();
  return id;
}

std::optional<Reviewer> SqliteSubmissions::reviewer(ReviewerId id) {
  Query row = connection_.query("SELECT " REVIEWER_COLUMNS " FROM reviewer WHERE id = ?1");
  row.bind(id);
  if (!row.step()) return std::nullopt;
  return read_reviewer(row);
}

std::optional<Reviewer> SqliteSubmissions::reviewer_by_code(const std::string& code) {
  Query row = connection_.query("SELECT " REVIEWER_COLUMNS " FROM reviewer WHERE code = ?1");
  row.bind(code);
  if (!row.step()) return std::nullopt;
  return read_reviewer(row);
}

std::vector<Reviewer> SqliteSubmissions::reviewers_of(EventId event) {
  Query rows = connection_.query("SELECT " REVIEWER_COLUMNS " FROM reviewer WHERE event = ?1 ORDER BY id");
  rows.bind(event);
  std::vector<Reviewer> all;
  while (rows.step()) all.push_back(read_reviewer(rows));
  return all;
}

void SqliteSubmissions::save_review(const Review& one) {
  connection_
      .query(
          "INSERT INTO review (submission, reviewer, state, marks, to_author, to_organiser, asked, given)"
          " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT (submission, reviewer) DO UPDATE SET"
          " state = excluded.state, marks = excluded.marks, to_author = excluded.to_author,"
          " to_organiser = excluded.to_organiser, asked = excluded.asked, given = excluded.given")
      .bind(one.submission, one.reviewer, name_of(one.state), marks_json(one.marks), one.to_author,
            one.to_organiser, one.asked, one.given)
      .run();
}

std::optional<Review> SqliteSubmissions::review(SubmissionId submission, ReviewerId reviewer) {
  Query row = connection_.query("SELECT " REVIEW_COLUMNS
                                " FROM review AS r WHERE submission = ?1 AND reviewer = ?2");
  row.bind(submission, reviewer);
  if (!row.step()) return std::nullopt;
  return read_review(row);
}

bool SqliteSubmissions::remove_review(SubmissionId submission, ReviewerId reviewer) {
  return connection_.query("DELETE FROM review WHERE submission = ?1 AND reviewer = ?2")
             .bind(submission, reviewer)
             .run() > 0;
}

std::vector<Review> SqliteSubmissions::reviews_of(SubmissionId submission) {
  Query rows = connection_.query("SELECT " REVIEW_COLUMNS
                                 " FROM review AS r WHERE submission = ?1 ORDER BY reviewer");
  rows.bind(submission);
  return read_reviews(rows);
}

std::vector<Review> SqliteSubmissions::reviews_by(ReviewerId reviewer) {
  Query rows = connection_.query("SELECT " REVIEW_COLUMNS
                                 " FROM review AS r WHERE reviewer = ?1 ORDER BY submission");
  rows.bind(reviewer);
  return read_reviews(rows);
}

std::vector<Review> SqliteSubmissions::reviews_of_event(EventId event) {
  Query rows = connection_.query(
      "SELECT " REVIEW_COLUMNS
      " FROM review AS r JOIN submission AS s ON s.id = r.submission WHERE s.event = ?1"
      " ORDER BY r.submission, r.reviewer");
  rows.bind(event);
  return read_reviews(rows);
}

int SqliteSubmissions::erase_people(EventId event) {
  connection_
      .query("DELETE FROM submitted_file WHERE submission IN (SELECT id FROM submission WHERE event = ?1)")
      .bind(event)
      .run();
  connection_
      .query("UPDATE review SET to_author = '', to_organiser = '' WHERE submission IN"
             " (SELECT id FROM submission WHERE event = ?1)")
      .bind(event)
      .run();
  connection_.query("UPDATE reviewer SET name = '', email = '' WHERE event = ?1").bind(event).run();
  return connection_
      .query("UPDATE submission SET authors = '[]', email = '', abstract = '', words = '', decision_note = ''"
             " WHERE event = ?1")
      .bind(event)
      .run();
}

void SqliteSubmissions::erase(SubmissionId submission) {
  connection_.query("DELETE FROM submitted_file WHERE submission = ?1").bind(submission).run();
  connection_.query("UPDATE review SET to_author = '', to_organiser = '' WHERE submission = ?1")
      .bind(submission)
      .run();
  connection_
      .query("UPDATE submission SET authors = '[]', email = '', abstract = '', title = '', words = '',"
             " decision_note = '' WHERE id = ?1")
      .bind(submission)
      .run();
}

}  // namespace convoke::db::sqlite
