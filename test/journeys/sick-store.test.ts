import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { tagOf } from '../../src/content/tags.ts';
import { createRecordingLogger } from '../http/recording-logger.ts';
import { runQuery, type QueryAnswer } from '../support/run-query.ts';
import { createWoundClock } from '../support/wound-clock.ts';
import { DESK_START } from './desk.ts';
import { jsonWithout, lostPaths, placeOf } from './lost-paths.ts';
import { cold, DEMO_VARIABLES, OPERATIONS, readOperation, type OperationName } from './operations.ts';
import { ADMIN_TOKEN, openTwoStores, type TwoStores } from './two-stores.ts';

const FRONT = `query Front {
  editions {
    code
    name
    articles(first: 3) { nodes { headline section { name } tags { name } authors { name } } }
    trending(first: 2) { headline }
    navigation { label }
  }
}`;

/** Where each operation reads of the Arabic edition what it asks of the English one: a translation is read where it lives. */
const TRANSLATIONS: Readonly<Record<OperationName, readonly string[]>> = {
  'article-page': ['edition.article.translations[]'],
  'front-page': [],
  'section-listing': ['edition.section.translations[]'],
  search: [],
};

const SICK = 'a store is sick: it is left alone but for one call now and then, and its fields are null';
const WELL = 'a store is well again';

