-- Certificates. A number is given once: the register counts, and what it gave is never taken back. No
-- reference to the registration: whoever erases it leaves the number behind.
CREATE TABLE certificate_settings (
  event INTEGER PRIMARY KEY,
  awaited INTEGER NOT NULL DEFAULT 0 CHECK (awaited IN (0, 1)),
  hours TEXT NOT NULL DEFAULT '',
  background BLOB NOT NULL DEFAULT x''  -- a JPEG that documents/picture.hpp wrote
) STRICT;

CREATE TABLE certificate_words (
  event INTEGER NOT NULL REFERENCES certificate_settings(event) ON DELETE CASCADE,
  language TEXT NOT NULL CHECK (language IN ('uk', 'be', 'ru', 'en')),
  title TEXT NOT NULL,
  lead TEXT NOT NULL,
  text TEXT NOT NULL,
  signatory TEXT NOT NULL,
  PRIMARY KEY (event, language)
) STRICT, WITHOUT ROWID;

CREATE TABLE certificate_register (
  organisation INTEGER NOT NULL,       -- 0: of none
  year INTEGER NOT NULL,
  last INTEGER NOT NULL CHECK (last > 0),
  PRIMARY KEY (organisation, year)
) STRICT, WITHOUT ROWID;

CREATE TABLE certificate (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  event INTEGER NOT NULL,
  registration INTEGER NOT NULL,
  organisation INTEGER NOT NULL,
  year INTEGER NOT NULL,
  number INTEGER NOT NULL,
  code TEXT NOT NULL,
  language TEXT NOT NULL CHECK (language IN ('uk', 'be', 'ru', 'en')),
  name TEXT NOT NULL,                  -- '': erased
  event_title TEXT NOT NULL,
  place TEXT NOT NULL,
  first_day TEXT NOT NULL,
  last_day TEXT NOT NULL,
  issued INTEGER NOT NULL,
  reissued INTEGER,
  revoked INTEGER
) STRICT;
CREATE UNIQUE INDEX certificate_number ON certificate(organisation, year, number);
CREATE UNIQUE INDEX certificate_code ON certificate(code);
CREATE UNIQUE INDEX certificate_registration ON certificate(registration);
CREATE INDEX certificate_event ON certificate(event);
CREATE TRIGGER certificate_erased AFTER UPDATE OF name ON registration WHEN NEW.name = '' BEGIN
  UPDATE certificate SET name = '' WHERE registration = NEW.id AND name <> '';
END;
CREATE TRIGGER certificate_removed AFTER DELETE ON registration BEGIN
  UPDATE certificate SET name = '' WHERE registration = OLD.id AND name <> '';
END;
