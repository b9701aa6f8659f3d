-- Words together with the edition and the week of the article that holds them (`stores/postgres/matching-weeks.ts`): a word that much of an
-- archive holds is looked for week by week, from the newest on, and not in every article that has it. Imports wait for this, readers
-- do not; with many articles it is made beforehand, CONCURRENTLY (docs/operations/postgres.md). An instant without end is in no week.
SET LOCAL maintenance_work_mem = '256MB';
CREATE INDEX IF NOT EXISTS articles_by_words ON articles USING gin (search, (ARRAY[
  edition || '/' || CASE WHEN isfinite(published_at)
    THEN (floor(extract(epoch FROM published_at - timestamptz '2000-01-03 00:00:00+00') / 604800)::integer)::text END
]));
