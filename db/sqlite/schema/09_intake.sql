-- Bringing a plan in: a document that waits to be looked through, and what was put right before.
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
