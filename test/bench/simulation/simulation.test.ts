import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../../src/database/database.ts';
import { createHandFollower, type HandFollower } from '../../cache/hand-follower.ts';
import { createTestConfig } from '../../support/test-app.ts';
import { createTestDatabase } from '../../support/test-database.ts';
import { createWoundClock } from '../../support/wound-clock.ts';
import { createDice } from '../../support/dice.ts';
import { OPENING, type Story } from '../over-eviction/newsroom.ts';
import { createAnswers, type Answers } from './answers.ts';
import { createDeployment } from './deployment.ts';
import { createPress, type Press } from './press.ts';
import { createReaders, type View } from './readers.ts';

const SEED = 7;
const ARCHIVE = 50;
const clock = createWoundClock(OPENING);
let database: Database;
let follower: HandFollower;
let press: Press;
let answers: Answers;

const openReaders = () => createReaders({ seed: SEED, stories: press.stories, archive: ARCHIVE, exponent: 1 });
const openDeployment = (processes: number, hasRedis = true) =>
  createDeployment({ processes, hasRedis, megabytes: 16, follower, clock, answers, dice: createDice(SEED) });

beforeAll(async () => {
  let sent = 0;
  database = await createTestDatabase('embedded', { observe: () => (sent += 1) });
  follower = createHandFollower();
  const config = createTestConfig();
  const counts = { en: 12, ar: 6, es: 6 };
  press = await createPress({ database, editions: config.editions, clock, seed: SEED, counts });
  answers = await createAnswers({ database, statements: () => sent, config, follower, clock });
}, 60_000);
afterAll(() => database.close());

const viewsOf = (count: number): readonly View[] => {
  const readers = openReaders();
  return Array.from({ length: count }, () => readers.next());
};
const findView = (wanted: (view: View) => boolean): View => {
  const view = viewsOf(5_000).find(wanted);
  if (view === undefined) throw new TypeError('No reader wants it');
  return view;
};

describe('createReaders', () => {
  it('has the same readers come for the same seed', () => {
    const keys = viewsOf(200).map(({ key }) => key);
    expect(viewsOf(200).map(({ key }) => key)).toEqual(keys);
    expect(new Set(keys.map((key) => key.split(' ')[0]))).toEqual(
      new Set(['front', 'section', 'tag', 'search', 'article', 'archive']),
    );
  });

  it('shows a story that breaks to readers of its edition', () => {
    const readers = openReaders();
    const story: Story = { ...(press.stories[0] as Story), key: 'breaking', slug: 'breaking' };
    readers.show(story, true);
    readers.rush(story);
    const keys = Array.from({ length: 500 }, () => readers.next().key);
    expect(keys.filter((key) => key === 'article en breaking').length).toBeGreaterThan(20);
  });
});

describe('a deployment', () => {
  it('answers every view from one place, and from memory what it has just read', async () => {
    const views = viewsOf(300);
    const deployment = openDeployment(2);
    for (const view of views) await deployment.read(view);
    await deployment.settle();
    const { memory, stale, shared, filled, fills, statements } = deployment.takeCounts();
    expect(memory + stale + shared + filled).toBe(views.length);
    expect(fills).toBe(new Set(views.map(({ key }) => key)).size);
    expect(statements).toBeGreaterThan(0);
    // The second process finds in Redis what the first has made.
    expect(shared).toBeGreaterThan(0);
    const { memoryBytes, redisBytes } = await deployment.size();
    expect(memoryBytes).toBeGreaterThan(100_000);
    expect(redisBytes).toBeGreaterThan(100_000);
  });

  it('makes again what an edit has ended, and nothing else', async () => {
    const deployment = openDeployment(1);
    const page = findView(({ key }) => key.startsWith('article en'));
    const other = findView(({ key }) => key.startsWith('article ar'));
    const read = async () => {
      for (const view of [page, other]) await deployment.read(view);
      await deployment.settle();
      return deployment.takeCounts().fills;
    };
    expect(await read()).toBe(2);
    expect(await read()).toBe(0);
    const story = press.stories.find(({ edition, slug }) => edition === 'en' && slug === page.variables['slug']);
    const before = (await answers.of(page)).entry.body.toString();
    follower.change(...(await press.follow(story as Story)).tags);
    expect(await read()).toBe(1);
    expect((await answers.of(page)).entry.body.toString()).not.toBe(before);
  });

  it('ends pages of the archive by what they show of others, not by the story they are written after', async () => {
    const old = findView(({ own }) => own !== undefined && own.length > 0);
    const { tags } = (await answers.of(old)).entry;
    const [id = '', slug = ''] = old.own ?? [];
    expect(tags.some((tag) => tag.includes(id) || tag.includes(slug))).toBe(false);
    expect(tags.some((tag) => tag.startsWith('edition:'))).toBe(true);
    expect(tags).toContain(`article:${old.key}`);
  });
});
