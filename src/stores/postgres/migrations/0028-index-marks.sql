-- The newest of a list, and what they are weighed by, out of one place.
CREATE INDEX memberships_with_marks ON memberships (target, published_at DESC, article_id DESC)
  INCLUDE (kind, is_plain, updated_at, marks);
DROP INDEX memberships_by_published;
ALTER INDEX memberships_with_marks RENAME TO memberships_by_published;
