-- Calls for papers and entries. No reference to the event, as above.
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
