-- What each certificate says besides its own columns. Without a name nobody needs it.
CREATE TABLE certificate_saying (
  certificate INTEGER PRIMARY KEY REFERENCES certificate(id) ON DELETE CASCADE,
  title TEXT NOT NULL,
  lead TEXT NOT NULL,
  text TEXT NOT NULL,
  signatory TEXT NOT NULL,
  hours TEXT NOT NULL,
  association TEXT NOT NULL,
  institution TEXT NOT NULL,
  format TEXT NOT NULL CHECK (format IN ('hall', 'online'))
) STRICT;
CREATE TRIGGER certificate_saying_erased AFTER UPDATE OF name ON certificate WHEN NEW.name = '' BEGIN
  DELETE FROM certificate_saying WHERE certificate = NEW.id;
END;
