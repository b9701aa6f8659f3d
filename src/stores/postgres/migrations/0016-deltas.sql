-- What happened to which article, for those who follow it: the changes of the log that concern one article, each with what
-- decides who may see the article as that stood before and after. Whoever may no longer see it is told that it is gone only
-- if it could be seen before.

-- In the order of who appends: nobody has one of these and wants one that comes before it.
LOCK TABLE change_log_head IN EXCLUSIVE MODE;
LOCK TABLE outbox IN SHARE ROW EXCLUSIVE MODE;
LOCK TABLE change_log IN SHARE ROW EXCLUSIVE MODE;

-- What decides who may see an article, as it is committed or written by this transaction; null: it is not known here.
-- Sections with those above them: one that is removed later must not hide where the article stood. `writtenAt` is this
-- transaction's beginning. Instants are in milliseconds.
CREATE FUNCTION article_facets(wanted text) RETURNS jsonb LANGUAGE sql VOLATILE AS $$
  SELECT jsonb_build_object(
    'edition', a.edition, 'kind', a.kind, 'path', a.path, 'version', a.version, 'syndication', a.syndication,
    'sections', ARRAY(SELECT m.target FROM memberships m WHERE m.article_id = a.id AND m.target LIKE 'sec\_%' ORDER BY m.target),
    'publishedAt', floor(extract(epoch FROM a.published_at) * 1000),
    'embargoedUntil', floor(extract(epoch FROM a.embargoed_until) * 1000),
    'expiresAt', floor(extract(epoch FROM a.expires_at) * 1000),
    'isWithdrawn', a.withdrawn_at IS NOT NULL,
    'writtenAt', floor(extract(epoch FROM now()) * 1000))
  FROM articles a WHERE a.id = wanted
$$;

-- Written with the row by whoever writes it, processes of an earlier release too.
ALTER TABLE outbox ADD COLUMN facets jsonb;
ALTER TABLE change_log ADD COLUMN facets jsonb;
CREATE FUNCTION set_facets() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.facets := article_facets(NEW.article_id);
  RETURN NEW;
END $$;
CREATE TRIGGER set_facets BEFORE INSERT ON outbox
  FOR EACH ROW WHEN (NEW.article_id IS NOT NULL AND NEW.facets IS NULL) EXECUTE FUNCTION set_facets();
CREATE TRIGGER set_facets BEFORE INSERT ON change_log
  FOR EACH ROW WHEN (NEW.article_id IS NOT NULL AND NEW.facets IS NULL) EXECUTE FUNCTION set_facets();

CREATE TABLE deltas (
  -- The log's, so the order is that of commits; negative: how an article stood when this table was made.
  sequence bigint PRIMARY KEY,
  kind text NOT NULL,
  article_id text COLLATE "C" NOT NULL,
  edition text NOT NULL,
  version integer,
  occurred_at timestamptz NOT NULL,
  recorded_at timestamptz NOT NULL DEFAULT now(),
  -- How it stood until this change, and between which instants; null: it is not known, nobody was told of it.
  before jsonb,
  before_since timestamptz,
  before_until timestamptz,
  after jsonb
);
CREATE INDEX deltas_by_edition ON deltas (edition, sequence);
CREATE INDEX deltas_by_article ON deltas (article_id, sequence);
CREATE INDEX deltas_by_time ON deltas (recorded_at);

-- One row. Of the rows up to here only the last of each article and every KILL are sure to be there; null: all are.
CREATE TABLE deltas_head (
  singleton boolean PRIMARY KEY DEFAULT true CHECK (singleton),
  trimmed_to bigint,
  -- What cursors are signed with: one names whose eyes what was told is to be judged by.
  cursor_key uuid NOT NULL DEFAULT gen_random_uuid()
);
INSERT INTO deltas_head DEFAULT VALUES;

-- In the order of the log, one by one: what stood before is what the change before it left. Whoever inserts there holds the
-- log, so what came before is committed.
CREATE FUNCTION record_deltas() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  change record;
  last record;
  stands jsonb;
