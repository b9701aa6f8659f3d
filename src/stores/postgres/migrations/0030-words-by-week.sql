-- Words together with the edition and the week of the article that holds them (`stores/postgres/matching-weeks.ts`): a word that much of an
-- archive holds is looked for week by week, from the newest on, and not in every article that has it. Imports wait for this, readers
-- do not; with many articles it is made beforehand, CONCURRENTLY (docs/operations/postgres.md). An instant without end is in no week.
DO $$
BEGIN
  -- One that is being made, that was left by whoever ended it, or of something else: taken for the index, it would be asked by nobody.
  IF EXISTS (
    SELECT FROM pg_index WHERE indexrelid = to_regclass('articles_by_words')
    AND (NOT indisvalid OR indnatts <> 2 OR indcollation[1] <> '"C"'::regcollation)
  ) THEN
    RAISE EXCEPTION 'the index articles_by_words is not whole, or another one: wait until it is made, or DROP INDEX CONCURRENTLY articles_by_words, then start again';
  END IF;
END $$;
SELECT set_config('maintenance_work_mem', '128MB', true)
WHERE pg_size_bytes(current_setting('maintenance_work_mem')) < pg_size_bytes('128MB');
CREATE INDEX IF NOT EXISTS articles_by_words ON articles USING gin (search, (ARRAY[(
  edition || '/' || CASE WHEN isfinite(published_at)
    THEN (floor(extract(epoch FROM published_at - timestamptz '2000-01-03 00:00:00+00') / 604800)::integer)::text END
) COLLATE "C"]));
