-- What people search by, and what came of an event. The words are folded by the program: it fills the table
-- after this step (migrate()).
ALTER TABLE event ADD COLUMN attended INTEGER CHECK (attended >= 0);
ALTER TABLE event ADD COLUMN outcome TEXT NOT NULL DEFAULT '';
ALTER TABLE event ADD COLUMN minutes_url TEXT NOT NULL DEFAULT '';
CREATE VIRTUAL TABLE event_words USING fts5(title, people, place, rest, tokenize = "unicode61 remove_diacritics 0");
