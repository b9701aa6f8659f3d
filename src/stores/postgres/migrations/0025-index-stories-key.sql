-- `article_id` is born from the three columns, so that they are unique by it. A second unique index fails whoever begins to look at
-- a new story at the very moment at which another process does: ON CONFLICT settles conflicts of the index it names, and no others.
ALTER TABLE index_stories DROP CONSTRAINT index_stories_edition_source_source_id_key;
CREATE INDEX index_stories_by_source ON index_stories (edition, source, source_id);