BEGIN
  -- A log that was put back to an earlier state goes on from there.
  DELETE FROM deltas WHERE sequence >= (SELECT min(sequence) FROM added);
  FOR change IN
    SELECT * FROM added WHERE article_id IS NOT NULL AND kind <> ALL ('{TAXONOMY,PURGE}') ORDER BY sequence
  LOOP
    SELECT d.after, d.occurred_at INTO last FROM deltas d
     WHERE d.article_id = change.article_id ORDER BY d.sequence DESC LIMIT 1;
    stands := change.facets;
    -- Who announced it may have read the article before another wrote it, and been heard after that one.
    IF stands IS NULL OR (stands ->> 'version')::bigint < (last.after ->> 'version')::bigint THEN stands := last.after; END IF;
    -- A tombstone hides it, whatever it becomes meanwhile.
    IF stands IS NOT NULL THEN
      stands := stands || jsonb_build_object('isHidden', CASE change.tombstone ->> 'order'
        WHEN 'lay' THEN true
        WHEN 'lift' THEN false
        ELSE coalesce((last.after ->> 'isHidden')::boolean,
          EXISTS (SELECT FROM tombstones t WHERE t.article_id = change.article_id)) END);
    END IF;
    CONTINUE WHEN change.edition IS NULL AND stands IS NULL;
    INSERT INTO deltas (sequence, kind, article_id, edition, version, occurred_at, before, before_since, before_until, after)
    VALUES (change.sequence, change.kind, change.article_id, coalesce(change.edition, stands ->> 'edition'),
      coalesce(change.version, (stands ->> 'version')::integer), change.occurred_at, last.after, last.occurred_at,
      -- Until it was committed, somebody saw it as it was: that was before now.
      change.occurred_at + greatest(interval '0', clock_timestamp() - coalesce(
        to_timestamp((change.facets ->> 'writtenAt')::float8 / 1000), now())),
      stands);
  END LOOP;
  RETURN NULL;
END $$;
CREATE TRIGGER record_deltas AFTER INSERT ON change_log
  REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION record_deltas();

-- What the log holds from before: the last change of each article, every KILL, and those of the last day. How an article
-- stood before, only a KILL tells: as it stands, but there.
INSERT INTO deltas (sequence, kind, article_id, edition, version, occurred_at, recorded_at, before, before_since, before_until, after)
SELECT c.sequence, c.kind, c.article_id, c.edition, coalesce(c.version, (f.facets ->> 'version')::integer), c.occurred_at, c.recorded_at,
       CASE WHEN c.kind = 'KILL' THEN f.facets || '{"isWithdrawn": false, "isHidden": false}' END,
       CASE WHEN c.kind = 'KILL' THEN timestamptz 'epoch' END, CASE WHEN c.kind = 'KILL' THEN c.occurred_at END,
       f.facets || jsonb_build_object('isHidden', EXISTS (SELECT FROM tombstones t WHERE t.article_id = c.article_id))
  FROM change_log c CROSS JOIN LATERAL (SELECT article_facets(c.article_id) AS facets) f
 WHERE c.article_id IS NOT NULL AND c.edition IS NOT NULL AND c.kind <> ALL ('{TAXONOMY,PURGE}');
UPDATE deltas_head SET trimmed_to = nullif((SELECT trimmed_to FROM change_log_head), 0);
-- Articles that nothing has happened to since there is a log.
INSERT INTO deltas (sequence, kind, article_id, edition, version, occurred_at, after)
SELECT -row_number() OVER (ORDER BY a.id DESC), 'PUBLISH', a.id, a.edition, a.version, a.updated_at,
       article_facets(a.id) || jsonb_build_object('isHidden', EXISTS (SELECT FROM tombstones t WHERE t.article_id = a.id))
  FROM articles a WHERE NOT EXISTS (SELECT FROM deltas d WHERE d.article_id = a.id);
