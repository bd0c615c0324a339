-- Programmes of conferences. No reference to the event: one that is removed may be put back.
CREATE TABLE programme (
  event INTEGER PRIMARY KEY,
  version INTEGER NOT NULL CHECK (version > 0),
  body TEXT NOT NULL                   -- JSON, see programmes.hpp
) STRICT;
