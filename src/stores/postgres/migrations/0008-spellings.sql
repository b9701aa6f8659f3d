-- What slugs and paths are found by, whatever form they are asked for in: beside them, for they stay as they were
-- published. The same as `spellingKey` of src/content/spelling.ts, which says what is folded and why.
CREATE FUNCTION spelling_key(spelled text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT CASE
    -- Nearly all of them: the letters need not be looked at one by one.
    WHEN spelled !~ '[\u00AD\u061C\u0640\u200B-\u200F\u202A-\u202E\u2060\u2066-\u2069\uFB50-\uFDFF\uFE70-\uFEFF\uFF0D\uFF0E\uFF10-\uFF19\uFF21-\uFF3A\uFF3F\uFF41-\uFF5A\uFF5E]'
      THEN normalize(spelled, NFC)
    ELSE coalesce(nullif(normalize(regexp_replace((
      SELECT string_agg(
        CASE WHEN letter ~ '[\uFB50-\uFDFF\uFE70-\uFEFE\uFF0D\uFF0E\uFF10-\uFF19\uFF21-\uFF3A\uFF3F\uFF41-\uFF5A\uFF5E]'
              AND position(' ' IN btrim(normalize(letter, NFKC))) = 0
          THEN btrim(normalize(letter, NFKC)) ELSE letter END,
        '' ORDER BY place)
      FROM string_to_table(spelled, NULL) WITH ORDINALITY AS letters (letter, place)
    ), '[\u00AD\u061C\u0640\u200B-\u200F\u202A-\u202E\u2060\u2066-\u2069\uFEFF]', '', 'g'), NFC), ''), spelled)
  END
$$;

-- Generated: rows that are here get theirs now, and rows that a process of an earlier release writes get theirs too.
ALTER TABLE sections ADD COLUMN spelling_key text COLLATE "C" GENERATED ALWAYS AS (spelling_key(path)) STORED;
ALTER TABLE tags ADD COLUMN spelling_key text COLLATE "C" GENERATED ALWAYS AS (spelling_key(slug)) STORED;
ALTER TABLE authors ADD COLUMN spelling_key text COLLATE "C" GENERATED ALWAYS AS (spelling_key(slug)) STORED;
ALTER TABLE addresses ADD COLUMN spelling_key text COLLATE "C" GENERATED ALWAYS AS (spelling_key(value)) STORED;

-- Not unique: two that were told apart until now may have one key. Both stay, each found by its own spelling, and any
-- other finds the one that stands there today, then the older. Writers let no such pair come to be from here on, one of
-- them at a time in each edition.
CREATE INDEX sections_by_spelling ON sections (edition, spelling_key);
CREATE INDEX tags_by_spelling ON tags (edition, spelling_key);
CREATE INDEX authors_by_spelling ON authors (edition, spelling_key);
CREATE INDEX addresses_by_spelling ON addresses (edition, form, spelling_key);
