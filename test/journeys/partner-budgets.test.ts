import { afterEach, describe, expect, inject, it } from 'vitest';
import { createApp } from '../../src/app.ts';
import type { Plan } from '../../src/content/plan.ts';
import { declarePartners } from '../../src/partners/declare-partners.ts';
import { addPartner } from '../../src/partners/partner-desk.ts';
import { readPartnerSpending } from '../../src/stores/postgres/partner-spending.ts';
import { PATIENT } from '../redis/open-link.ts';
import { createTestApp } from '../support/test-app.ts';
import { createWoundClock } from '../support/wound-clock.ts';

const NOW = Date.parse('2026-11-29T12:00:00Z');
const ADMIN_TOKEN = 'the-admin-token-of-tests';
const PLAN: Omit<Plan, 'budget'> = {
  editions: null,
  sections: null,
  kinds: null,
  syndication: 'FULL',
  embargoed: false,
};

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

/** Gateways that share a database and a Redis, and partners of one plan. */
const start = async (count: number, variables: Readonly<Record<string, string>> = {}) => {
  const clock = createWoundClock(NOW);
  const swap = { redisPatience: PATIENT };
  const first = await createTestApp({ clock, swap, variables: { ADMIN_TOKEN, PROBE_SECONDS: '0', ...variables } });
  closing.push(first.close);
  const plans = {
    small: { ...PLAN, budget: { capacity: 100, refillPerMinute: 60 } },
    boundless: { ...PLAN, budget: null },
  };
  await declarePartners(first.database, { plans, partners: [] });
  const keys: Record<string, string> = {};
  for (const [id, plan] of Object.entries({ one: 'small', other: 'small', free: 'boundless' }))
    keys[id] = (await addPartner(first.database, { id, name: `The ${id}`, plan, expiresAt: null, addresses: [] })).text;
  const apps = [first];
  for (let process = 1; process < count; process += 1) {
    const app = await createApp(first.config, first.database, { clock, ...swap });
    await app.changes.start();
    closing.push(app.close);
    apps.push({ ...first, ...app });
  }
  const urls = await Promise.all(apps.map(({ server }) => server.listen({ port: 0, host: '127.0.0.1' })));
  const send = (id: string, query: string, url = urls[0]) =>
    fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${keys[id]}` },
      body: JSON.stringify({ query }),
    });
  const follow = (id: string, more = '') =>
    fetch(`${urls[0]}/changes?first=100${more}`, { headers: { authorization: `Bearer ${keys[id]}` } });
  return { clock, database: first.database, urls, send, follow };
};
/** Costs 1, and 0.1 when it is kept. */
const query = (name: string): string => `query ${name} { edition(code: EN) { name } }`;
const seen = ({ status, headers }: Response) => [
  status,
  headers.get('ratelimit-policy'),
  headers.get('ratelimit'),
  headers.get('retry-after'),
];
const POLICY = '"cost";q=100;w=100';

describe('a partner with a budget', () => {
  it('is told how it stands with every answer, and pays a tenth for what is kept', async () => {
    const { clock, send } = await start(1);
    expect(seen(await send('one', query('a')))).toEqual([200, POLICY, '"cost";r=99;t=1', null]);
    for (let turn = 0; turn < 10; turn += 1) await send('one', query('a'));
    expect(seen(await send('one', query('a')))).toEqual([200, POLICY, '"cost";r=97;t=3', null]);
    clock.wind(2_100);
    expect(seen(await send('one', query('a')))).toEqual([200, POLICY, '"cost";r=99;t=1', null]);
    expect(seen(await send('free', query('a')))).toEqual([200, null, null, null]);
  });

  it('is refused when nothing is left, and no other is', async () => {
    const { clock, urls, send } = await start(1);
    for (let turn = 0; turn < 100; turn += 1) expect((await send('one', query(`q${turn}`))).status).toBe(200);
    const refused = await send('one', query('one_more'));
    expect(seen(refused)).toEqual([429, POLICY, '"cost";r=0;t=100', '1']);
    expect(refused.headers.get('cache-control')).toBe('no-store');
    expect(await refused.json()).toEqual({
      errors: [
        { message: 'Quota exhausted, retry in 1 s', extensions: { code: 'BUDGET_EXHAUSTED', retryAfterSeconds: 1 } },
      ],
    });
    expect(seen(await send('other', query('a')))).toEqual([200, POLICY, '"cost";r=99;t=1', null]);
    expect((await fetch(`${urls[0]}/graphql?query={editions{name}}`)).status).toBe(200);
    clock.wind(1_000);
    expect(seen(await send('one', query('one_more')))).toEqual([200, POLICY, '"cost";r=0;t=100', null]);
    const figures = await (
      await fetch(`${urls[0]}/metrics`, { headers: { authorization: `Bearer ${ADMIN_TOKEN}` } })
    ).text();
    expect(figures).toContain('masthead_budget_spent_total{payer="The one"} 101');
    expect(figures).toContain('masthead_budget_refused_total{payer="The one"} 1');
    expect(figures).not.toContain('payer="anonymous"');
  });

  it('reads how it stands', async () => {
    const { send } = await start(1);
    // Costs 2.
    const viewer = '{ viewer { rateLimit { limit remaining resetAt } } }';
    await send('one', query('a'));
    expect(await (await send('one', viewer)).json()).toEqual({
      data: { viewer: { rateLimit: { limit: 100, remaining: 97, resetAt: '2026-11-29T12:00:03+00:00' } } },
    });
    expect(await (await send('free', viewer)).json()).toEqual({ data: { viewer: { rateLimit: null } } });
  });

  it('spends one budget at all gateways that share a Redis, and what it spent is saved', async () => {
    const { database, urls, send } = await start(3, { REDIS_URL: inject('redisUrl') });
    const statuses: number[] = [];
    const began = performance.now();
    for (let turn = 0; turn < 50; turn += 1)
      for (const url of urls) statuses.push((await send('one', query(`q${turn}_${urls.indexOf(url)}`), url)).status);
    const seconds = Math.ceil((performance.now() - began) / 1_000);
    const answered = statuses.filter((status) => status === 200).length;
    // The bucket goes by the time of Redis: a token comes back in a second.
    expect(answered).toBeGreaterThanOrEqual(100);
    expect(answered).toBeLessThanOrEqual(101 + seconds);
    expect(statuses.filter((status) => status === 429)).toHaveLength(150 - answered);
    // Each has saved before it is gone; the database is the first one's.
    for (const close of closing.splice(1)) await close();
    const span = { from: '2026-11-29', to: '2026-11-29', partnerId: 'one' };
    const [saved] = await readPartnerSpending(database, span);
    expect(saved?.requests).toBeGreaterThan(0);
    expect(saved?.spent).toBe(saved?.requests);
  });
});

describe('a partner that follows changes', () => {
  it('pays for each that it is told, and is refused by a problem', async () => {
    const { send, follow } = await start(1);
    const followed = await follow('one');
    expect(followed.status).toBe(200);
    const told = (await followed.text()).trim().split('\n').length - 1;
    const left = 100 - Math.max(1, told);
    expect(followed.headers.get('ratelimit')).toBe(`"cost";r=${left};t=${100 - left}`);
    for (let turn = 0; turn < left; turn += 1) await send('one', query(`q${turn}`));
    const refused = await follow('one');
    expect(seen(refused)).toEqual([429, POLICY, '"cost";r=0;t=100', '100']);
    expect(refused.headers.get('content-type')).toBe('application/problem+json');
    expect(await refused.json()).toMatchObject({
      code: 'BUDGET_EXHAUSTED',
      status: 429,
      detail: 'Quota exhausted, retry in 100 s',
    });
    expect((await follow('free')).status).toBe(200);
  });

  it('pays nothing for what cannot be read, and is told how it stands', async () => {
    const { send, follow } = await start(1);
    for (let turn = 0; turn < 3; turn += 1)
      expect(seen(await follow('one', '&after=nonsense'))).toEqual([400, POLICY, '"cost";r=100;t=0', null]);
    expect(seen(await send('one', query('a')))).toEqual([200, POLICY, '"cost";r=99;t=1', null]);
  });
});
