-- Days that are put to people before an event is dated.
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
