-- The workplace: who may approve, second factors, keys that belong to somebody, the tree of organisations.
ALTER TABLE account ADD COLUMN may_approve INTEGER NOT NULL DEFAULT 0 CHECK (may_approve IN (0, 1));
ALTER TABLE account ADD COLUMN totp TEXT NOT NULL DEFAULT '';           -- base32; '': none in force
ALTER TABLE account ADD COLUMN totp_step INTEGER NOT NULL DEFAULT 0;    -- of the last code taken
ALTER TABLE api_token ADD COLUMN account INTEGER REFERENCES account(id);   -- NULL: the installation's
ALTER TABLE organisation ADD COLUMN parent INTEGER REFERENCES organisation(id);
ALTER TABLE organisation ADD COLUMN tier TEXT NOT NULL DEFAULT 'association'
  CHECK (tier IN ('region', 'association', 'district', 'library'));
CREATE INDEX organisation_parent ON organisation(parent) WHERE parent IS NOT NULL;

CREATE TABLE recovery_code (
  account INTEGER NOT NULL REFERENCES account(id) ON DELETE CASCADE,
  hash TEXT NOT NULL CHECK (length(hash) = 64),
  used INTEGER,
  PRIMARY KEY (account, hash)
) STRICT, WITHOUT ROWID;
