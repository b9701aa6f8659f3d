import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findLostSections } from '../../src/cli/check-plans.ts';
import { createPlan } from '../content/create-plan.ts';
import { openStores, type StoresUnderTest } from '../support/stores-under-test.ts';

describe('findLostSections', () => {
  let opened: StoresUnderTest;
  beforeAll(async () => {
    opened = await openStores('postgres');
    await opened.write([{ key: 'a', publishedAt: 0, sections: ['news/politics'] }]);
  });
  afterAll(() => opened.close());

  it('names sections of plans that are not there, in whatever spelling, where there are others', async () => {
    const plan = (paths: readonly string[]) =>
      createPlan({ editions: ['EN', 'AR'], sections: { EN: paths, AR: ['x'] } });
    const plans = { whole: createPlan(), right: plan(['news', 'ｎｅｗｓ/politics']), wrong: plan(['news', 'nws']) };
    expect(await findLostSections({ plans }, opened.database)).toEqual([
      { part: 'plan wrong', state: 'failed', detail: 'EN has no section "nws": nothing of it is had' },
    ]);
    expect(await findLostSections({ plans: { whole: createPlan() } }, opened.database)).toEqual([]);
  });
});
