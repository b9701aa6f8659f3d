import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { generate, loadContext } from '@graphql-codegen/cli';
import { parse, validate } from 'graphql';
import { describe, expect, it } from 'vitest';
import { loadOperations } from '../../docs/examples/reader/load-operations.ts';
import { createSchema } from '../../src/graphql/schema.ts';
import { PROJECT_ROOT } from '../support/shared.ts';

const GENERATED = 'docs/examples/reader/operations.generated.ts';

describe("the reader's operations", () => {
  const schema = createSchema();

  it.each([...loadOperations()])('%s is a whole document that fits the schema', (_, document) => {
    expect(validate(schema, parse(document)).map(({ message }) => message)).toEqual([]);
  });

  it(`have their types in ${GENERATED} as it was committed: otherwise run npm run reader:codegen`, async () => {
    const context = await loadContext(join(PROJECT_ROOT, 'docs/examples/reader/codegen.yml'));
    context.cwd = PROJECT_ROOT;
    context.updateConfig({ silent: true });
    const files = (await generate(context, false)) as { filename: string; content: string }[];
    expect(files.map(({ content }) => content)).toEqual([readFileSync(join(PROJECT_ROOT, GENERATED), 'utf8')]);
  });
});
