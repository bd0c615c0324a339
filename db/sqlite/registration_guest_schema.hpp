// The steps of the schema (schema.cpp) that bring files of registration forms, and invitations to register;
// and, later, what is left of those who had their data erased and the numbers of fields that were removed.
#pragma once

#include <string_view>

namespace convoke::db::sqlite {

// `size` stands before `bytes`: sums do not read the files.
inline constexpr std::string_view registration_guest_schema = R"sql(
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
)sql";

// The keys of fields that were removed stand in what people answered.
inline constexpr std::string_view registration_repair_schema = R"sql(
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
)sql";

}  // namespace convoke::db::sqlite
