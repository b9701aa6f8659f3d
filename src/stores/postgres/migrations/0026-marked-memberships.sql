-- First of all, in the order in which an import takes them (migration 0013): whoever has the lists and wants the articles would wait for
-- whoever writes articles and wants their lists.
LOCK TABLE articles IN EXCLUSIVE MODE;
LOCK TABLE memberships IN ACCESS EXCLUSIVE MODE;

-- What an article is weighed by beside another one: a number for its primary section (null: it has none), then one for each of its
-- tags. Two names have one number once in four thousand million; then an article seems to have a tag in common that it has not.
CREATE FUNCTION article_marks(section_ids text[], tag_ids text[]) RETURNS integer[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT hashtext(section_ids[1]) || ARRAY(SELECT hashtext(t.id) FROM unnest(tag_ids) WITH ORDINALITY AS t (id, place) ORDER BY t.place)
$$;

-- Null: look it up. That is what an earlier release has written, or still writes (`ingest/mark-memberships.ts` marks it), and what stands
-- for more tags than an index may hold.
ALTER TABLE memberships ADD COLUMN marks integer[];

-- Whoever changes the tags of an article, by whatever statement, has its lists look them up.
CREATE FUNCTION unset_marks() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE memberships SET marks = NULL WHERE article_id = NEW.id AND marks IS NOT NULL;
  RETURN NULL;
END $$;
CREATE TRIGGER unset_marks AFTER UPDATE OF section_ids, tag_ids ON articles
  FOR EACH ROW WHEN (OLD.tag_ids IS DISTINCT FROM NEW.tag_ids OR OLD.section_ids[1] IS DISTINCT FROM NEW.section_ids[1])
  EXECUTE FUNCTION unset_marks();
