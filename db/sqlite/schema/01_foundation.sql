-- Organisations, plans and their events, people, reminders, the change log, and keys of programs.
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
