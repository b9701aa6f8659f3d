import { readFileSync } from 'node:fs';
import { parse, print } from 'graphql';
import { describe, expect, it } from 'vitest';
import { sharedPath } from '../support/shared.ts';
import { OPERATIONS, readOperation } from './operations.ts';

describe("the playground's example operations", () => {
  for (const name of OPERATIONS)
    it(`${name} asks exactly what the contract has a reader's page ask`, (test) => {
      const agreed = readFileSync(sharedPath(test, `contract/operations/${name}.graphql`), 'utf8');
      expect(print(parse(readOperation(name)))).toBe(print(parse(agreed)));
    });
});
