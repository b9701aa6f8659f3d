import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { publicView, type Viewpoint } from '../../../src/content/listing.ts';
import { audienceOf, type Plan } from '../../../src/content/plan.ts';
import type { Database } from '../../../src/database/database.ts';
import { createSchema } from '../../../src/graphql/schema.ts';
import type { ArticleStore } from '../../../src/stores/article-store.ts';
import type { Stores } from '../../../src/stores/stores.ts';
import { coordinateDocuments } from '../../support/coordinate-documents.ts';
import { readPools } from '../../support/document-pools.ts';
import { createTestConfig } from '../../support/test-app.ts';
import { createTestDatabase } from '../../support/test-database.ts';
import { probeAll, probeRights } from './probe-rights.ts';
import { RIGHTS_PROBES } from './rights-probes.ts';
import { createRightsRig, writeWorld, type Mistakes, type RightsRig } from './rights-rig.ts';
import { LIFT } from './world.ts';

let database: Database;
beforeAll(async () => {
  database = await createTestDatabase('postgres');
  await writeWorld(database);
}, 60_000);
afterAll(() => database.close());

const spoil =
  (change: (articles: ArticleStore) => Partial<ArticleStore>) =>
  (stores: Stores): Stores => ({ ...stores, articles: { ...stores.articles, ...change(stores.articles) } });

const withPlan = (view: Viewpoint, change: Partial<Plan>): Viewpoint =>
  view.plan === null ? view : { ...view, plan: { ...view.plan, ...change } };

describe('what a caller is given', () => {
  let rig: RightsRig;
  beforeAll(async () => {
    rig = await createRightsRig(database);
  });
  afterAll(() => rig.close());

  it('is what its contract says, in every list, count, search, address and ranking, kept or not', async () => {
    const { answers, hits, leaks } = await probeRights(rig);
    console.log(`rights matrix: ${answers} answers, ${hits} out of the cache, ${leaks.length} leaks`);
    expect(leaks.slice(0, 10)).toEqual([]);
    expect(hits).toBeGreaterThan(RIGHTS_PROBES.length * 5);
  }, 300_000);

  it('holds nothing of what its contract withholds, for every coordinate of the schema', async () => {
    const pools = await readPools(database, createTestConfig().editions);
    const leaks: string[] = [];
    let answers = 0;
    for (const { query, variables } of coordinateDocuments(createSchema(), 'plain'))
      for (const [edition, place] of [
        ['EN', 0],
        ['EN', 41],
        ['AR', 7],
      ] as const) {
        const pool = pools.get(edition) ?? {};
        const values = variables.map((name) => [name, pool[name]?.[place % (pool[name]?.length ?? 1)]] as const);
        const probed = await probeAll(rig, { query, variables: Object.fromEntries(values) });
        leaks.push(...probed.leaks);
        answers += probed.answers;
      }
    console.log(`every coordinate: ${answers} answers, ${leaks.length} leaks`);
    expect(leaks.slice(0, 10)).toEqual([]);
  }, 300_000);

  it('changes at the very instant at which an embargo ends, out of the cache too', async () => {
    const later = await createRightsRig(database);
    const some = RIGHTS_PROBES.filter((_probe, index) => index % 7 === 0);
    await probeRights(later, some);
    later.clock.wind(LIFT - later.clock.now() - 1);
    expect((await probeRights(later, some)).leaks.slice(0, 10)).toEqual([]);
    later.clock.wind(1);
    expect((await probeRights(later, some)).leaks.slice(0, 10)).toEqual([]);
    await later.close();
  }, 300_000);
});

describe('the matrix finds', () => {
  it.each<readonly [string, Mistakes, RegExp]>([
    [
      'a count that forgets the plan',
      { storesOf: spoil(({ count }) => ({ count: (queries, { now }) => count(queries, publicView(now)) })) },
      /count of .* instead of/,
    ],
    [
      'a count of a search that forgets the plan',
      { storesOf: spoil((own) => ({ countSearch: (queries, { now }) => own.countSearch(queries, publicView(now)) })) },
      /count of search/,
    ],
    [
      'a search of bodies for whom they are withheld',
      {
        storesOf: spoil(({ search }) => ({
          search: (requests, view) => search(requests, withPlan(view, { syndication: 'FULL' })),
        })),
      },
      /search for bd/,
    ],
    [
      'a count of what is under embargo',
      {
        storesOf: spoil(({ count }) => ({
          count: (queries, view) => count(queries, withPlan(view, { embargoed: true })),
        })),
      },
      /count of/,
    ],
    [
      'an audience that ignores sections',
      { audience: (plan) => audienceOf({ ...plan, sections: null, editions: null }) },
      /./,
    ],
    ['an audience that ignores rights', { audience: (plan) => audienceOf({ ...plan, syndication: 'FULL' }) }, /./],
    ['an audience of everybody', { audience: () => 'public' }, /./],
  ])(
    '%s',
    async (_name, mistakes, says) => {
      const rig = await createRightsRig(database, mistakes);
      const { leaks } = await probeRights(
        rig,
        RIGHTS_PROBES.filter((_probe, index) => index % 5 === 0 || index > 160),
      );
      await rig.close();
      expect(leaks.join('\n')).toMatch(says);
    },
    300_000,
  );
});
