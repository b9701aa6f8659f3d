-- Imports wait for these two, readers do not. The old index goes in a transaction of its own: whoever has a share of a table and
-- wants all of it waits for an import that has read it, which waits for that share.
CREATE INDEX memberships_unmarked ON memberships (article_id) WHERE marks IS NULL;

-- The newest of a list, and what they are weighed by, out of one place.
CREATE INDEX memberships_with_marks ON memberships (target, published_at DESC, article_id DESC)
  INCLUDE (kind, is_plain, updated_at, marks);
