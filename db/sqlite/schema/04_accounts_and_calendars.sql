-- Who may sign in, and what they were given to read with. Of every secret its hash alone.
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
