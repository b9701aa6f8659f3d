import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { parse, visit } from 'graphql';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createEntityTier } from '../../src/cache/entity-tier.ts';
import { createResidentStores } from '../../src/cache/resident-stores.ts';
import { createSecondChance } from '../../src/cache/second-chance.ts';
import { createPostgresStores } from '../../src/stores/postgres/postgres-stores.ts';
import { writeArticles } from '../support/content-rows.ts';
import { createTestDatabase } from '../support/test-database.ts';
import { createEntityRig } from './entity-rig.ts';
import { createHandFollower } from './hand-follower.ts';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;
const heldBytes = (): number => {
  collect();
  return process.memoryUsage().heapUsed;
};

const REQUESTS = 200;
const slugOf = (number: number): string => `a-story-of-many-words-${number}`;
/** An id, or a slug, that stands in a request of 90 KB, as the parser gives it. */
const idInRequest = (number: number): string => {
  const request = JSON.parse(`"{ node(id: \\"${slugOf(number)}\\") { id } } #${'.'.repeat(90_000)}"`);
  let id = '';
  visit(parse(request as string, { noLocation: true }), {
    StringValue({ value }) {
      id = value;
    },
  });
  return id;
};

/** What stays in memory of as many requests when `keep` has been handed the id of each. */
const keptBytes = async (keep: (id: string) => unknown): Promise<number> => {
  const before = heldBytes();
  for (let number = 0; number < REQUESTS; number += 1) await keep(idInRequest(number));
  return heldBytes() - before;
};

describe('what is kept of a request', () => {
  it('is all of its text where an id is kept as it comes', async () => {
    const ids: string[] = [];
    expect(await keptBytes((id) => ids.push(id))).toBeGreaterThan(REQUESTS * 80_000);
    // Counted until here, and not in what comes next.
    ids.length = 0;
  });

  it('is the id alone in the entity tier', async () => {
    const { ask, tier } = createEntityRig({ limitBytes: 10_000_000 });
    expect(await keptBytes((id) => ask(id))).toBeLessThan(REQUESTS * 8_000);
    expect(tier.size().entries).toBe(REQUESTS);
  });

  it('is the slug alone beside the article that was found by it', async () => {
    const database = await createTestDatabase('postgres');
    onTestFinished(() => database.close());
    await writeArticles(
      database,
      Array.from({ length: REQUESTS }, (_, number) => ({ key: slugOf(number), publishedAt: 0 })),
    );
    const tier = createEntityTier({ follower: createHandFollower(), limitBytes: 10_000_000 });
    const told = { articles: () => true, taxonomy: () => true };
    const { articles } = createResidentStores({ ...createPostgresStores(database), told }, tier);
    const read = async (slug: string) => {
      const found = await articles.byAddresses([{ edition: 'EN', form: 'slug', value: slug }]);
      expect(found).toHaveLength(1);
    };
    // The driver's own share, once.
    await read(slugOf(0));
    expect(await keptBytes(read)).toBeLessThan(REQUESTS * 30_000);
    expect(tier.size().entries).toBe(REQUESTS);
  });

  it('is a number where it waits to come a second time, however long its key', async () => {
    const refused = createSecondChance(() => REQUESTS);
    expect(await keptBytes((id) => refused.isSecond(id))).toBeLessThan(REQUESTS * 8_000);
    expect(await keptBytes((id) => refused.isSecond(id.repeat(2_000)))).toBeLessThan(REQUESTS * 8_000);
    expect(refused.isSecond(idInRequest(0).repeat(2_000))).toBe(true);
  });
});
