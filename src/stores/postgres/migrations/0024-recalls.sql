-- Of a story without a row here (its store is asked directly) nobody can say who could see it. Its KILL is told by name: to the
-- partners that were given it. So is an order about any story, to those that have it though their plan does not hold it any more.
ALTER TABLE deltas
  -- Partners that are told, with the latest version each was given; null: whoever could see it is.
  ADD COLUMN recalled jsonb,
  -- Whether the article was put back since: the next KILL is told anew.
  ADD COLUMN is_lifted boolean NOT NULL DEFAULT false;
CREATE INDEX deltas_recalled ON deltas (sequence) WHERE recalled IS NOT NULL;

-- Whether a KILL of it was told to whoever could see it.
CREATE FUNCTION was_killed_in_sight(wanted text) RETURNS boolean LANGUAGE sql VOLATILE AS $$
  SELECT EXISTS (SELECT FROM deltas d WHERE d.article_id = wanted AND d.kind = 'KILL' AND d.before IS NOT NULL
    AND NOT coalesce((d.before ->> 'isHidden')::boolean, false) AND NOT coalesce((d.before ->> 'isWithdrawn')::boolean, false))
$$;

-- Whether a partner was told by name, and the article not put back since.
CREATE FUNCTION is_recalled_from(partner text, wanted text) RETURNS boolean LANGUAGE sql VOLATILE AS $$
  SELECT EXISTS (SELECT FROM deltas d WHERE d.article_id = wanted AND NOT d.is_lifted AND d.recalled ? partner)
$$;

-- Who was given it, as far as it is written down, and is not told yet. A manifest is looked into once, not once for each who was given it.
CREATE FUNCTION untold_holders(wanted text) RETURNS jsonb LANGUAGE sql VOLATILE AS $$
  WITH named AS MATERIALIZED (
    -- By id and version: the last is the latest.
    SELECT m.digest, m.versions[(SELECT max(place) FROM unnest(array_positions(m.article_ids, wanted)) AS p (place))] AS version
      FROM manifests m WHERE m.article_ids @> ARRAY[wanted]
  )
  SELECT jsonb_object_agg(h.partner_id, h.version) FROM (
    SELECT g.partner_id, max(g.version) AS version FROM (
      SELECT d.partner_id, n.version FROM named n JOIN deliveries d ON d.digest = n.digest
      UNION ALL
      SELECT v.partner_id, v.version FROM held_versions v WHERE v.article_id = wanted) g
     GROUP BY g.partner_id) h
   WHERE NOT is_recalled_from(h.partner_id, wanted)
$$;

-- As of 0016, but for who is told by name.
CREATE OR REPLACE FUNCTION record_deltas() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  change record;
  last record;
  stands jsonb;
  holders jsonb;
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
      coalesce(change.version, (stands ->> 'version')::integer), change.occurred_at, last.after, last.occurred_at,
      -- Until it was committed, somebody saw it as it was: that was before now.
      change.occurred_at + greatest(interval '0', clock_timestamp() - coalesce(
        to_timestamp((change.facets ->> 'writtenAt')::float8 / 1000), now())),
      stands, holders);
  END LOOP;
  RETURN NULL;
END $$;

-- What was given is written down seconds later: by then the article may be gone, and whoever it was given to has passed its KILL.
-- So there is one more, behind that, for whoever is not told yet. Written by a trigger: what a process of an earlier release
-- gave counts as well.
CREATE FUNCTION recall_late() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  added_changes integer;
BEGIN
  IF NOT EXISTS (SELECT FROM added) THEN RETURN NULL; END IF;
  -- Whoever kills it has done so by then, and is seen here; or comes after the commit, and sees these rows.
  PERFORM FROM change_log_head FOR UPDATE;
  INSERT INTO change_log (sequence, kind, article_id, edition, tags, occurred_at)
  SELECT h.sequence + row_number() OVER (ORDER BY l.article_id), 'KILL', l.article_id, l.edition, '{}',
         coalesce((SELECT k.occurred_at FROM deltas k WHERE k.article_id = l.article_id AND k.kind = 'KILL'
                    ORDER BY k.sequence DESC LIMIT 1), l.laid_at)
    FROM change_log_head h, (
      SELECT DISTINCT t.article_id, t.edition, t.laid_at
        FROM added d JOIN manifests m ON m.digest = d.digest
       CROSS JOIN LATERAL unnest(m.article_ids) AS i (article_id)
        JOIN tombstones t ON t.article_id = i.article_id
       WHERE NOT was_killed_in_sight(t.article_id) AND NOT is_recalled_from(d.partner_id, t.article_id)) l;
  GET DIAGNOSTICS added_changes = ROW_COUNT;
  IF added_changes > 0 THEN
    UPDATE change_log_head SET sequence = sequence + added_changes;
    PERFORM pg_notify('changes', '');
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER recall_late AFTER INSERT ON deliveries
  REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION recall_late();
