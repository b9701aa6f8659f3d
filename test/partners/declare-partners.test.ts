import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../../src/database/database.ts';
import { addDeclared, declarePartners } from '../../src/partners/declare-partners.ts';
import { loadPartners, type PartnerStanding } from '../../src/partners/partner-desk.ts';
import { createPlan } from '../content/create-plan.ts';
import { createTestDatabase, databaseKinds } from '../support/test-database.ts';

const plan = createPlan({ editions: ['EN'], syndication: 'EXCERPT' });
const radio = { id: 'radio', name: 'Radio One', plan: 'small', expiresAt: null, addresses: [] };

/** Another file: a plan of the same name that gives more, and another partner. */
const wider = createPlan({ embargoed: true });
const OTHER = {
  plans: { small: wider, large: wider },
  partners: [
    { ...radio, plan: 'large', addresses: ['192.0.2.1'] },
    { ...radio, id: 'paper', plan: 'large' },
  ],
};

describe.each(databaseKinds)('what a file says of partners, on %s', (kind) => {
  let database: Database;
  beforeEach(async () => {
    database = await createTestDatabase(kind);
    await declarePartners(database, { plans: { small: plan }, partners: [radio] });
  });
  afterEach(() => database.close());
  const standingOf = async (id: string): Promise<PartnerStanding | undefined> => (await loadPartners(database, id))[0];

  it('is so once a server has started with it', async () => {
    await declarePartners(database, OTHER);
    expect(await standingOf('radio')).toMatchObject({ plan: 'large', content: wider, addresses: ['192.0.2.1'] });
    await declarePartners(database, { plans: { small: plan }, partners: [radio] });
    expect(await standingOf('radio')).toMatchObject({ plan: 'small', content: plan, addresses: [] });
    expect(await standingOf('paper')).toMatchObject({ isRetired: true });
  });

  it('alters nothing when it is the file of a command: what nobody has named yet is added', async () => {
    const before = await standingOf('radio');
    expect(before).toMatchObject({ content: plan });
    await addDeclared(database, OTHER);
    await addDeclared(database, { plans: {}, partners: [] });
    expect(await standingOf('radio')).toEqual(before);
    expect(await standingOf('paper')).toMatchObject({ plan: 'large', content: wider, isDeclared: true });
  });

  it('brings nobody back who has left the file of the servers', async () => {
    await declarePartners(database, { plans: {}, partners: [] });
    await addDeclared(database, { plans: { small: plan }, partners: [radio] });
    expect(await standingOf('radio')).toMatchObject({ isRetired: true });
  });
});
