import { parse, validate } from 'graphql';
import { describe, expect, it } from 'vitest';
import { readContractOperations } from './contract-operations.ts';
import { readSchema } from './schema-text.ts';

describe("the contract's operations", () => {
  it('ask only for what the published schema has', (test) => {
    const schema = readSchema();
    const problems = readContractOperations(test).flatMap(({ name, text }) =>
      validate(schema, parse(text)).map(({ message }) => `${name}: ${message}`),
    );
    expect(problems).toEqual([]);
  });
});
