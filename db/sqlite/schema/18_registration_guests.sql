-- Files of registration forms, and invitations to register.
-- `size` stands before `bytes`: sums do not read the files.
CREATE TABLE registration_file (
  registration INTEGER NOT NULL REFERENCES registration(id) ON DELETE CASCADE,
  field TEXT NOT NULL,
  name TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('pdf', 'docx', 'odt', 'pptx', 'jpg', 'png')),
  size INTEGER NOT NULL CHECK (size > 0),
  digest TEXT NOT NULL,
  added INTEGER NOT NULL,
  bytes BLOB NOT NULL,
  PRIMARY KEY (registration, field)
) STRICT;

CREATE TABLE registration_invitation (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  event INTEGER NOT NULL,
  code TEXT NOT NULL,
  person INTEGER,                      -- NULL: an address that was entered
  name TEXT NOT NULL,
  email TEXT NOT NULL,                 -- '': erased
  institution TEXT NOT NULL,
  language TEXT NOT NULL CHECK (language IN ('uk', 'be', 'ru', 'en')),
  invited INTEGER NOT NULL,
  reminded INTEGER,
  declined INTEGER,
  registration INTEGER                 -- that the link made
) STRICT;
CREATE UNIQUE INDEX registration_invitation_code ON registration_invitation(code);
CREATE UNIQUE INDEX registration_invitation_address ON registration_invitation(event, email) WHERE email <> '';
CREATE INDEX registration_invitation_event ON registration_invitation(event);

CREATE TABLE invitation_opt_out (
  email TEXT PRIMARY KEY,
  at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
