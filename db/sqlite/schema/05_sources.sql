-- Neighbours' calendars.
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
