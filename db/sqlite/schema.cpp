#include "db/sqlite/attendance_schema.hpp"
#include "db/sqlite/certificate_schema.hpp"
#include "db/sqlite/migrations.hpp"
#include "db/sqlite/registration_guest_schema.hpp"

namespace convoke::db::sqlite {
namespace {

constexpr std::string_view first_schema = R"sql(
CREATE TABLE organisation (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL CHECK (name <> ''),
  name_key TEXT NOT NULL,              -- fold(name)
  zone TEXT NOT NULL,
  language TEXT NOT NULL CHECK (language IN ('uk', 'be', 'ru', 'en')),
  contact TEXT NOT NULL
) STRICT;
CREATE INDEX organisation_name ON organisation(name_key);

CREATE TABLE person (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  organisation INTEGER REFERENCES organisation(id),
  name TEXT NOT NULL CHECK (name <> ''),
  name_key TEXT NOT NULL,              -- name_key(name)
  email TEXT NOT NULL,
  post TEXT NOT NULL,
  language TEXT NOT NULL CHECK (language IN ('uk', 'be', 'ru', 'en'))
) STRICT;
CREATE INDEX person_name ON person(name_key);

CREATE TABLE plan (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  organisation INTEGER REFERENCES organisation(id),
  title TEXT NOT NULL,
  organisation_name TEXT NOT NULL,
  language TEXT NOT NULL,
  year_kind TEXT NOT NULL CHECK (year_kind IN ('calendar', 'academic', 'month')),
  year_first TEXT NOT NULL,
  year_last TEXT NOT NULL CHECK (year_first <= year_last),
  source_name TEXT NOT NULL,
  imported INTEGER NOT NULL
) STRICT;

CREATE TABLE approval (
  plan INTEGER NOT NULL REFERENCES plan(id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  verb TEXT NOT NULL,
  post TEXT NOT NULL,
  name TEXT NOT NULL,
  date TEXT,
  act TEXT NOT NULL,
  PRIMARY KEY (plan, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE preamble (
  plan INTEGER NOT NULL REFERENCES plan(id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  caption TEXT NOT NULL,
  text TEXT NOT NULL,
  PRIMARY KEY (plan, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE event (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  uid TEXT NOT NULL UNIQUE CHECK (uid <> ''),
  plan INTEGER REFERENCES plan(id),
  organisation INTEGER REFERENCES organisation(id),
  position INTEGER NOT NULL,
  section TEXT NOT NULL,
  number TEXT NOT NULL,
  title TEXT NOT NULL,
  kind TEXT NOT NULL,
  involvement TEXT NOT NULL CHECK (involvement IN ('host', 'participate')),
  status TEXT NOT NULL CHECK (status IN ('planned', 'dated', 'held', 'moved', 'cancelled')),
  period_precision TEXT NOT NULL,
  period_first TEXT,                   -- 2024-11-14
  period_last TEXT,
  period_time INTEGER CHECK (period_time BETWEEN 0 AND 1439),          -- minutes after midnight
  period_end_time INTEGER CHECK (period_end_time BETWEEN 0 AND 1439),
  period_deadline INTEGER NOT NULL CHECK (period_deadline IN (0, 1)),
  period_recurrence TEXT,              -- JSON, see period_columns.hpp
  period_source TEXT NOT NULL,
  zone TEXT NOT NULL,
  place TEXT NOT NULL,
  online_url TEXT NOT NULL,
  note TEXT NOT NULL,
  description TEXT NOT NULL,
  responsible_text TEXT NOT NULL,
  sequence INTEGER NOT NULL CHECK (sequence >= 0),
  created INTEGER NOT NULL,            -- seconds of UTC, as every instant here
  modified INTEGER NOT NULL,
  CHECK (period_first <= period_last)
) STRICT;
CREATE INDEX event_plan ON event(plan, position);

CREATE TABLE event_responsible (
  event INTEGER NOT NULL REFERENCES event(id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  person INTEGER REFERENCES person(id),
  name TEXT NOT NULL,
  post TEXT NOT NULL,
  organisation TEXT NOT NULL,
  PRIMARY KEY (event, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX event_responsible_person ON event_responsible(person) WHERE person IS NOT NULL;

CREATE TABLE agenda_item (
  event INTEGER NOT NULL REFERENCES event(id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  text TEXT NOT NULL,
  PRIMARY KEY (event, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE change_log (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  at INTEGER NOT NULL,
  author TEXT NOT NULL,
  entity TEXT NOT NULL,
  entity_id INTEGER NOT NULL,
  action TEXT NOT NULL CHECK (action IN ('insert', 'update', 'remove')),
  unit INTEGER NOT NULL CHECK (unit <= number)
) STRICT;
CREATE INDEX change_log_entity ON change_log(entity, entity_id);
CREATE INDEX change_log_kind ON change_log(entity);

CREATE TABLE reminder (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  event INTEGER NOT NULL REFERENCES event(id) ON DELETE CASCADE,
  occurrence TEXT NOT NULL,
  rule TEXT NOT NULL,
  recipient TEXT NOT NULL,
  reason TEXT NOT NULL,
  due INTEGER NOT NULL,
  expires INTEGER NOT NULL,
  event_sequence INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('planned', 'sending', 'sent', 'failed', 'missed', 'superseded')),
  message_id TEXT NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0 CHECK (attempts >= 0),
  next_attempt INTEGER,
  lease_until INTEGER,
  claimed_by TEXT NOT NULL DEFAULT '',
  last_error TEXT NOT NULL DEFAULT '',
  settled INTEGER,
  wake INTEGER NOT NULL GENERATED ALWAYS AS (max(due, coalesce(next_attempt, due))) VIRTUAL,
  UNIQUE (event, occurrence, rule, recipient),
  CHECK (state <> 'sending' OR (lease_until IS NOT NULL AND claimed_by <> ''))
) STRICT;
CREATE INDEX reminder_wake ON reminder(state, wake);
CREATE INDEX reminder_due ON reminder(due);

CREATE TABLE api_token (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL,
  hash TEXT NOT NULL UNIQUE CHECK (hash <> ''),
  scope TEXT NOT NULL CHECK (scope IN ('read', 'write')),
  created INTEGER NOT NULL,
  last_used INTEGER,
  revoked INTEGER
) STRICT;
)sql";

// What the document said of an event, so that reading it again leaves people's changes alone.
constexpr std::string_view second_schema = R"sql(
ALTER TABLE event ADD COLUMN as_read TEXT;  -- JSON, see row_column.hpp; NULL: not from a document
)sql";

// What an event is for and belongs to, and the days of a series that differ.
constexpr std::string_view third_schema = R"sql(
ALTER TABLE event ADD COLUMN level TEXT;        -- NULL: not said
ALTER TABLE event ADD COLUMN audience TEXT;     -- JSON, see event_columns.hpp, as the next two; NULL: none
ALTER TABLE event ADD COLUMN parent INTEGER REFERENCES event(id);
ALTER TABLE event ADD COLUMN image_url TEXT NOT NULL DEFAULT '';
ALTER TABLE event ADD COLUMN contact TEXT NOT NULL DEFAULT '';
ALTER TABLE event ADD COLUMN attachments TEXT;
ALTER TABLE event ADD COLUMN overrides TEXT;
ALTER TABLE event ADD COLUMN source INTEGER;    -- NULL: our own
CREATE INDEX event_parent ON event(parent) WHERE parent IS NOT NULL;
CREATE INDEX event_source ON event(source) WHERE source IS NOT NULL;
)sql";

// Who may sign in, and what they were given to read with. Of every secret its hash alone.
constexpr std::string_view fourth_schema = R"sql(
CREATE TABLE account (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  login TEXT NOT NULL UNIQUE CHECK (login <> ''),
  name TEXT NOT NULL CHECK (name <> ''),
  person INTEGER REFERENCES person(id),
  organisation INTEGER REFERENCES organisation(id),
  role TEXT NOT NULL CHECK (role IN ('member', 'organiser', 'administrator')),
  password TEXT NOT NULL,              -- Argon2id, as libsodium writes it; empty: none
  language TEXT NOT NULL CHECK (language IN ('uk', 'be', 'ru', 'en')),
  created INTEGER NOT NULL,
  closed INTEGER
) STRICT;

CREATE TABLE session (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  account INTEGER NOT NULL REFERENCES account(id) ON DELETE CASCADE,
  hash TEXT NOT NULL UNIQUE CHECK (length(hash) = 64),
  created INTEGER NOT NULL,
  last_seen INTEGER NOT NULL,
  agent TEXT NOT NULL
) STRICT;
CREATE INDEX session_account ON session(account);

CREATE TABLE one_time_link (
  hash TEXT NOT NULL PRIMARY KEY CHECK (length(hash) = 64),
  purpose TEXT NOT NULL CHECK (purpose <> ''),
  account INTEGER REFERENCES account(id) ON DELETE CASCADE,
  created INTEGER NOT NULL,
  expires INTEGER NOT NULL,
  used INTEGER
) STRICT, WITHOUT ROWID;

CREATE TABLE personal_calendar (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  account INTEGER NOT NULL REFERENCES account(id) ON DELETE CASCADE,
  scope TEXT NOT NULL CHECK (scope IN ('responsible', 'association', 'registrations')),
  name TEXT NOT NULL CHECK (name <> ''),
  query TEXT NOT NULL,
  hash TEXT NOT NULL UNIQUE CHECK (length(hash) = 64),
  created INTEGER NOT NULL,
  last_read INTEGER,
  last_reader TEXT NOT NULL,
  revoked INTEGER
) STRICT;
CREATE INDEX personal_calendar_account ON personal_calendar(account);

CREATE TABLE attendance (
  account INTEGER NOT NULL REFERENCES account(id) ON DELETE CASCADE,
  event INTEGER NOT NULL REFERENCES event(id) ON DELETE CASCADE,
  since INTEGER NOT NULL,
  PRIMARY KEY (account, event)
) STRICT, WITHOUT ROWID;
CREATE INDEX attendance_event ON attendance(event);
)sql";

// Neighbours' calendars.
constexpr std::string_view fifth_schema = R"sql(
CREATE TABLE source (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  organisation INTEGER REFERENCES organisation(id),
  name TEXT NOT NULL CHECK (name <> ''),
  url TEXT NOT NULL,                   -- '': an uploaded file
  every INTEGER NOT NULL CHECK (every >= 15),   -- minutes
  shared INTEGER NOT NULL CHECK (shared IN (0, 1)),
  created INTEGER NOT NULL,
  last_try INTEGER,
  last_good INTEGER,
  next_try INTEGER,
  trouble TEXT NOT NULL,
  last_error TEXT NOT NULL,
  failures INTEGER NOT NULL CHECK (failures >= 0),
  broken_since INTEGER,
  told INTEGER,
  etag TEXT NOT NULL,
  last_modified TEXT NOT NULL,
  digest TEXT NOT NULL,
  events INTEGER NOT NULL CHECK (events >= 0),
  left_out INTEGER NOT NULL CHECK (left_out >= 0),
  removed INTEGER
) STRICT;
CREATE INDEX source_next ON source(next_try) WHERE next_try IS NOT NULL AND removed IS NULL;

CREATE TABLE source_entry (
  source INTEGER NOT NULL REFERENCES source(id) ON DELETE CASCADE,
  foreign_uid TEXT NOT NULL CHECK (foreign_uid <> ''),
  event INTEGER NOT NULL UNIQUE REFERENCES event(id) ON DELETE CASCADE,
  PRIMARY KEY (source, foreign_uid)
) STRICT, WITHOUT ROWID;
)sql";

// Control of execution. The queue is made anew: a mail need not be about one event, and a row says whether it
// is being tried again.
constexpr std::string_view sixth_schema = R"sql(
ALTER TABLE person ADD COLUMN rhythm TEXT NOT NULL DEFAULT 'each'
  CHECK (rhythm IN ('each', 'daily', 'weekly'));
CREATE INDEX person_email ON person(lower(email)) WHERE email <> '';

CREATE TABLE new_reminder (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  event INTEGER REFERENCES event(id) ON DELETE CASCADE,   -- NULL: about no single event
  occurrence TEXT NOT NULL,
  rule TEXT NOT NULL,
  recipient TEXT NOT NULL,
  reason TEXT NOT NULL,
  due INTEGER NOT NULL,
  expires INTEGER NOT NULL,
  event_sequence INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('planned', 'claimed', 'sent', 'retrying', 'failed', 'missed',
                                       'superseded')),
  message_id TEXT NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0 CHECK (attempts >= 0),
  next_attempt INTEGER,
  lease_until INTEGER,
  claimed_by TEXT NOT NULL DEFAULT '',
  last_error TEXT NOT NULL DEFAULT '',
  settled INTEGER,
  wake INTEGER NOT NULL GENERATED ALWAYS AS (max(due, coalesce(next_attempt, due))) VIRTUAL,
  CHECK (state <> 'claimed' OR (lease_until IS NOT NULL AND claimed_by <> ''))
) STRICT;
INSERT INTO new_reminder (id, event, occurrence, rule, recipient, reason, due, expires, event_sequence, state,
    message_id, attempts, next_attempt, lease_until, claimed_by, last_error, settled)
  SELECT id, event, occurrence, rule, recipient, reason, due, expires, event_sequence,
    CASE state WHEN 'sending' THEN 'claimed' ELSE state END,
    message_id, attempts, next_attempt, lease_until, claimed_by, last_error, settled FROM reminder;
DROP TABLE reminder;
ALTER TABLE new_reminder RENAME TO reminder;
CREATE UNIQUE INDEX reminder_key ON reminder(coalesce(event, 0), occurrence, rule, recipient);
CREATE INDEX reminder_event ON reminder(event) WHERE event IS NOT NULL;
CREATE INDEX reminder_wake ON reminder(state, wake);
CREATE INDEX reminder_due ON reminder(due);
CREATE INDEX reminder_recipient ON reminder(recipient, due);
CREATE INDEX reminder_message ON reminder(message_id);

CREATE TABLE delivery_attempt (
  reminder INTEGER NOT NULL REFERENCES reminder(id) ON DELETE CASCADE,
  number INTEGER NOT NULL,
  at INTEGER NOT NULL,
  outcome TEXT NOT NULL CHECK (outcome IN ('delivered', 'retry_later', 'refused', 'unknown')),
  reply TEXT NOT NULL,
  PRIMARY KEY (reminder, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE mail_copy (
  reminder INTEGER PRIMARY KEY REFERENCES reminder(id) ON DELETE CASCADE,
  recipient TEXT NOT NULL,
  subject TEXT NOT NULL,
  text TEXT NOT NULL,
  html TEXT NOT NULL
) STRICT;

CREATE TABLE address_trouble (
  address TEXT PRIMARY KEY CHECK (address = lower(address)),
  since INTEGER NOT NULL,
  status TEXT NOT NULL,
  why TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE roster (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  organisation INTEGER REFERENCES organisation(id),
  kind TEXT NOT NULL CHECK (kind IN ('office', 'group')),
  name TEXT NOT NULL CHECK (name <> ''),
  duty TEXT NOT NULL CHECK (duty IN ('none', 'section_head', 'chair')),
  section TEXT NOT NULL
) STRICT;

CREATE TABLE tenure (
  roster INTEGER NOT NULL REFERENCES roster(id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  person INTEGER NOT NULL REFERENCES person(id),
  first TEXT,
  last TEXT,
  PRIMARY KEY (roster, position),
  CHECK (first <= last)
) STRICT, WITHOUT ROWID;
CREATE INDEX tenure_person ON tenure(person);

CREATE TABLE absence (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  person INTEGER NOT NULL REFERENCES person(id),
  first TEXT NOT NULL,
  last TEXT NOT NULL,
  deputy INTEGER REFERENCES person(id),
  CHECK (first <= last)
) STRICT;
CREATE INDEX absence_person ON absence(person);

CREATE TABLE rule_set (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  organisation INTEGER REFERENCES organisation(id),
  plan INTEGER REFERENCES plan(id) ON DELETE CASCADE,
  kind TEXT,
  event INTEGER REFERENCES event(id) ON DELETE CASCADE,
  rules TEXT NOT NULL,                 -- JSON, see rule_column.hpp
  quiet_from INTEGER NOT NULL CHECK (quiet_from BETWEEN 0 AND 1439),   -- minutes after midnight
  quiet_to INTEGER NOT NULL CHECK (quiet_to BETWEEN 0 AND 1439),
  on_days_off INTEGER NOT NULL CHECK (on_days_off IN (0, 1)),
  country TEXT NOT NULL,
  CHECK ((plan IS NOT NULL) + (kind IS NOT NULL) + (event IS NOT NULL) <= 1)
) STRICT;
CREATE UNIQUE INDEX rule_set_scope
  ON rule_set(coalesce(organisation, 0), coalesce(plan, 0), coalesce(kind, ''), coalesce(event, 0));

CREATE TABLE answer (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  event INTEGER NOT NULL REFERENCES event(id) ON DELETE CASCADE,
  occurrence TEXT NOT NULL,
  who TEXT NOT NULL,
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  note TEXT NOT NULL,
  new_date TEXT,
  new_time INTEGER CHECK (new_time BETWEEN 0 AND 1439),
  new_period TEXT NOT NULL,
  recipient INTEGER REFERENCES person(id),   -- of hand_over
  sequence INTEGER NOT NULL,
  at INTEGER NOT NULL,
  channel TEXT NOT NULL CHECK (channel IN ('link', 'calendar', 'page', 'api')),
  decision TEXT NOT NULL CHECK (decision IN ('none', 'pending', 'approved', 'declined')),
  decided_by TEXT NOT NULL,
  decided INTEGER,
  decision_note TEXT NOT NULL
) STRICT;
CREATE INDEX answer_event ON answer(event);
CREATE INDEX answer_at ON answer(at);
CREATE INDEX answer_pending ON answer(id) WHERE decision = 'pending';

CREATE TABLE mail_template (
  organisation INTEGER NOT NULL,       -- 0: of all
  reason TEXT NOT NULL,
  language TEXT NOT NULL CHECK (language IN ('uk', 'be', 'ru', 'en')),
  subject TEXT NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (organisation, reason, language)
) STRICT, WITHOUT ROWID;

CREATE TABLE subscriber (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  email TEXT NOT NULL CHECK (email <> ''),
  language TEXT NOT NULL CHECK (language IN ('uk', 'be', 'ru', 'en')),
  query TEXT NOT NULL,
  rhythm TEXT NOT NULL CHECK (rhythm IN ('each', 'daily', 'weekly')),
  created INTEGER NOT NULL,
  confirmed INTEGER,
  ended INTEGER,
  told INTEGER NOT NULL,
  next INTEGER
) STRICT;
CREATE INDEX subscriber_email ON subscriber(lower(email));
CREATE INDEX subscriber_next ON subscriber(next) WHERE ended IS NULL AND confirmed IS NOT NULL;

CREATE TABLE webhook (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  organisation INTEGER REFERENCES organisation(id),
  name TEXT NOT NULL CHECK (name <> ''),
  url TEXT NOT NULL CHECK (url <> ''),
  secret TEXT NOT NULL,
  created INTEGER NOT NULL,
  removed INTEGER
) STRICT;

CREATE TABLE secret (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL CHECK (value <> '')
) STRICT, WITHOUT ROWID;
)sql";

// The workplace: who may approve, second factors, keys that belong to somebody, the tree of organisations.
constexpr std::string_view seventh_schema = R"sql(
ALTER TABLE account ADD COLUMN may_approve INTEGER NOT NULL DEFAULT 0 CHECK (may_approve IN (0, 1));
ALTER TABLE account ADD COLUMN totp TEXT NOT NULL DEFAULT '';           -- base32; '': none in force
ALTER TABLE account ADD COLUMN totp_step INTEGER NOT NULL DEFAULT 0;    -- of the last code taken
ALTER TABLE api_token ADD COLUMN account INTEGER REFERENCES account(id);   -- NULL: the installation's
ALTER TABLE organisation ADD COLUMN parent INTEGER REFERENCES organisation(id);
ALTER TABLE organisation ADD COLUMN tier TEXT NOT NULL DEFAULT 'association'
  CHECK (tier IN ('region', 'association', 'district', 'library'));
CREATE INDEX organisation_parent ON organisation(parent) WHERE parent IS NOT NULL;

CREATE TABLE recovery_code (
  account INTEGER NOT NULL REFERENCES account(id) ON DELETE CASCADE,
  hash TEXT NOT NULL CHECK (length(hash) = 64),
  used INTEGER,
  PRIMARY KEY (account, hash)
) STRICT, WITHOUT ROWID;
)sql";

// A plan that people write: every edit with what was before it, and its versions.
constexpr std::string_view eighth_schema = R"sql(
CREATE TABLE plan_edit (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  plan INTEGER NOT NULL REFERENCES plan(id) ON DELETE CASCADE,
  at INTEGER NOT NULL,
  author TEXT NOT NULL,
  name TEXT NOT NULL,                  -- of whoever did it, as pages show it
  what TEXT NOT NULL,
  subject TEXT NOT NULL,
  count INTEGER NOT NULL,              -- of rows
  rows TEXT NOT NULL,                  -- JSON: each row before and after
  undone INTEGER
) STRICT;
CREATE INDEX plan_edit_plan ON plan_edit(plan, id);

CREATE TABLE plan_version (
  plan INTEGER NOT NULL REFERENCES plan(id) ON DELETE CASCADE,
  number INTEGER NOT NULL CHECK (number > 0),
  at INTEGER NOT NULL,
  author TEXT NOT NULL,
  name TEXT NOT NULL,
  reason TEXT NOT NULL,
  body TEXT NOT NULL,                  -- JSON: the plan as it was
  PRIMARY KEY (plan, number)
) STRICT, WITHOUT ROWID;
)sql";

// Bringing a plan in: a document that waits to be looked through, and what was put right before.
constexpr std::string_view ninth_schema = R"sql(
CREATE TABLE intake (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  account INTEGER NOT NULL REFERENCES account(id) ON DELETE CASCADE,
  organisation INTEGER REFERENCES organisation(id),  -- NULL: the one that the document names
  file_name TEXT NOT NULL,
  bytes BLOB NOT NULL,                 -- as uploaded; empty: made from a stored plan
  zone TEXT NOT NULL,
  draft TEXT NOT NULL,                 -- JSON: what was read, and what people put right of it
  created INTEGER NOT NULL,
  expires INTEGER NOT NULL,
  committed INTEGER                    -- the plan it became
) STRICT;
CREATE INDEX intake_account ON intake(account);
CREATE INDEX intake_expires ON intake(expires);

CREATE TABLE correction (
  organisation INTEGER NOT NULL REFERENCES organisation(id) ON DELETE CASCADE,
  field TEXT NOT NULL CHECK (field IN ('kind', 'period', 'person')),
  raw TEXT NOT NULL,                   -- folded
  value TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (organisation, field, raw)
) STRICT, WITHOUT ROWID;
)sql";

// What people search by, and what came of an event. The words are folded by the program: it fills the table
// after this step (migrate()).
constexpr std::string_view tenth_schema = R"sql(
ALTER TABLE event ADD COLUMN attended INTEGER CHECK (attended >= 0);
ALTER TABLE event ADD COLUMN outcome TEXT NOT NULL DEFAULT '';
ALTER TABLE event ADD COLUMN minutes_url TEXT NOT NULL DEFAULT '';
CREATE VIRTUAL TABLE event_words USING fts5(title, people, place, rest, tokenize = "unicode61 remove_diacritics 0");
)sql";

// Days that are put to people before an event is dated.
constexpr std::string_view eleventh_schema = R"sql(
CREATE TABLE poll (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  event INTEGER NOT NULL REFERENCES event(id) ON DELETE CASCADE,
  note TEXT NOT NULL,
  opened INTEGER NOT NULL,
  deadline INTEGER NOT NULL,
  closed INTEGER,
  reminded INTEGER,
  winner INTEGER CHECK (winner >= 0),  -- the position of a poll_day
  keeper TEXT NOT NULL,                -- a recipient key
  keeper_name TEXT NOT NULL
) STRICT;
CREATE INDEX poll_event ON poll(event);

CREATE TABLE poll_day (
  poll INTEGER NOT NULL REFERENCES poll(id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  day TEXT NOT NULL,
  time INTEGER,
  end_time INTEGER,
  PRIMARY KEY (poll, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE poll_voice (
  poll INTEGER NOT NULL REFERENCES poll(id) ON DELETE CASCADE,
  who TEXT NOT NULL,                   -- a recipient key
  position INTEGER NOT NULL,
  name TEXT NOT NULL,
  answered INTEGER,
  choices TEXT NOT NULL,               -- a letter a day: n, i, y; empty until answered
  note TEXT NOT NULL,
  PRIMARY KEY (poll, who)
) STRICT, WITHOUT ROWID;
)sql";

// Registration. No reference to the event: one that is removed may be put back, and its people with it.
constexpr std::string_view twelfth_schema = R"sql(
CREATE TABLE registration_form (
  event INTEGER PRIMARY KEY,
  switched_on INTEGER NOT NULL CHECK (switched_on IN (0, 1)),
  opens INTEGER,
  closes INTEGER,
  first_closes INTEGER,
  moderated INTEGER NOT NULL CHECK (moderated IN (0, 1)),
  waiting_list INTEGER NOT NULL CHECK (waiting_list IN (0, 1)),
  fields TEXT NOT NULL,                -- JSON, see registration_columns.hpp
  consent TEXT NOT NULL,               -- JSON: a text a language
  keep_months INTEGER NOT NULL CHECK (keep_months > 0),
  queued INTEGER NOT NULL DEFAULT 0,   -- the last number of the waiting list
  told TEXT NOT NULL DEFAULT '',
  erased INTEGER,
  join_url TEXT NOT NULL
) STRICT;

CREATE TABLE registration_places (
  event INTEGER NOT NULL REFERENCES registration_form(event) ON DELETE CASCADE,
  format TEXT NOT NULL CHECK (format IN ('hall', 'online')),
  offered INTEGER NOT NULL CHECK (offered IN (0, 1)),
  places INTEGER CHECK (places >= 0),  -- NULL: as many as come
  taken INTEGER NOT NULL DEFAULT 0 CHECK (taken >= 0),
  PRIMARY KEY (event, format),
  CHECK (taken <= places)
) STRICT, WITHOUT ROWID;

CREATE TABLE registration (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  event INTEGER NOT NULL,
  code TEXT NOT NULL,
  party TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('submitted', 'pending', 'waiting', 'registered', 'attended', 'cancelled',
                                       'lapsed', 'refused')),
  format TEXT NOT NULL CHECK (format IN ('hall', 'online')),
  holds_place INTEGER NOT NULL CHECK (holds_place IN (0, 1)),
  name TEXT NOT NULL,
  email TEXT NOT NULL,
  institution TEXT NOT NULL,
  words TEXT NOT NULL,                 -- folded: what people search by
  language TEXT NOT NULL CHECK (language IN ('uk', 'be', 'ru', 'en')),
  answers TEXT NOT NULL,               -- JSON
  queued INTEGER NOT NULL,
  submitted INTEGER NOT NULL,
  confirmed INTEGER,
  settled INTEGER,
  held_until INTEGER,
  consent_version TEXT NOT NULL,
  consent_purpose TEXT NOT NULL,
  consent_at INTEGER NOT NULL,
  consent_channel TEXT NOT NULL,
  CHECK (holds_place = 1 OR state NOT IN ('registered', 'attended')),
  CHECK (holds_place = 0 OR state NOT IN ('waiting', 'cancelled', 'lapsed', 'refused'))
) STRICT;
CREATE UNIQUE INDEX registration_code ON registration(code);
CREATE INDEX registration_event ON registration(event, email);
CREATE INDEX registration_email ON registration(email);
CREATE INDEX registration_party ON registration(party);
CREATE INDEX registration_queue ON registration(event, format, queued) WHERE state = 'waiting';
CREATE INDEX registration_held ON registration(held_until) WHERE state = 'submitted';
)sql";

// Programmes of conferences. No reference to the event: one that is removed may be put back.
constexpr std::string_view programme_schema = R"sql(
CREATE TABLE programme (
  event INTEGER PRIMARY KEY,
  version INTEGER NOT NULL CHECK (version > 0),
  body TEXT NOT NULL                   -- JSON, see programmes.hpp
) STRICT;
)sql";

// Calls for papers and entries. No reference to the event, as above.
constexpr std::string_view submission_schema = R"sql(
CREATE TABLE call_for_papers (
  event INTEGER PRIMARY KEY,
  switched_on INTEGER NOT NULL CHECK (switched_on IN (0, 1)),
  opens INTEGER,
  closes INTEGER,
  first_closes INTEGER,
  review_by INTEGER,
  settings TEXT NOT NULL,              -- JSON, see submission_columns.hpp
  keep_months INTEGER NOT NULL CHECK (keep_months > 0),
  erased INTEGER
) STRICT;

CREATE TABLE submission (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  event INTEGER NOT NULL,
  code TEXT NOT NULL,
  form_key TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('draft', 'submitted', 'in_review', 'revise', 'resubmitted', 'accepted',
                                       'rejected', 'withdrawn')),
  title TEXT NOT NULL,
  abstract TEXT NOT NULL,
  section TEXT NOT NULL,
  authors TEXT NOT NULL,               -- JSON
  email TEXT NOT NULL,
  words TEXT NOT NULL,                 -- folded: what people search by
  language TEXT NOT NULL CHECK (language IN ('uk', 'be', 'ru', 'en')),
  created INTEGER NOT NULL,
  confirmed INTEGER,
  settled INTEGER,
  decision_note TEXT NOT NULL,
  talk INTEGER,                        -- the event in the programme
  consent_version TEXT NOT NULL,
  consent_purpose TEXT NOT NULL,
  consent_at INTEGER NOT NULL,
  consent_channel TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX submission_code ON submission(code);
CREATE UNIQUE INDEX submission_form ON submission(form_key);
CREATE INDEX submission_event ON submission(event, email);
CREATE INDEX submission_email ON submission(email);

CREATE TABLE submitted_file (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  submission INTEGER NOT NULL REFERENCES submission(id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('pdf', 'docx', 'odt', 'pptx', 'jpg', 'png')),
  size INTEGER NOT NULL,
  digest TEXT NOT NULL,
  added INTEGER NOT NULL,
  bytes BLOB NOT NULL
) STRICT;
CREATE INDEX submitted_file_submission ON submitted_file(submission);

CREATE TABLE reviewer (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  event INTEGER NOT NULL,
  code TEXT NOT NULL,
  name TEXT NOT NULL,
  email TEXT NOT NULL,
  language TEXT NOT NULL CHECK (language IN ('uk', 'be', 'ru', 'en')),
  added INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX reviewer_code ON reviewer(code);
CREATE INDEX reviewer_event ON reviewer(event, email);

CREATE TABLE review (
  submission INTEGER NOT NULL REFERENCES submission(id) ON DELETE CASCADE,
  reviewer INTEGER NOT NULL REFERENCES reviewer(id) ON DELETE CASCADE,
  state TEXT NOT NULL CHECK (state IN ('asked', 'given', 'conflict')),
  marks TEXT NOT NULL,                 -- JSON
  to_author TEXT NOT NULL,
  to_organiser TEXT NOT NULL,
  asked INTEGER NOT NULL,
  given INTEGER,
  PRIMARY KEY (submission, reviewer)
) STRICT, WITHOUT ROWID;
CREATE INDEX review_reviewer ON review(reviewer);
)sql";

constexpr std::string_view plan_zone_schema = R"sql(
ALTER TABLE plan ADD COLUMN zone TEXT NOT NULL DEFAULT '';  -- of rows to come; '': as the rows have it
)sql";

}  // namespace

const std::vector<std::string_view>& migration_steps() {
  static const std::vector<std::string_view> steps = {first_schema,
                                                      second_schema,
                                                      third_schema,
                                                      fourth_schema,
                                                      fifth_schema,
                                                      sixth_schema,
                                                      seventh_schema,
                                                      eighth_schema,
                                                      ninth_schema,
                                                      tenth_schema,
                                                      eleventh_schema,
                                                      twelfth_schema,
                                                      programme_schema,
                                                      submission_schema,
                                                      certificate_schema,
                                                      certificate_saying_schema,
                                                      attendance_mark_schema,
                                                      registration_guest_schema,
                                                      registration_repair_schema,
                                                      plan_zone_schema};
  return steps;
}

}  // namespace convoke::db::sqlite
