import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSchema, getVariableValues, Kind, type OperationDefinitionNode, parse, print, validate } from 'graphql';
import { describe, expect, it } from 'vitest';
import { EXAMPLES } from '../../src/http/playground/examples.ts';
import { PROJECT_ROOT, sharedPath } from '../support/shared.ts';

const OPERATIONS = join(PROJECT_ROOT, 'src/http/playground/operations');

const graphqlFiles = (folder: string): readonly string[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.graphql'))
    .toSorted();
const schema = buildSchema(
  graphqlFiles(join(PROJECT_ROOT, 'schema'))
    .map((name) => readFileSync(join(PROJECT_ROOT, 'schema', name), 'utf8'))
    .join('\n'),
);
const documentOf = (name: string) => parse(readFileSync(join(OPERATIONS, `${name}.graphql`), 'utf8'));

describe('the examples', () => {
  it('show every operation and every edition', () => {
    const files = EXAMPLES.map(({ operation }) => `${operation}.graphql`);
    expect([...new Set(files)].toSorted()).toEqual(graphqlFiles(OPERATIONS));
    const editions = schema.getType('EditionCode')?.toConfig() as { values: Record<string, unknown> };
    expect(new Set(EXAMPLES.map(({ variables }) => variables.edition))).toEqual(new Set(Object.keys(editions.values)));
  });

  it.each(EXAMPLES)('ask $operation what the schema answers, with variables it takes: $variables', (example) => {
    const document = documentOf(example.operation);
    expect(validate(schema, document)).toEqual([]);
    const operations = document.definitions.filter(
      (definition): definition is OperationDefinitionNode => definition.kind === Kind.OPERATION_DEFINITION,
    );
    expect(operations).toHaveLength(1);
    const declared = operations[0]?.variableDefinitions ?? [];
    expect(getVariableValues(schema, declared, example.variables).errors).toBeUndefined();
    const names = declared.map(({ variable }) => variable.name.value);
    expect(names, 'a variable that the operation does not declare').toEqual(
      expect.arrayContaining(Object.keys(example.variables)),
    );
  });

  it('ask what the contract’s operations ask', (test) => {
    const contract = sharedPath(test, 'contract/operations');
    expect(graphqlFiles(OPERATIONS)).toEqual(graphqlFiles(contract));
    const meaningOf = (folder: string) =>
      graphqlFiles(folder).map((name) => print(parse(readFileSync(join(folder, name), 'utf8'))));
    expect(meaningOf(OPERATIONS)).toEqual(meaningOf(contract));
  });
});
