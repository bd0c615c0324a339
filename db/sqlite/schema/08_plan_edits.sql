-- A plan that people write: every edit with what was before it, and its versions.
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
