-- What is left of invited people who had their data erased, and the numbers of fields that were removed: their keys stand
-- in what people answered.
CREATE TABLE invitation_kept_away (
  digest TEXT PRIMARY KEY,             -- of the address, keyed (service/invitation_erasure.hpp)
  event INTEGER,                       -- NULL: every event
  at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX invitation_kept_away_event ON invitation_kept_away(event);

ALTER TABLE registration_form ADD COLUMN last_field INTEGER NOT NULL DEFAULT 0;
UPDATE registration_form AS form SET last_field = max(
  coalesce((SELECT max(CAST(substr(json_extract(field.value, '$.key'), 2) AS INTEGER))
            FROM json_each(form.fields) AS field), 0),
  coalesce((SELECT max(CAST(substr(json_extract(answer.value, '$[0]'), 2) AS INTEGER))
            FROM registration AS r, json_each(r.answers) AS answer WHERE r.event = form.event), 0));
