import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { parse, visit } from 'graphql';
import { describe, expect, it } from 'vitest';
import { createSecondChance } from '../../src/cache/second-chance.ts';
import { createEntityRig } from './entity-rig.ts';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;
const heldBytes = (): number => {
  collect();
  return process.memoryUsage().heapUsed;
};

const REQUESTS = 200;
/** An id that stands in a request of 90 KB, as the parser gives it. */
const idInRequest = (number: number): string => {
  const request = JSON.parse(
    `"{ node(id: \\"a story that there is not, ${number}\\") { id } } #${'.'.repeat(90_000)}"`,
  );
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

  it('is a number where it waits to come a second time, however long its key', async () => {
    const refused = createSecondChance(() => REQUESTS);
    expect(await keptBytes((id) => refused.isSecond(id))).toBeLessThan(REQUESTS * 8_000);
    expect(await keptBytes((id) => refused.isSecond(id.repeat(2_000)))).toBeLessThan(REQUESTS * 8_000);
    expect(refused.isSecond(idInRequest(0).repeat(2_000))).toBe(true);
  });
});
