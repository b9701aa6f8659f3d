-- A KILL by POST /changes stands in the log at once, and may overtake what an import has just committed and the relay has not moved yet.
-- By then a follower may have been given that very version, with an earlier change of the article; the KILL, told to whoever could see how the
-- article stood by the log, was told to nobody who saw no more than this. So what was overtaken says, when it comes, how it stood until the KILL.

-- As of 0024, but for `overtakenUntil`: until when (milliseconds) a version that is not in the log yet could be seen.
CREATE OR REPLACE FUNCTION record_deltas() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  change record;
  last record;
  stands jsonb;
  holders jsonb;
  before record;
  overtaken jsonb;
BEGIN
  -- A log that was put back to an earlier state goes on from there.
  DELETE FROM deltas WHERE sequence >= (SELECT min(sequence) FROM added);
  FOR change IN
    SELECT * FROM added WHERE article_id IS NOT NULL AND kind <> ALL ('{TAXONOMY,PURGE}') ORDER BY sequence
  LOOP
    SELECT d.after, d.occurred_at INTO last FROM deltas d
     WHERE d.article_id = change.article_id ORDER BY d.sequence DESC LIMIT 1;
    SELECT last.after AS facets, last.occurred_at AS since,
      -- Until it was committed, somebody saw it as it was: that was before now.
      change.occurred_at + greatest(interval '0', clock_timestamp() - coalesce(
        to_timestamp((change.facets ->> 'writtenAt')::float8 / 1000), now())) AS until INTO before;
    overtaken := NULL;
    IF change.tombstone ->> 'order' = 'lay' THEN
      overtaken := last.after -> 'overtakenUntil';
      IF NOT coalesce((last.after ->> 'isHidden')::boolean, false)
        AND (change.facets ->> 'version')::bigint > (last.after ->> 'version')::bigint
      THEN overtaken := to_jsonb(extract(epoch FROM before.until) * 1000); END IF;
    -- What the tombstone overtook: from its own commit until then it could be seen as it says, and may have been told with an earlier change.
    ELSIF last.after ? 'overtakenUntil' AND (last.after ->> 'isHidden')::boolean AND change.tombstone IS NULL
      AND (change.facets ->> 'version')::bigint <= (last.after ->> 'version')::bigint
    THEN
      before.facets := change.facets || '{"isHidden": false}';
      before.until := to_timestamp((last.after ->> 'overtakenUntil')::float8 / 1000);
      before.since := least(change.occurred_at, before.until);
    END IF;
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
      IF overtaken IS NOT NULL THEN stands := stands || jsonb_build_object('overtakenUntil', overtaken); END IF;
    END IF;
    CONTINUE WHEN change.edition IS NULL AND stands IS NULL;
    IF change.tombstone ->> 'order' = 'lift' THEN
      UPDATE deltas d SET is_lifted = true
       WHERE d.article_id = change.article_id AND d.recalled IS NOT NULL AND NOT d.is_lifted;
    END IF;
    holders := NULL;
    IF change.kind = 'KILL' AND NOT coalesce((last.after ->> 'isHidden')::boolean, last.after IS NULL) THEN
      -- Told to whoever could see it until now; and of an order to whoever has it and could not any more: its plan has changed.
      IF change.tombstone ->> 'order' = 'lay' THEN holders := untold_holders(change.article_id); END IF;
    -- How it stood is not known, or it was so when it was first killed.
    ELSIF change.kind = 'KILL'
      AND (change.tombstone ->> 'order' = 'lay' OR EXISTS (SELECT FROM tombstones t WHERE t.article_id = change.article_id))
      AND NOT was_killed_in_sight(change.article_id)
    THEN
      holders := untold_holders(change.article_id);
    END IF;
    INSERT INTO deltas (sequence, kind, article_id, edition, version, occurred_at, before, before_since, before_until, after, recalled)
    VALUES (change.sequence, change.kind, change.article_id, coalesce(change.edition, stands ->> 'edition'),
      coalesce(change.version, (stands ->> 'version')::integer), change.occurred_at, before.facets, before.since, before.until, stands, holders);
  END LOOP;
  RETURN NULL;
END $$;
