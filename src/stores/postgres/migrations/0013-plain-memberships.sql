-- First of all, in the order in which an import takes them: a takedown that was not there yet when the mark is worked out would have no
-- trigger to take it back, and whoever has one table and wants the other would wait for whoever has that and wants this.
LOCK TABLE articles IN EXCLUSIVE MODE;
LOCK TABLE memberships IN ACCESS EXCLUSIVE MODE;

-- Whether nothing hides an article once it is published: it is not withdrawn, has no embargo, does not expire and is free to be
-- shown. Of those a list is counted from its index alone; the others are looked up. False says "look it up" and so is never
-- wrong: it is what a process of an earlier release writes.
ALTER TABLE memberships ADD COLUMN is_plain boolean NOT NULL DEFAULT true;
ALTER TABLE memberships ALTER COLUMN is_plain SET DEFAULT false;
UPDATE memberships m SET is_plain = false FROM articles a
WHERE a.id = m.article_id AND (a.withdrawn_at IS NOT NULL OR a.embargoed_until IS NOT NULL OR a.expires_at IS NOT NULL
  OR a.syndication = 'NONE');

DROP INDEX memberships_by_published;
DROP INDEX memberships_by_updated;
CREATE INDEX memberships_by_published ON memberships (target, published_at DESC, article_id DESC)
  INCLUDE (kind, is_plain, updated_at);
CREATE INDEX memberships_by_updated ON memberships (target, updated_at DESC, article_id DESC)
  INCLUDE (kind, is_plain, published_at);

-- Whoever hides an article, by whatever statement, hides it in its lists.
CREATE FUNCTION unset_plain_memberships() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE memberships SET is_plain = false WHERE article_id = NEW.id AND is_plain;
  RETURN NULL;
END $$;
CREATE TRIGGER unset_plain_memberships AFTER UPDATE OF withdrawn_at, embargoed_until, expires_at, syndication ON articles
  FOR EACH ROW WHEN (NEW.withdrawn_at IS NOT NULL OR NEW.embargoed_until IS NOT NULL OR NEW.expires_at IS NOT NULL
    OR NEW.syndication = 'NONE') EXECUTE FUNCTION unset_plain_memberships();
