-- The gateway writes the words that an article is found by itself, in its own analysis of the language; this says of which
-- version they are. Rows of an earlier one are analysed anew before anybody asks: 0 is that of the database's own
-- configurations. The index is of one value but while that goes on.
ALTER TABLE articles ADD COLUMN search_version integer NOT NULL DEFAULT 0;
CREATE INDEX articles_by_search_version ON articles (search_version);
