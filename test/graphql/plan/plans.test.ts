import { describe, expect, it } from 'vitest';
import { createDocuments, type PreparedOperation } from '../../../src/graphql/documents.ts';
import { createPlans } from '../../../src/graphql/plan/plans.ts';
import type { Plan } from '../../../src/graphql/plan/plan.ts';
import { createSchema } from '../../../src/graphql/schema.ts';
import { wideLimits } from '../limits/wide-limits.ts';

const schema = createSchema();
const documents = createDocuments(schema, wideLimits());

const prepare = (query: string, variables: Record<string, unknown> = {}): PreparedOperation =>
  documents.prepare({ query, variables, operationName: undefined });

/** Plans the first level of an operation, as its run would. */
const usePlan = async (plan: Plan): Promise<Plan> => {
  plan.root();
  return plan;
};

describe('createPlans', () => {
  it('makes one plan for a document, whatever it is asked with', async () => {
    const plans = createPlans(schema);
    const query = 'query ($code: EditionCode!) { edition(code: $code) { name } }';
    const first = await plans.during(prepare(query, { code: 'EN' }), usePlan);
    expect(await plans.during(prepare(query, { code: 'AR' }), usePlan)).toBe(first);
    expect(plans.size().plans).toBe(1);
  });

  it('makes one for each choice of fields, null and nothing told apart', async () => {
    const plans = createPlans(schema);
    const query = 'query ($a: Boolean = true) { editions @include(if: $a) { name } __typename }';
    const shownFor = async (variables: Record<string, unknown>): Promise<readonly string[]> =>
      plans.during(prepare(query, variables), async (plan) => plan.root().fields.map(({ key }) => key));
    expect(await shownFor({})).toEqual(['editions', '__typename']);
    expect(await shownFor({ a: false })).toEqual(['__typename']);
    await expect(shownFor({ a: null })).rejects.toThrow(/"if" of non-null type/);
    expect(await shownFor({ a: true })).toEqual(['editions', '__typename']);
  });

  it('holds no variable but those that choose fields', async () => {
    const plans = createPlans(schema);
    const query = 'query ($id: ID!, $a: Boolean!) { article(id: $id) @skip(if: $a) { id } }';
    const plan = await plans.during(prepare(query, { id: 'tell-tale', a: false }), usePlan);
    expect(JSON.stringify(plan.root().fields)).not.toContain('tell-tale');
  });

  it('keeps as many as fit, the latest used, and none that is too large', async () => {
    const plans = createPlans(schema, { limitBytes: 20_000, planLimitBytes: 10_000 });
    const prepared = ['a', 'b', 'c'].map((name) => prepare(`{ ${name}: __typename second: __typename }`));
    const made = [];
    for (const one of prepared) made.push(await plans.during(one, usePlan));
    expect(plans.size().plans).toBe(2);
    expect(await plans.during(prepared[2] as PreparedOperation, usePlan)).toBe(made[2]);
    expect(await plans.during(prepared[0] as PreparedOperation, usePlan)).not.toBe(made[0]);
    const large = prepare(`{ ${Array.from({ length: 20 }, (_, index) => `a${index}: __typename`).join(' ')} }`);
    expect(await plans.during(large, usePlan)).not.toBe(await plans.during(large, usePlan));
    expect(plans.size().plans).toBe(2);
    expect(plans.size().bytes).toBeLessThanOrEqual(20_000);
  });

  it('counts what a plan has grown by, also when its run failed', async () => {
    const plans = createPlans(schema);
    const failed = plans.during(prepare('{ __typename }'), async (plan) => {
      plan.root();
      throw new Error('broken');
    });
    await expect(failed).rejects.toThrow('broken');
    const { bytes } = plans.size();
    await plans.during(prepare('{ __typename again: __typename }'), usePlan);
    // One field and fifteen letters more than the other has.
    expect(plans.size().bytes).toBeGreaterThan(2 * bytes);
    expect(bytes).toBeGreaterThan(15 * 160);
  });
});
