import * as fc from 'fast-check';
import { buildSchema, Kind, parse, type OperationDefinitionNode } from 'graphql';
import { describe, expect, it } from 'vitest';
import { createCostMeasure } from '../../../src/graphql/limits/measure-cost.ts';
import { createCostMemory } from '../../../src/graphql/limits/remember-cost.ts';
import { limitSchema } from './limit-schema.ts';

const measure = createCostMeasure(limitSchema);
const QUERY = `query ($first: Int, $last: Int, $ids: [ID!] = ["a"], $id: ID, $yes: Boolean = true) {
  self { list(first: $first, last: $last) { nodes { ...T } } }
  some(ids: $ids) { id }
  one: some(ids: [$id]) { id @include(if: $yes) }
}
fragment T on Thing { few(first: $first) { id } }`;

const read = (query: string) => {
  const { definitions } = parse(query);
  const operation = definitions.find((node) => node.kind === Kind.OPERATION_DEFINITION) as OperationDefinitionNode;
  const fragments = definitions.filter((node) => node.kind === Kind.FRAGMENT_DEFINITION);
  return { operation, fragments: new Map(fragments.map((node) => [node.name.value, node])) };
};

describe('createCostMemory', () => {
  it('says what a measurement says, whatever it was asked before', () => {
    const remember = createCostMemory(limitSchema);
    const { operation, fragments } = read(QUERY);
    const size = fc.option(fc.integer({ min: -1, max: 120 }));
    const variables = fc.record(
      {
        first: size,
        last: size,
        ids: fc.option(fc.array(fc.string(), { maxLength: 4 })),
        id: fc.option(fc.string()),
        yes: fc.boolean(),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.array(variables, { minLength: 1, maxLength: 8 }), (requests) => {
        for (const given of requests)
          expect(remember(operation, fragments, given)).toBe(measure(operation, fragments, given));
      }),
      { numRuns: 300 },
    );
  });

  it('measures once for all instants, which are numbers and no sizes', () => {
    const instants = buildSchema('scalar DateTime type Query { list(first: Int, before: DateTime): [Int] }');
    let measured = 0;
    const remember = createCostMemory(instants, () => (measured += 1));
    const { operation, fragments } = read(
      'query ($first: Int!, $before: DateTime) { list(first: $first, before: $before) }',
    );
    for (const before of [1_700_000_000_000, 1_700_000_001_000, 1_700_000_002_000])
      for (const first of [1, 2]) expect(remember(operation, fragments, { first, before })).toBe(first);
    expect(measured).toBe(2);
  });

  it('tells documents apart', () => {
    const remember = createCostMemory(limitSchema);
    for (const [query, cost] of [
      ['{ pair { id } }', 2],
      ['{ things { id } }', 1],
    ] as const) {
      const { operation, fragments } = read(query);
      expect(remember(operation, fragments, {})).toBe(cost);
      expect(remember(operation, fragments, {})).toBe(cost);
    }
  });
});
