import { randomUUID } from 'node:crypto';
import { systemClock } from '../../../src/clock.ts';
import { EDITION_CODES, type EditionCode } from '../../../src/content/edition.ts';
import { tagOf } from '../../../src/content/tags.ts';
import type { Database } from '../../../src/database/database.ts';
import { importDocuments } from '../../../src/ingest/import-documents.ts';
import { ARCHIVE, archiveEditionOf, archiveSlug, type Archive } from '../../support/archive/archive-places.ts';
import { COMMON_WORD } from '../../support/archive/archive-words.ts';
import { linesOf, testEditions } from '../../support/import-lines.ts';
import type { Server } from '../rig/start-server.ts';
import { doEvery } from './do-every.ts';

export interface EditingOptions {
  readonly server: Pick<Server, 'port'>;
  readonly database: Database;
  readonly archive: Archive;
  /** Of an administrator. */
  readonly token: string;
}

const EVERY_MS = 500;
/** Stories of the editors themselves: published first, corrected from then on. */
const STORIES = 500;
/** With the word that half of the archive has: the newest tell a search whether a word is common. */
const paragraphIn = (edition: EditionCode): string =>
  `<p>${`What was known before is put right here, ${COMMON_WORD[edition]}, in words enough for a paragraph. `.repeat(6)}</p>`;

const publish = async ({ database }: EditingOptions, number: number): Promise<void> => {
  const story = number % STORIES;
  const edition = EDITION_CODES[story % EDITION_CODES.length] ?? 'EN';
  const line = {
    sourceId: String(story),
    edition,
    slug: `edited-${story}`,
    headline: `Told for the ${1 + Math.floor(number / STORIES)}. time`,
    publishedAt: new Date(systemClock.now() - story * 1_000).toISOString(),
    section: `s${story % ARCHIVE.sections}`,
    authors: [`a${story % ARCHIVE.authors}`],
    tags: ['t0', `t${story % ARCHIVE.tags}`],
    html: paragraphIn(edition).repeat(5),
  };
  const { bad } = await importDocuments({ database, editions: testEditions, clock: systemClock }, linesOf([line]), {
    source: 'editors',
  });
  if (bad[0] !== undefined) throw new TypeError(`A story of the editors is refused: ${bad[0].reason}`);
};

/** Ends what was read of a story of the archive and its lists. */
const tell = async ({ server, archive, token }: EditingOptions, number: number): Promise<void> => {
  const place = (number * 7_919) % archive.articles;
  const edition = archiveEditionOf(place);
  const tags = [tagOf.slug(edition, 'article', archiveSlug(place)), tagOf.edition(edition)];
  const response = await fetch(`http://127.0.0.1:${server.port}/changes`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ id: randomUUID(), changes: [{ tags }] }),
  });
  if (!response.ok) throw new Error(`A change was answered ${response.status}`);
  await response.arrayBuffer();
};

/**
 * Edits twice a second until `signal` ends: stories are published and corrected, by import, and in turn with that a publishing
 * system tells of changes.
 *
 * @param from how many edits there were before.
 * @returns how many there are by then.
 */
export const editStories = async (options: EditingOptions, from: number, signal: AbortSignal): Promise<number> => {
  let edits = from;
  const edit = async (): Promise<void> => {
    await (edits % 2 === 0 ? publish : tell)(options, edits >> 1);
    edits += 1;
  };
  await doEvery(EVERY_MS, edit, signal);
  return edits;
};
