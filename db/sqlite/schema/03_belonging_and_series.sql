-- What an event is for and belongs to, and the days of a series that differ.
ALTER TABLE event ADD COLUMN level TEXT;        -- NULL: not said
ALTER TABLE event ADD COLUMN audience TEXT;     -- JSON, see event_columns.hpp, as the next two; NULL: none
ALTER TABLE event ADD COLUMN parent INTEGER REFERENCES event(id);
ALTER TABLE event ADD COLUMN image_url TEXT NOT NULL DEFAULT '';
ALTER TABLE event ADD COLUMN contact TEXT NOT NULL DEFAULT '';
ALTER TABLE event ADD COLUMN attachments TEXT;
ALTER TABLE event ADD COLUMN overrides TEXT;
ALTER TABLE event ADD COLUMN source INTEGER;    -- NULL: our own
CREATE INDEX event_parent ON event(parent) WHERE parent IS NOT NULL;
CREATE INDEX event_source ON event(source) WHERE source IS NOT NULL;
