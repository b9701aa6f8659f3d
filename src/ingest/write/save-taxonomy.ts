import type { LiveStream } from '../../content/entities.ts';
import type { Queryable } from '../../database/database.ts';
import type { BatchWrites } from './batch-writes.ts';

const saveSections = async (transaction: Queryable, { sections }: BatchWrites): Promise<void> => {
  if (sections.size === 0) return;
  await transaction.query(
    `INSERT INTO sections (id, edition, kind, slug, path, name, description, parent_id, position, translation_group)
     SELECT id, edition, kind, slug, path, name, description, "parentId", position, "translationGroup"
       FROM json_to_recordset($1::json) AS r (id text, edition text, kind text, slug text, path text, name text,
            description text, "parentId" text, position integer, "translationGroup" text)
     ON CONFLICT (edition, path) DO UPDATE SET kind = excluded.kind, name = excluded.name,
       description = excluded.description, position = excluded.position, translation_group = excluded.translation_group`,
    [JSON.stringify([...sections.values()])],
  );
};

const dropGivenUp = async (transaction: Queryable, { givenUp }: BatchWrites): Promise<void> => {
  if (givenUp.size === 0) return;
  const rows = [...givenUp.values()].map(({ edition, form, value }) => ({ edition, form, value }));
  await transaction.query(
    `DELETE FROM addresses a USING json_to_recordset($1::json) AS r (edition text, form text, value text)
      WHERE a.edition = r.edition AND a.form = r.form AND a.value = r.value`,
    [JSON.stringify(rows)],
  );
};

const saveTags = async (transaction: Queryable, { tags }: BatchWrites): Promise<void> => {
  if (tags.size === 0) return;
  await transaction.query(
    `INSERT INTO tags (id, edition, slug, name, translation_group)
     SELECT id, edition, slug, name, "translationGroup"
       FROM json_to_recordset($1::json) AS r (id text, edition text, slug text, name text, "translationGroup" text)
     ON CONFLICT (id) DO UPDATE SET slug = excluded.slug, name = excluded.name,
       translation_group = excluded.translation_group`,
    [JSON.stringify([...tags.values()])],
  );
};

const saveAuthors = async (transaction: Queryable, { authors }: BatchWrites): Promise<void> => {
  if (authors.size === 0) return;
  await transaction.query(
    `INSERT INTO authors (id, edition, kind, slug, name, role, bio, avatar, translation_group)
     SELECT id, edition, kind, slug, name, role, bio, avatar, "translationGroup"
       FROM json_to_recordset($1::json) AS r (id text, edition text, kind text, slug text, name text, role text,
            bio text, avatar jsonb, "translationGroup" text)
     ON CONFLICT (id) DO UPDATE SET slug = excluded.slug, kind = excluded.kind, name = excluded.name,
       role = excluded.role, bio = excluded.bio, avatar = excluded.avatar, translation_group = excluded.translation_group`,
    [JSON.stringify([...authors.values()])],
  );
};

const liveRow = ({ startedAt, endedAt, ...stream }: LiveStream) => ({
  ...stream,
  started_at: startedAt === null ? null : new Date(startedAt).toISOString(),
  ended_at: endedAt === null ? null : new Date(endedAt).toISOString(),
});

const saveLiveStreams = async (transaction: Queryable, { liveStreams }: BatchWrites): Promise<void> => {
  if (liveStreams.size === 0) return;
  await transaction.query(
    `INSERT INTO live_streams (edition, title, url, started_at, ended_at)
     SELECT edition, title, url, started_at, ended_at FROM json_to_recordset($1::json)
       AS r (edition text, title text, url text, started_at timestamptz, ended_at timestamptz)
     ON CONFLICT (edition) DO UPDATE SET title = excluded.title, url = excluded.url,
       started_at = excluded.started_at, ended_at = excluded.ended_at`,
    [JSON.stringify([...liveStreams.values()].map(liveRow))],
  );
};

/** Writes the taxonomy of a batch, one statement per table. */
export const saveTaxonomy = async (transaction: Queryable, writes: BatchWrites): Promise<void> => {
  await saveSections(transaction, writes);
  await dropGivenUp(transaction, writes);
  await saveTags(transaction, writes);
  await saveAuthors(transaction, writes);
  await saveLiveStreams(transaction, writes);
};
