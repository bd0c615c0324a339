-- Control of execution. The queue is made anew: a mail need not be about one event, and a row says whether it
-- is being tried again.
ALTER TABLE person ADD COLUMN rhythm TEXT NOT NULL DEFAULT 'each'
  CHECK (rhythm IN ('each', 'daily', 'weekly'));
CREATE INDEX person_email ON person(lower(email)) WHERE email <> '';

CREATE TABLE new_reminder (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  event INTEGER REFERENCES event(id) ON DELETE CASCADE,   -- NULL: about no single event
  occurrence TEXT NOT NULL,
  rule TEXT NOT NULL,
  recipient TEXT NOT NULL,
  reason TEXT NOT NULL,
  due INTEGER NOT NULL,
  expires INTEGER NOT NULL,
  event_sequence INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('planned', 'claimed', 'sent', 'retrying', 'failed', 'missed',
                                       'superseded')),
  message_id TEXT NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0 CHECK (attempts >= 0),
  next_attempt INTEGER,
  lease_until INTEGER,
  claimed_by TEXT NOT NULL DEFAULT '',
  last_error TEXT NOT NULL DEFAULT '',
  settled INTEGER,
  wake INTEGER NOT NULL GENERATED ALWAYS AS (max(due, coalesce(next_attempt, due))) VIRTUAL,
  CHECK (state <> 'claimed' OR (lease_until IS NOT NULL AND claimed_by <> ''))
) STRICT;
INSERT INTO new_reminder (id, event, occurrence, rule, recipient, reason, due, expires, event_sequence, state,
    message_id, attempts, next_attempt, lease_until, claimed_by, last_error, settled)
  SELECT id, event, occurrence, rule, recipient, reason, due, expires, event_sequence,
    CASE state WHEN 'sending' THEN 'claimed' ELSE state END,
    message_id, attempts, next_attempt, lease_until, claimed_by, last_error, settled FROM reminder;
DROP TABLE reminder;
ALTER TABLE new_reminder RENAME TO reminder;
CREATE UNIQUE INDEX reminder_key ON reminder(coalesce(event, 0), occurrence, rule, recipient);
CREATE INDEX reminder_event ON reminder(event) WHERE event IS NOT NULL;
CREATE INDEX reminder_wake ON reminder(state, wake);
CREATE INDEX reminder_due ON reminder(due);
CREATE INDEX reminder_recipient ON reminder(recipient, due);
CREATE INDEX reminder_message ON reminder(message_id);

