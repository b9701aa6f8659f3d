import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Plan } from '../../src/content/plan.ts';
import { importDocuments } from '../../src/ingest/import-documents.ts';
import { declarePartners } from '../../src/partners/declare-partners.ts';
import { addPartner } from '../../src/partners/partner-desk.ts';
import { linesOf } from '../support/import-lines.ts';
import { createTestApp, type TestApp } from '../support/test-app.ts';
import { createWoundClock } from '../support/wound-clock.ts';

interface Line {
  readonly cursor: string;
  readonly kind?: string;
  readonly articleId?: string;
  readonly hasMore?: boolean;
}

interface ArticlesPage {
  readonly nodes: readonly { readonly id: string }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
}

type Response = Awaited<ReturnType<TestApp['server']['inject']>>;

describe('a partner that follows what happens', () => {
  const clock = createWoundClock(Date.UTC(2026, 10, 23, 12));
  const keys: Record<string, string> = {};
  let app: TestApp;
  beforeAll(async () => {
    app = await createTestApp({ clock, variables: { PROBE_SECONDS: '0' } });
    await declarePartners(app.database, app.config);
    for (const id of ['agency', 'aggregator', 'radio']) {
      const partner = { id, name: `The ${id}`, plan: id, expiresAt: null, addresses: [] };
      keys[id] = (await addPartner(app.database, partner)).text;
    }
    await app.changes.step();
  });
  afterAll(() => app.close());

  const get = (id: string | null, query: string) =>
    app.server.inject({
      url: `/changes${query}`,
      headers: id === null ? {} : { authorization: `Bearer ${keys[id] ?? id}` },
    });
  /** What `id` is told from `after` on to the end, and what it then has. */
  const follow = async (id: string | null, after?: string) => {
    const told: Line[] = [];
    const has = new Map<string, string>();
    for (let query = `?first=1000${after === undefined ? '' : `&after=${after}`}`; ;) {
      const lines = (await get(id, query)).body
        .split('\n')
        .slice(0, -1)
        .map((line) => JSON.parse(line) as Line);
      const last = lines.pop();
      told.push(...lines);
      for (const { kind = '', articleId = '' } of lines) {
        if (kind === 'KILL') has.delete(articleId);
        else has.set(articleId, kind);
      }
      if (last?.hasMore !== true) return { told, has, cursor: last?.cursor ?? '' };
      query = `?first=1000&after=${last.cursor}`;
    }
  };
  /** Ids of all that `id` is given by lists. */
  const pull = async (id: string | null): Promise<readonly string[]> => {
    const found: string[] = [];
    for (const code of ['EN', 'AR', 'ES'])
      for (let after: string | null = null; ;) {
        const response: Response = await app.server.inject({
          method: 'POST',
          url: '/graphql',
          headers: id === null ? {} : { authorization: `Bearer ${keys[id]}` },
          payload: {
            query: `query ($after: String) { edition(code: ${code}) { articles(first: 100, after: $after) {
              nodes { id } pageInfo { hasNextPage endCursor } } } }`,
            variables: { after },
          },
        });
        const { nodes, pageInfo }: ArticlesPage = response.json().data.edition.articles;
        found.push(...nodes.map((node) => node.id));
        if (!pageInfo.hasNextPage) break;
        after = pageInfo.endCursor;
      }
    return found.toSorted();
  };

  it.each([null, 'agency', 'aggregator', 'radio'])('has what its lists give, from nothing: %s', async (id) => {
    const { has } = await follow(id);
    expect([...has.keys()].toSorted()).toEqual(await pull(id));
    expect(has.size).toBeGreaterThan(0);
  });

  it('is told of what is under embargo when its plan has it early, and others when it ends', async () => {
    const [agency, everybody] = [await follow('agency'), await follow(null)];
    const line = {
      sourceId: 'early',
      edition: 'en',
      slug: 'early',
      headline: 'Early',
      section: 'news/health',
      publishedAt: '2026-11-23T11:00:00Z',
      rights: { embargoedUntil: '2026-11-23T13:00:00Z' },
    };
    const target = { database: app.database, editions: app.config.editions, clock };
    expect((await importDocuments(target, linesOf([line]), { source: 'desk' })).bad).toEqual([]);
    await app.changes.step();
    expect((await follow('agency', agency.cursor)).told).toMatchObject([{ kind: 'PUBLISH' }]);
    clock.wind(60 * 60_000 - 1);
    await app.scheduler.tick();
    await app.changes.step();
    expect((await follow(null, everybody.cursor)).told).toEqual([]);
    clock.wind(1);
    await app.scheduler.tick();
    await app.changes.step();
    expect((await follow(null, everybody.cursor)).told).toMatchObject([{ kind: 'PUBLISH' }, { kind: 'EMBARGO_LIFT' }]);
  });

  it('learns what another plan gives and takes by going on as before', async () => {
    const before = await follow('radio');
    const [plan] = await app.database.query<{ readonly content: Plan }>(
      `SELECT content FROM plans WHERE name = 'radio'`,
    );
    await app.database.query(`UPDATE partners SET plan = 'aggregator' WHERE id = 'radio'`);
    clock.wind(10_000);
    await expect.poll(() => pull('radio'), { timeout: 10_000 }).toEqual(await pull('aggregator'));
    const after = await follow('radio', before.cursor);
    const has = new Set(before.has.keys());
    const killed = after.told.filter(({ kind }) => kind === 'KILL').map(({ articleId = '' }) => articleId);
    expect(killed.filter((id) => !has.delete(id))).toEqual([]);
    for (const { kind, articleId = '' } of after.told) if (kind !== 'KILL') has.add(articleId);
    expect([...has].toSorted()).toEqual(await pull('aggregator'));
    expect(plan?.content.sections).not.toBeNull();
    expect(after.told.some(({ kind }) => kind === 'PUBLISH')).toBe(true);
  });

  it('is told nothing by a key that opens nothing', async () => {
    const response = await get('mh_live_nothing', '');
    expect(response.statusCode).toBe(401);
    expect(response.json()).toMatchObject({ code: 'UNAUTHENTICATED' });
    expect(response.headers['www-authenticate']).toBe('Bearer');
  });
});
