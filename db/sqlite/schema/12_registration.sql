-- Registration. No reference to the event: one that is removed may be put back, and its people with it.
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