CREATE TABLE delivery_attempt (
  reminder INTEGER NOT NULL REFERENCES reminder(id) ON DELETE CASCADE,
  number INTEGER NOT NULL,
  at INTEGER NOT NULL,
  outcome TEXT NOT NULL CHECK (outcome IN ('delivered', 'retry_later', 'refused', 'unknown')),
  reply TEXT NOT NULL,
  PRIMARY KEY (reminder, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE mail_copy (
  reminder INTEGER PRIMARY KEY REFERENCES reminder(id) ON DELETE CASCADE,
  recipient TEXT NOT NULL,
  subject TEXT NOT NULL,
  text TEXT NOT NULL,
  html TEXT NOT NULL
) STRICT;

CREATE TABLE address_trouble (
  address TEXT PRIMARY KEY CHECK (address = lower(address)),
  since INTEGER NOT NULL,
  status TEXT NOT NULL,
  why TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE roster (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  organisation INTEGER REFERENCES organisation(id),
  kind TEXT NOT NULL CHECK (kind IN ('office', 'group')),
  name TEXT NOT NULL CHECK (name <> ''),
  duty TEXT NOT NULL CHECK (duty IN ('none', 'section_head', 'chair')),
  section TEXT NOT NULL
) STRICT;

CREATE TABLE tenure (
  roster INTEGER NOT NULL REFERENCES roster(id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  person INTEGER NOT NULL REFERENCES person(id),
  first TEXT,
  last TEXT,
  PRIMARY KEY (roster, position),
  CHECK (first <= last)
) STRICT, WITHOUT ROWID;
CREATE INDEX tenure_person ON tenure(person);

CREATE TABLE absence (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  person INTEGER NOT NULL REFERENCES person(id),
  first TEXT NOT NULL,
  last TEXT NOT NULL,
  deputy INTEGER REFERENCES person(id),
  CHECK (first <= last)
) STRICT;
CREATE INDEX absence_person ON absence(person);

CREATE TABLE rule_set (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  organisation INTEGER REFERENCES organisation(id),
  plan INTEGER REFERENCES plan(id) ON DELETE CASCADE,
  kind TEXT,
  event INTEGER REFERENCES event(id) ON DELETE CASCADE,
  rules TEXT NOT NULL,                 -- JSON, see rule_column.hpp
  quiet_from INTEGER NOT NULL CHECK (quiet_from BETWEEN 0 AND 1439),   -- minutes after midnight
  quiet_to INTEGER NOT NULL CHECK (quiet_to BETWEEN 0 AND 1439),
  on_days_off INTEGER NOT NULL CHECK (on_days_off IN (0, 1)),
  country TEXT NOT NULL,
  CHECK ((plan IS NOT NULL) + (kind IS NOT NULL) + (event IS NOT NULL) <= 1)
) STRICT;
CREATE UNIQUE INDEX rule_set_scope
  ON rule_set(coalesce(organisation, 0), coalesce(plan, 0), coalesce(kind, ''), coalesce(event, 0));

CREATE TABLE answer (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  event INTEGER NOT NULL REFERENCES event(id) ON DELETE CASCADE,
  occurrence TEXT NOT NULL,
  who TEXT NOT NULL,
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  note TEXT NOT NULL,
  new_date TEXT,
  new_time INTEGER CHECK (new_time BETWEEN 0 AND 1439),
  new_period TEXT NOT NULL,
  recipient INTEGER REFERENCES person(id),   -- of hand_over
  sequence INTEGER NOT NULL,
  at INTEGER NOT NULL,
  channel TEXT NOT NULL CHECK (channel IN ('link', 'calendar', 'page', 'api')),
  decision TEXT NOT NULL CHECK (decision IN ('none', 'pending', 'approved', 'declined')),
  decided_by TEXT NOT NULL,
  decided INTEGER,
  decision_note TEXT NOT NULL
) STRICT;
CREATE INDEX answer_event ON answer(event);
CREATE INDEX answer_at ON answer(at);
CREATE INDEX answer_pending ON answer(id) WHERE decision = 'pending';

CREATE TABLE mail_template (
  organisation INTEGER NOT NULL,       -- 0: of all
  reason TEXT NOT NULL,
  language TEXT NOT NULL CHECK (language IN ('uk', 'be', 'ru', 'en')),
  subject TEXT NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (organisation, reason, language)
) STRICT, WITHOUT ROWID;

CREATE TABLE subscriber (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  email TEXT NOT NULL CHECK (email <> ''),
  language TEXT NOT NULL CHECK (language IN ('uk', 'be', 'ru', 'en')),
  query TEXT NOT NULL,
  rhythm TEXT NOT NULL CHECK (rhythm IN ('each', 'daily', 'weekly')),
  created INTEGER NOT NULL,
  confirmed INTEGER,
  ended INTEGER,
  told INTEGER NOT NULL,
  next INTEGER
) STRICT;
CREATE INDEX subscriber_email ON subscriber(lower(email));
CREATE INDEX subscriber_next ON subscriber(next) WHERE ended IS NULL AND confirmed IS NOT NULL;

CREATE TABLE webhook (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  organisation INTEGER REFERENCES organisation(id),
  name TEXT NOT NULL CHECK (name <> ''),
  url TEXT NOT NULL CHECK (url <> ''),
  secret TEXT NOT NULL,
  created INTEGER NOT NULL,
  removed INTEGER
) STRICT;

CREATE TABLE secret (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL CHECK (value <> '')
) STRICT, WITHOUT ROWID;
