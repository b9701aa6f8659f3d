import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../../src/database/database.ts';
import { addPartner, rotateKey } from '../../src/partners/partner-desk.ts';
import { addTestPartner } from '../support/add-test-partner.ts';
import { createTestDatabase, databaseKinds } from '../support/test-database.ts';

describe.each(databaseKinds)('the desk of partners on %s', (kind) => {
  let database: Database;
  beforeEach(async () => {
    database = await createTestDatabase(kind);
    await addTestPartner(database, 'radio');
  });
  afterEach(() => database.close());
  const now = Date.now();
  const rotate = () => rotateKey(database, 'radio', { keepMs: 0, now });

  it('gives two partners no one name, however it is spelled', async () => {
    const other = { id: 'other', plan: 'radio', expiresAt: null, addresses: [] };
    for (const name of ['The radio', 'THE  RADIO', 'The\u00A0radio'])
      await expect(addPartner(database, { ...other, name })).rejects.toMatchObject({
        code: 'BAD_USER_INPUT',
        message: 'The partner "radio" is called "The radio" already: give another --name',
      });
    expect(await addPartner(database, { ...other, name: 'Another radio' })).toHaveProperty('text');
  });

  it('makes no key that would open nothing, and says why', async () => {
    await database.query('UPDATE partners SET expires_at = $1', [new Date(now)]);
    await expect(rotate()).rejects.toMatchObject({
      code: 'FORBIDDEN',
      message: expect.stringContaining('has expired'),
    });
    await database.query('UPDATE partners SET expires_at = NULL, retired_at = now()');
    await expect(rotate()).rejects.toMatchObject({
      code: 'FORBIDDEN',
      message: expect.stringContaining('no longer in the configuration file'),
    });
    await database.query('UPDATE partners SET retired_at = NULL');
    expect(await rotate()).toHaveProperty('text');
    const keys = await database.query('SELECT FROM partner_keys');
    expect(keys).toHaveLength(2);
  });
});
