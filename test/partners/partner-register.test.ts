import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ANONYMOUS } from '../../src/content/caller.ts';
import { audienceOf } from '../../src/content/plan.ts';
import type { Database, Queryable } from '../../src/database/database.ts';
import { StoreError } from '../../src/errors.ts';
import { createAuthenticate } from '../../src/partners/authenticate.ts';
import { declarePartners } from '../../src/partners/declare-partners.ts';
import { loadUsage } from '../../src/partners/load-usage.ts';
import { addPartner, loadPartners, revokeKeys, rotateKey } from '../../src/partners/partner-desk.ts';
import { createPartnerRegister, LOOK_AGAIN_MS, REGISTER_MAX_AGE_MS } from '../../src/partners/partner-register.ts';
import { loadPlanContent } from '../../src/partners/partner-rows.ts';
import { createUsageTally } from '../../src/partners/usage-tally.ts';
import { createPlan } from '../content/create-plan.ts';
import { createGate } from '../support/gate.ts';
import { createTestDatabase, databaseKinds } from '../support/test-database.ts';
import { createWoundClock } from '../support/wound-clock.ts';

const NOW = Date.UTC(2026, 10, 29, 12);
const plan = createPlan({ editions: ['EN'], syndication: 'EXCERPT' });
const radio = { id: 'radio', name: 'Radio One', plan: 'small', expiresAt: null, addresses: [] };

