-- The zone that whoever began a plan chose for its rows.
ALTER TABLE plan ADD COLUMN zone TEXT NOT NULL DEFAULT '';  -- of rows to come; '': as the rows have it