describe('a gateway of two stores, one of which fails', () => {
  const { logger, lines, next } = createRecordingLogger();
  const clock = createWoundClock(DESK_START);
  let stores: TwoStores;
  let whole: QueryAnswer;
  beforeAll(async () => {
    stores = await openTwoStores({ clock, logger });
    whole = await ask(cold(FRONT));
  });
  afterAll(() => stores.close());

  const ask = (query: string, variables = {}, headers = {}): Promise<QueryAnswer> =>
    runQuery(stores.app, query, variables, headers);
  const readiness = async () => (await stores.app.server.inject({ url: '/readyz' })).json();
  const heal = async (): Promise<void> => {
    const well = next(WELL);
    await stores.wire.pass();
    if ((await readiness()).stores.beirut !== 'ok') await well;
  };
  beforeEach(async () => {
    await heal();
    stores.takeStatements();
  });
  /** Asks new questions until the store is given up. */
  const sicken = async (): Promise<void> => {
    const sick = next(SICK);
    await Promise.all(Array.from({ length: 3 }, () => ask(cold(FRONT))));
    await sick;
  };

  it('is whole while both are well, and says which was asked how often to whom it may', async () => {
    expect([whole.status, whole.errors]).toEqual([200, []]);
    expect(whole.data.editions).toHaveLength(3);
    expect(await readiness()).toEqual({
      status: 'ready',
      stores: { postgres: 'ok', london: 'ok', beirut: 'ok' },
    });
    const told = await ask(cold(FRONT), {}, { authorization: `Bearer ${ADMIN_TOKEN}` });
    const { upstream } = JSON.parse(told.body).extensions;
    expect(upstream).toEqual({
      london: { calls: expect.any(Number), milliseconds: expect.any(Number) },
      beirut: { calls: stores.takeStatements().length, milliseconds: expect.any(Number) },
    });
    expect(upstream.beirut.calls).toBeGreaterThanOrEqual(3);
  });

  it.each([
    ['refuse', 'STORE_FAILED'],
    ['hang', 'STORE_TIMEOUT'],
  ] as const)(
    '%s: costs the fields of its own edition, by its name, and nothing of the others',
    async (fault, code) => {
      await stores.wire[fault]();
      const cut = await ask(cold(FRONT));
      expect(cut.status).toBe(200);
      const [english, arabic, spanish] = ['EN', 'AR', 'ES'].map((edition) =>
        cut.data.editions.find(({ code: one }: { code: string }) => one === edition),
      );
      const before = (edition: string) =>
        whole.data.editions.find(({ code: one }: { code: string }) => one === edition);
      expect([english, spanish]).toEqual([before('EN'), before('ES')]);
      // What the configuration knows of it stays.
      expect(arabic).toMatchObject({ code: 'AR', name: before('AR').name, articles: null, trending: null });
      expect(cut.errors.length).toBeGreaterThanOrEqual(2);
      for (const { extensions, message, path } of cut.errors) {
        expect(extensions).toEqual({ code, store: 'beirut' });
        expect(message).toBe(code === 'STORE_TIMEOUT' ? 'beirut did not answer in time' : 'beirut failed');
        expect(path?.slice(0, 2)).toEqual(['editions', 1]);
      }
      expect(cut.headers['cache-control']).toBe('no-store');

      await sicken();
      const refused = await ask(cold(FRONT));
      expect(refused.errors.map(({ extensions }) => extensions)).toEqual(
        refused.errors.map(() => ({ code: 'STORE_FAILED', store: 'beirut' })),
      );
      expect(await readiness()).toEqual({
        status: 'degraded',
        stores: { postgres: 'ok', london: 'ok', beirut: 'failed' },
      });
    },
  );

  it('is said once when it becomes sick and once when it is well, though nobody reads meanwhile', async () => {
    const from = lines.length;
    await stores.wire.refuse();
    await sicken();
    for (let count = 0; count < 5; count += 1) await ask(cold(FRONT));
    await heal();
    const said = lines.slice(from).filter(({ message }) => message === SICK || message === WELL);
    expect(said.map(({ level, fields: { store }, message }) => [level, store, message])).toEqual([
      ['warn', 'beirut', SICK],
      ['info', 'beirut', WELL],
    ]);
    expect(said[0]?.fields['reason']).toMatch(/ECONNREFUSED|terminated/);
    expect(JSON.stringify(said)).not.toMatch(/postgres(ql)?:\/\//);
    expect((await ask(cold(FRONT))).data).toEqual(whole.data);
  });

  it.each(OPERATIONS)('its %s is what the configuration knows; that of another edition is whole', async (name) => {
    const wholeEnglish = await ask(cold(readOperation(name)), DEMO_VARIABLES.EN[name]);
    await stores.wire.refuse();
    const english = await ask(cold(readOperation(name)), DEMO_VARIABLES.EN[name]);
    const lost = lostPaths(english);
    expect(lost.map(placeOf)).toEqual(TRANSLATIONS[name]);
    expect(JSON.stringify(english.data)).toBe(jsonWithout(wholeEnglish.data, lost));
    const arabic = await ask(cold(readOperation(name)), DEMO_VARIABLES.AR[name]);
    expect(arabic.status).toBe(200);
    expect(arabic.errors.length).toBeGreaterThanOrEqual(1);
    for (const { extensions } of arabic.errors) expect(extensions).toMatchObject({ store: 'beirut' });
    expect(arabic.data.edition).not.toBeNull();
  });

  describe('and what was kept of it, too old by now', () => {
    const query = 'query Kept { edition(code: AR) { articles(first: 2) { nodes { id headline } } } }';
    const stateOf = ({ headers }: QueryAnswer): string => String(headers['cache-status']);
    /** Longer than any answer lives, and any of them is served while it is made anew. */
    const TOO_OLD_MS = 400_000;

    /** A busy machine may be late to renew its right to keep anything. */
    const keep = async (): Promise<QueryAnswer> => {
      for (;;) {
        const answer = await ask(query);
        if (/stored|hit/.test(stateOf(answer)) && !stateOf(answer).includes('degraded')) return answer;
      }
    };

    it('is served while nothing of it has changed, and says so', async () => {
      const kept = await keep();
      await stores.wire.refuse();
      clock.wind(TOO_OLD_MS);
      const stale = await ask(query);
      expect([stale.status, stale.body]).toEqual([200, kept.body]);
      expect(stateOf(stale)).toContain('detail=stale-if-error');
      expect(stale.headers['cache-control']).toBe('no-store');
    });

    it('is not, once something of it has changed', async () => {
      await keep();
      await stores.wire.refuse();
      clock.wind(TOO_OLD_MS);
      await stores.app.server.inject({
        method: 'POST',
        url: '/changes',
        headers: { authorization: `Bearer ${ADMIN_TOKEN}` },
        payload: { id: randomUUID(), changes: [{ tags: [tagOf.list.all('AR')] }] },
      });
      const changed = await ask(query);
      expect(changed.data).toEqual({ edition: { articles: null } });
      expect(changed.errors.map(({ extensions }) => extensions)).toEqual([{ code: 'STORE_FAILED', store: 'beirut' }]);
      expect(stateOf(changed)).not.toContain('stale-if-error');
    });
  });

  describe('with a thousand clients', () => {
    const CLIENTS = 1_000;
    const outcomes = (answers: readonly QueryAnswer[]): readonly string[] => [
      ...new Set(
        answers.flatMap(({ status, errors }) =>
          errors.map(({ extensions }) => `${status} ${String(extensions['store'])}`),
        ),
      ),
    ];
    const callsOf = async (): Promise<number> => {
      const text = await stores.app.server.inject({
        url: '/metrics',
        headers: { authorization: `Bearer ${ADMIN_TOKEN}` },
      });
      return text.body
        .split('\n')
        .filter((line) => /^masthead_store_calls_total\{store="beirut",outcome="(?!open|full)/.test(line))
        .reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
    };

    it('of one page, is asked once for all of them, and again after two seconds', async () => {
      const query = cold(FRONT);
      await stores.wire.hang();
      stores.takeStatements();
      const before = await callsOf();
      const answers = await Promise.all(Array.from({ length: CLIENTS }, () => ask(query)));
      expect(outcomes(answers)).toEqual(['200 beirut']);
      const once = (await callsOf()) - before;
      // Of one answer, with a retry each at most.
      expect(once).toBeGreaterThanOrEqual(2);
      expect(once).toBeLessThanOrEqual(12);
      clock.wind(1_999);
      expect(outcomes(await Promise.all(Array.from({ length: CLIENTS }, () => ask(query))))).toEqual(['200 beirut']);
      expect((await callsOf()) - before).toBeLessThanOrEqual(once + 1);
      clock.wind(1);
    });

    it('of as many pages, is asked no more often than its breaker lets, and nobody waits for it', async () => {
      await stores.wire.refuse();
      await sicken();
      const before = await callsOf();
      stores.takeStatements();
      const answers = await Promise.all(
        Array.from({ length: CLIENTS }, () => ask(cold('{ edition(code: AR) { trending(first: 1) { headline } } }'))),
      );
      expect(outcomes(answers)).toEqual(['200 beirut']);
      // Trials: one each time its time is over.
      expect((await callsOf()) - before).toBeLessThanOrEqual(20);
    });
  });
});
