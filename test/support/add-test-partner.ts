import type { Plan } from '../../src/content/plan.ts';
import type { Database } from '../../src/database/database.ts';
import { addPartner } from '../../src/partners/partner-desk.ts';
import { createPlan } from '../content/create-plan.ts';

/** A partner of `id` on a plan of its own; gives its key. */
export const addTestPartner = async (database: Database, id: string, plan: Plan = createPlan()): Promise<string> => {
  const content = JSON.stringify(plan);
  await database.query('INSERT INTO plan_contents (audience, content) VALUES ($1, $2::jsonb)', [`of-${id}`, content]);
  await database.query('INSERT INTO plans (name, audience, content) VALUES ($1, $2, $3::jsonb)', [
    id,
    `of-${id}`,
    content,
  ]);
  return (await addPartner(database, { id, name: `The ${id}`, plan: id, expiresAt: null, addresses: [] })).text;
};
