import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../src/database/database.ts';
import { importDocuments } from '../../src/ingest/import-documents.ts';
import { createDice } from '../support/dice.ts';
import { EDIT_KINDS, makeEdit, noteEdit, storyKey, type Desk, type Edit } from '../bench/over-eviction/edits.ts';
import { KNOWN_BAD } from '../bench/over-eviction/known-bad.ts';
import {
  DAY_MS,
  foundNewsroom,
  inventStory,
  lineOf,
  MINUTE_MS,
  OPENING,
  SOURCE,
  type Story,
} from '../bench/over-eviction/newsroom.ts';
import { createQuestions } from '../bench/over-eviction/questions.ts';
import { createWatch, type EditResult } from '../bench/over-eviction/watch-answers.ts';
import { linesOf, testEditions } from '../support/import-lines.ts';
import { createTestDatabase } from '../support/test-database.ts';

const SEED = 20;
/** Enough that every way to forget something shows: `npm run bench:over-eviction` runs longer. */
const ROUNDS = 3;
const OFTEN = ['tags', 'move', 'alias', 'translation group', 'translation group'];
/** What seldom happens to a story that is asked for, one after the other. */
const RARE: readonly Edit[] = (() => {
  const dice = createDice(SEED);
  const first = { ...inventStory(dice, 'en', 'new-1', OPENING - MINUTE_MS), aliases: ['old/0'] };
  const second = inventStory(dice, 'en', 'new-2', OPENING - MINUTE_MS);
  const edits: Edit[] = [first, second].map((after) => ({ kind: 'new story', lines: [lineOf(after)], after }));
  const stories = new Map([first, second].map((story) => [story.key, story]));
  const edit = (key: string, kind: string, change: Partial<Story>): void => {
    const before = stories.get(key) as Story;
    const after = { ...before, ...change, updatedAt: before.updatedAt + 1_000 };
    stories.set(key, after);
    edits.push({ kind, lines: [lineOf(after)], before, after });
  };
  edit('new-2', 'alias', { aliases: ['old/0'] });
  edit('new-1', 'embargo', { embargoedUntil: OPENING + 60 * MINUTE_MS });
  edit('new-1', 'embargo lifted', { embargoedUntil: null });
  edit('new-1', 'withdrawal', { isWithdrawn: true });
  edit('new-1', 'withdrawal', { isWithdrawn: false });
  edit('new-1', 're-dating', { publishedAt: OPENING - 10 * DAY_MS });
  return edits;
})();
const EDITS_PER_MINUTES = 12;
const MINUTES = 11;

describe('every answer that is held, after every edit of a newsroom', () => {
  const results: EditResult[] = [];
  const missedByTime: string[] = [];
  let database: Database;

  beforeAll(async () => {
    database = await createTestDatabase('postgres');
    let now = OPENING;
    const clock = { now: () => now };
    const newsroom = foundNewsroom(SEED, { en: 10, ar: 4, es: 2 });
    await importDocuments({ database, editions: testEditions, clock }, linesOf(newsroom.lines), { source: SOURCE });
    // What readers of the other editions ask is no other, but for pages that show what is told elsewhere.
    const questions = createQuestions(newsroom.stories, now).filter(({ name }) => /^en|^ar.* in |^ar: page/.test(name));
    const stories = new Map(newsroom.stories.map((story) => [storyKey(story), story]));
    const desk: Desk = { stories, takenDown: new Set(), next: 0 };
    const watch = await createWatch({ database, clock, editions: testEditions, questions, tellings: KNOWN_BAD });
    const dice = createDice(SEED);
    const take = async (edit: Edit): Promise<void> => {
      const result = await watch.edit(edit);
      if (result === undefined) return;
      results.push(result);
      noteEdit(edit, desk);
    };
    for (const edit of RARE) await take(edit);
    const kinds = Array.from({ length: ROUNDS }, () => [...EDIT_KINDS, ...OFTEN]).flat();
    for (const [index, kind] of dice.some(kinds, kinds.length).entries()) {
      await take(makeEdit(dice, desk, now, kind));
      if (index % EDITS_PER_MINUTES !== EDITS_PER_MINUTES - 1) continue;
      now += MINUTES * MINUTE_MS;
      missedByTime.push(...(await watch.pass()));
    }
  }, 180_000);
  afterAll(() => database?.close());

  it('is true still, or was ended by the tags that were told', () => {
    const held = results.reduce((sum, result) => sum + result.held, 0);
    const differing = results.reduce((sum, result) => sum + result.differing, 0);
    // Nothing held, or nothing that differs, would prove nothing.
    expect(held).toBeGreaterThan(8_000);
    expect(differing).toBeGreaterThan(300);
    expect(results.flatMap(({ kind, missed }) => missed.map((name) => `${kind}: ${name}`))).toEqual([]);
  });

  it('ends by itself at the instant at which it is true no longer', () => {
    expect(missedByTime).toEqual([]);
  });

  it('is left alone by most of what happens', () => {
    const held = results.reduce((sum, result) => sum + result.held, 0);
    const ended = results.reduce((sum, result) => sum + result.ended, 0);
    expect(ended / held).toBeLessThan(0.2);
  });

  it.each(Object.keys(KNOWN_BAD))('would be wrong if a gateway %s', (name) => {
    expect(results.filter(({ missedBy }) => missedBy.has(name)).length).toBeGreaterThan(0);
  });
});
