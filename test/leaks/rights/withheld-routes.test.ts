import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Database } from '../../../src/database/database.ts';
import { takeDown } from '../../../src/ingest/takedown.ts';
import { writeArticles } from '../../support/content-rows.ts';
import { testEditions } from '../../support/import-lines.ts';
import { createTestDatabase } from '../../support/test-database.ts';
import { createRightsRig, type RightsRig } from './rights-rig.ts';
import { LIFT, WORLD_NOW } from './world.ts';

const published = { publishedAt: WORLD_NOW - 10_000, sections: ['sport'] };
/** Withdrawn by their source, or taken down by order: by then, nobody had seen the first three. */
const STORIES = [
  { ...published, key: 'waiting', embargoedUntil: LIFT },
  { ...published, key: 'scheduled', publishedAt: LIFT },
  { ...published, key: 'private', syndication: 'NONE' as const },
  { ...published, key: 'public' },
];

let database: Database;
let rig: RightsRig;
beforeAll(async () => {
  database = await createTestDatabase('postgres');
  await writeArticles(
    database,
    STORIES.flatMap((story) => [
      { ...story, key: `${story.key}-withdrawn`, withdrawnAt: WORLD_NOW - 5_000 },
      { ...story, key: `${story.key}-ordered` },
    ]),
  );
  for (const { key } of STORIES)
    await takeDown(database, `en:${key}-ordered`, { editions: testEditions, now: WORLD_NOW - 5_000 });
  rig = await createRightsRig(database);
});
afterAll(async () => {
  await rig.close();
  await database.close();
});

const statusOf = async (contract: string, key: string): Promise<string | null> => {
  const question = { query: `{ route(url: "https://news.example/en/sport/${key}") { status node { id } } }` };
  const { body } = await rig.cached(contract, question);
  expect((await rig.fresh(contract, question)).body).toBe(body);
  return JSON.parse(body).data.route?.status ?? null;
};
const told = async (contract: string): Promise<readonly string[]> => {
  const gone: string[] = [];
  for (const { key } of STORIES)
    for (const how of ['withdrawn', 'ordered'])
      if ((await statusOf(contract, `${key}-${how}`)) === 'GONE') gone.push(`${key} ${how}`);
  expect(await statusOf(contract, 'never-there')).toBe(null);
  return gone;
};
const of = (...keys: readonly string[]) => keys.flatMap((key) => [`${key} withdrawn`, `${key} ordered`]);

it('who could not see a story is not told that it is gone, before it would have been to be seen', async () => {
  for (const contract of ['public', 'full', 'excerpt']) expect(await told(contract)).toEqual(of('public'));
  expect(await told('embargo')).toEqual(of('waiting', 'public'));
  for (const contract of ['section', 'edition', 'suspended']) expect(await told(contract)).toEqual([]);
  rig.clock.wind(LIFT - 1 - rig.clock.now());
  for (const contract of ['public', 'full']) expect(await told(contract)).toEqual(of('public'));
  rig.clock.wind(1);
  for (const contract of ['public', 'full', 'embargo'])
    expect(await told(contract)).toEqual(of('waiting', 'scheduled', 'public'));
  for (const contract of ['section', 'edition', 'suspended']) expect(await told(contract)).toEqual([]);
}, 60_000);
