import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { audienceOf } from '../../src/content/plan.ts';
import type { Database } from '../../src/database/database.ts';
import { loadPartnerCaller } from '../../src/partners/load-partner-caller.ts';
import { revokeKeys, rotateKey } from '../../src/partners/partner-desk.ts';
import { addTestPartner } from '../support/add-test-partner.ts';
import { createTestDatabase, databaseKinds } from '../support/test-database.ts';

describe.each(databaseKinds)('loadPartnerCaller on %s', (kind) => {
  let database: Database;
  beforeEach(async () => {
    database = await createTestDatabase(kind);
    await addTestPartner(database, 'radio');
  });
  afterEach(() => database.close());
  const load = (id = 'radio', now = Date.now()) => loadPartnerCaller(database, id, now);

  it('gives the caller that the partner is with a key', async () => {
    const caller = await load();
    expect(caller).toMatchObject({ partner: { id: 'radio', name: 'The radio' }, plan: { syndication: 'FULL' } });
    expect(caller?.plan && audienceOf(caller.plan)).toBe(caller?.audience);
  });

  it('gives nobody for a partner that is not there, has expired or was retired', async () => {
    expect(await load('nobody')).toBeNull();
    const end = Date.now() + 60_000;
    await database.query('UPDATE partners SET expires_at = $1', [new Date(end)]);
    expect([await load('radio', end - 1), await load('radio', end)]).toEqual([expect.anything(), null]);
    await database.query('UPDATE partners SET expires_at = NULL, retired_at = now()');
    expect(await load()).toBeNull();
  });

  it('gives nobody once all keys were revoked, until there is a new one', async () => {
    await revokeKeys(database, 'radio');
    expect(await load()).toBeNull();
    await rotateKey(database, 'radio', { keepMs: 0, now: Date.now() });
    expect(await load()).not.toBeNull();
  });
});
