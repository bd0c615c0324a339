-- What the document said of an event, so that reading it again leaves people's changes alone.
ALTER TABLE event ADD COLUMN as_read TEXT;  -- JSON, see row_column.hpp; NULL: not from a document
