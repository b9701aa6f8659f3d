import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { generate, loadContext } from '@graphql-codegen/cli';
import { describe, expect, it } from 'vitest';
import { PROJECT_ROOT } from '../support/shared.ts';

const GENERATED = 'resolvers/types.generated.ts';

describe('codegen.yml', () => {
  it(`generates ${GENERATED} as it was committed: otherwise run npm run codegen`, async () => {
    const context = await loadContext(join(PROJECT_ROOT, 'codegen.yml'));
    context.cwd = PROJECT_ROOT;
    context.updateConfig({ silent: true });
    const files = (await generate(context, false)) as { filename: string; content: string }[];
    expect(files.map(({ filename }) => filename)).toEqual([GENERATED]);
    expect(files[0]?.content).toBe(readFileSync(join(PROJECT_ROOT, GENERATED), 'utf8'));
  });
});