describe.each(databaseKinds)('partners, on %s', (kind) => {
  let database: Database;
  let elapsedMs: number;
  let asked: number;
  let broken: boolean;
  // One for all: to make a database takes longer than any of the tests.
  beforeAll(async () => {
    database = await createTestDatabase(kind);
  });
  afterAll(() => database.close());
  beforeEach(async () => {
    await database.query(
      'TRUNCATE plan_contents, plans, partners, partner_keys, partner_usage, partner_spending CASCADE',
    );
    [elapsedMs, asked, broken] = [0, 0, false];
    await declarePartners(database, { plans: { small: plan }, partners: [] });
  });

  const setUp = () => {
    const clock = createWoundClock(NOW);
    const watched: Queryable = {
      query: (text, values) => {
        asked += 1;
        if (broken) return Promise.reject(new StoreError('postgres', 'STORE_FAILED'));
        return database.query(text, values);
      },
    };
    const register = createPartnerRegister({ database: watched, elapsed: () => elapsedMs });
    const authenticate = createAuthenticate({ register, clock });
    const open = (key: string, address = '203.0.113.7') =>
      authenticate({ headers: { authorization: `Bearer ${key}` }, address });
    return { clock, authenticate, open };
  };
  const refused = { code: 'UNAUTHENTICATED', message: 'The API key does not open anything' };
  const late = () => (elapsedMs += REGISTER_MAX_AGE_MS + 1);

  it('are told by a key in either header; whoever brings none is everybody, and asks nothing of the database', async () => {
    const { authenticate, open } = setUp();
    expect(await authenticate({ headers: {}, address: undefined })).toBe(ANONYMOUS);
    expect(await authenticate({ headers: { authorization: 'Basic c2l0ZTpwYXNz' }, address: undefined })).toBe(
      ANONYMOUS,
    );
    expect(asked).toBe(0);
    const { text } = await addPartner(database, radio);
    const caller = { audience: audienceOf(plan), partner: { id: 'radio', name: 'Radio One' }, plan };
    expect(await open(text)).toEqual(caller);
    expect(await authenticate({ headers: { 'x-api-key': text }, address: undefined })).toEqual(caller);
    // The same object as long as nothing about the key changes.
    expect(await open(text)).toBe(await open(text));
  });

  it('open with a key as soon as it is shown; keys that are made up ask ten times a second at most', async () => {
    const { open } = setUp();
    const { text: first } = await addPartner(database, radio);
    await open(first);
    const { text: second } = await rotateKey(database, 'radio', { keepMs: 60 * 60_000, now: NOW });
    elapsedMs += LOOK_AGAIN_MS + 1;
    expect(await open(second)).toMatchObject({ partner: { id: 'radio' } });
    const before = asked;
    const madeUp = second.replace(/^mh_live_\w{8}/, 'mh_live_zzzzzzzz');
    for (let turn = 0; turn < 20; turn += 1) await expect(open(madeUp)).rejects.toMatchObject(refused);
    expect(asked).toBe(before);
    elapsedMs += LOOK_AGAIN_MS + 1;
    for (let turn = 0; turn < 20; turn += 1) await expect(open(madeUp)).rejects.toMatchObject(refused);
    expect(asked).toBe(before + 1);
  });

  it('are refused by one message, whatever is wrong', async () => {
    const { authenticate, open, clock } = setUp();
    const { text } = await addPartner(database, { ...radio, addresses: ['203.0.113.0/24'], expiresAt: NOW + 1000 });
    const other = await addPartner(database, { ...radio, id: 'other', name: 'Another' });
    await expect(open(`${text.slice(0, -1)}${text.endsWith('0') ? '1' : '0'}`)).rejects.toMatchObject(refused);
    await expect(open('nonsense')).rejects.toMatchObject(refused);
    await expect(open('')).rejects.toMatchObject(refused);
    await expect(open(text, '198.51.100.1')).rejects.toMatchObject(refused);
    await expect(authenticate({ headers: { authorization: text }, address: '203.0.113.7' })).rejects.toMatchObject(
      refused,
    );
    const both = { authorization: `Bearer ${text}`, 'x-api-key': other.text };
    await expect(authenticate({ headers: both, address: '203.0.113.7' })).rejects.toMatchObject(refused);
    expect(await open(text)).toMatchObject({ partner: { id: 'radio' } });
    clock.wind(1000);
    await expect(open(text)).rejects.toMatchObject(refused);
    expect(await open(other.text)).toMatchObject({ partner: { id: 'other' } });
  });

  it('lose a revoked key at once that the register is asked for again, which is soon', async () => {
    const { open } = setUp();
    const { text } = await addPartner(database, radio);
    await open(text);
    const before = asked;
    await open(text);
    expect(asked).toBe(before);
    expect(await revokeKeys(database, 'radio')).toHaveLength(1);
    late();
    await expect(open(text)).rejects.toMatchObject(refused);
    expect(REGISTER_MAX_AGE_MS).toBeLessThan(5_000);
  });

  it('are not taken at their word while nobody can say whether a key was revoked', async () => {
    const { open } = setUp();
    const { text } = await addPartner(database, radio);
    await open(text);
    broken = true;
    await open(text);
    late();
    await expect(open(text)).rejects.toMatchObject({ code: 'STORE_FAILED' });
    broken = false;
    expect(await open(text)).toMatchObject({ partner: { id: 'radio' } });
  });

  it('have several keys, of which the former ones end when a new one is made', async () => {
    const { open } = setUp();
    const first = await addPartner(database, radio);
    const second = await rotateKey(database, 'radio', { keepMs: 60 * 60_000, now: NOW });
    await open(first.text);
    await open(second.text);
    const third = await rotateKey(database, 'radio', { keepMs: 0, now: NOW });
    const [partner] = await loadPartners(database, 'radio');
    expect(partner?.keys.map(({ prefix }) => prefix).toSorted()).toEqual(
      [first, second, third].map(({ prefix }) => prefix).toSorted(),
    );
    expect(await revokeKeys(database, 'radio', third.prefix)).toEqual([third.prefix]);
    expect(await revokeKeys(database, 'radio', third.prefix)).toEqual([]);
    await expect(rotateKey(database, 'nobody', { keepMs: 0, now: NOW })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(addPartner(database, { ...radio, id: 'new', plan: 'none' })).rejects.toMatchObject({
      code: 'BAD_USER_INPUT',
    });
    await expect(addPartner(database, radio)).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
  });

  it('see by an edited plan as soon as it is read, and what it was before is kept', async () => {
    const { open } = setUp();
    const { text } = await addPartner(database, radio);
    const before = await open(text);
    const wider = createPlan({ syndication: 'FULL', embargoed: true });
    await declarePartners(database, { plans: { small: wider }, partners: [] });
    late();
    const after = await open(text);
    expect(after).toMatchObject({ plan: wider, audience: audienceOf(wider) });
    expect(await loadPlanContent(database, before.audience)).toEqual(plan);
    expect(await loadPlanContent(database, after.audience)).toEqual(wider);
    expect(await loadPlanContent(database, 'unknown')).toBe(null);
  });

  it('are what the file says: who leaves it loses what its keys open, until it comes back', async () => {
    const { open } = setUp();
    const file = { plans: { small: plan }, partners: [radio] };
    await declarePartners(database, file);
    const { text } = await rotateKey(database, 'radio', { keepMs: 0, now: NOW });
    const added = await addPartner(database, { ...radio, id: 'by-hand', name: 'By hand' });
    await open(text);
    const version = async () => (await database.query('SELECT version FROM partner_register'))[0];
    const before = await version();
    await declarePartners(database, file);
    expect(await version()).toEqual(before);
    await declarePartners(database, { plans: {}, partners: [] });
    late();
    await expect(open(text)).rejects.toMatchObject(refused);
    await open(added.text);
    await declarePartners(database, file);
    late();
    await open(text);
  });

  it('are counted beside their requests: what comes while it is written down is written next', async () => {
    const { prefix } = await addPartner(database, radio);
    const gates = [createGate(), createGate()];
    let writes = 0;
    const tally = createUsageTally({
      database: {
        query: async (text, values) => {
          await gates[writes]?.pass();
          writes += 1;
          return await database.query(text, values);
        },
      },
      onFailure: (error) => expect(error).toBe(undefined),
      everyMs: 1,
    });
    const use = { partnerId: 'radio', prefix, at: NOW };
    tally.count(use);
    await gates[0]?.reached;
    tally.count(use);
    tally.count(use);
    gates[0]?.open();
    await gates[1]?.reached;
    gates[1]?.open();
    await tally.close();
    expect(writes).toBe(2);
    expect(await loadUsage(database, { days: 1, now: NOW })).toMatchObject([{ requests: 3 }]);
    await expect(loadUsage(database, { id: 'nobody', days: 1, now: NOW })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('are counted by key and day, and what cannot be written down is kept', async () => {
    const { prefix } = await addPartner(database, radio);
    const failures: unknown[] = [];
    let isAway = true;
    const tally = createUsageTally({
      database: {
        query: (text, values) =>
          isAway ? Promise.reject(new StoreError('postgres', 'STORE_FAILED')) : database.query(text, values),
      },
      onFailure: (error) => failures.push(error),
    });
    for (let count = 0; count < 3; count += 1) tally.count({ partnerId: 'radio', prefix, at: NOW });
    tally.count({ partnerId: 'gone', prefix: 'x', at: NOW });
    await tally.close();
    expect(failures).toHaveLength(1);
    isAway = false;
    tally.count({ partnerId: 'radio', prefix, at: NOW + 86_400_000 });
    await tally.close();
    expect(await loadUsage(database, { id: 'radio', days: 30, now: NOW })).toEqual([
      { partnerId: 'radio', prefix, day: '2026-11-30', requests: 1 },
      { partnerId: 'radio', prefix, day: '2026-11-29', requests: 3 },
    ]);
  });
});
