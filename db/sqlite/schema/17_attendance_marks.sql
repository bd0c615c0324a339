-- Whoever was at the door before there were days was there on the first of them.
CREATE TABLE attendance_mark (
  registration INTEGER NOT NULL REFERENCES registration(id) ON DELETE CASCADE,
  day TEXT NOT NULL,                   -- of the event's zone: 2024-11-14
  here INTEGER NOT NULL CHECK (here IN (0, 1)),
  seen INTEGER NOT NULL,
  heard INTEGER NOT NULL,
  PRIMARY KEY (registration, day)
) STRICT, WITHOUT ROWID;
INSERT INTO attendance_mark (registration, day, here, seen, heard)
  SELECT r.id, coalesce(e.period_first, date(coalesce(r.settled, r.submitted), 'unixepoch')), 1,
         coalesce(r.settled, r.submitted), coalesce(r.settled, r.submitted)
  FROM registration AS r LEFT JOIN event AS e ON e.id = r.event WHERE r.state = 'attended';
