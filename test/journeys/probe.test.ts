import { afterEach, describe, expect, it } from 'vitest';
import { ANONYMOUS } from '../../src/content/caller.ts';
import { systemClock } from '../../src/clock.ts';
import { createProbe, type ProbeOutcome } from '../../src/graphql/probe.ts';
import { createEntityTier } from '../../src/cache/entity-tier.ts';
import { keepInTier } from '../../src/cache/resident-stores.ts';
import { createResponseCache } from '../../src/cache/response-cache.ts';
import { createCounters } from '../../src/stores/counters.ts';
import { createPostgresStores } from '../../src/stores/postgres/postgres-stores.ts';
import type { Stores } from '../../src/stores/stores.ts';
import { createAnswering, keyPartsOf } from '../../src/wiring/create-answering.ts';
import { idleDesk } from '../support/idle-desk.ts';
import { createTestApp, type TestApp } from '../support/test-app.ts';
import { noDeltas } from '../support/no-deltas.ts';

const QUERY = '{ edition(code: EN) { articles(first: 3) { nodes { headline } } } }';

/** The demo newsroom's own answering, with a probe that looks whenever it is told to. */
const setUp = async (app: TestApp) => {
  const time = { ms: 0 };
  let told = Promise.withResolvers<ProbeOutcome>();
  const { follower } = app.changes;
  const probe = createProbe({
    everySeconds: 1,
    monotonic: () => time.ms,
    catchUp: app.changes.step,
    onOutcome: (outcome) => told.resolve(outcome),
  });
  const stores: Stores = {
    ...createPostgresStores(app.database),
    told: { articles: () => true, taxonomy: () => true },
  };
  const tier = createEntityTier({ follower, limitBytes: 1_000_000 });
  const { service, stop } = await createAnswering({
    config: app.config,
    storesOf: () => stores,
    residentStoresOf: keepInTier(() => stores, tier),
    cache: createResponseCache({ follower, clock: systemClock, limitBytes: 1_000_000 }),
    follower,
    clock: systemClock,
    counters: createCounters({ storesOf: () => stores, clock: systemClock }),
    desk: idleDesk,
    deltas: noDeltas,
    keyParts: keyPartsOf(app.config),
    probe,
  });
  const ask = async (query = QUERY) => {
    const request = { query, operationName: undefined, variables: undefined };
    const { state } = await service.answer(request, service.prepare(request), {
      caller: ANONYMOUS,
      mediaType: 'application/json',
      onError: () => undefined,
    });
    return state;
  };
  /** What the probe says of the next hit. */
  const look = async (query = QUERY): Promise<ProbeOutcome> => {
    told = Promise.withResolvers();
    time.ms += 1_000;
    expect(await ask(query)).toBe('hit');
    return told.promise;
  };
  return { ask, look, stop, isDue: probe.isDue, time };
};

describe('the probe, over the demo newsroom', () => {
  let app: TestApp;
  afterEach(() => app.close());

  it('finds an article changed behind the change log’s back, and nothing else', async () => {
    app = await createTestApp();
    const { ask, look, stop } = await setUp(app);
    await ask();
    expect(await look()).toBe('consistent');
    // Somebody at a database console, who tells nobody.
    await app.database.query(`UPDATE articles SET headline = headline || '!'`);
    expect(await look()).toBe('inconsistent');
    await stop();
  });

  it('finds a section that answers are made of, though the old one is kept', async () => {
    app = await createTestApp();
    const { ask, look, stop } = await setUp(app);
    const menu = (name: string): string => `query ${name} { edition(code: EN) { sections { name } } }`;
    await ask(menu('First'));
    await app.database.query(`UPDATE sections SET name = name || '!'`);
    // Made of what is kept since the first.
    await ask(menu('Second'));
    expect(await look(menu('Second'))).toBe('inconsistent');
    await stop();
  });

  it('does not look at answers that move by themselves', async () => {
    app = await createTestApp();
    const { ask, stop, isDue, time } = await setUp(app);
    const volatile = '{ edition(code: EN) { mostRead { headline } } }';
    await ask(volatile);
    time.ms += 1_000;
    expect(await ask(volatile)).toBe('hit');
    expect(isDue()).toBe(true);
    await stop();
  });
});
