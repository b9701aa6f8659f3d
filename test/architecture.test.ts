import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findFaults, FLOORS } from './support/house-rules.ts';

const root = resolve(import.meta.dirname, '..');

const sources = ['src', 'resolvers', 'bin'].flatMap((folder) =>
  readdirSync(resolve(root, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
    .filter((file) => /\.[cm]?[jt]sx?$/.test(file) && !/\/(dist|node_modules)\//.test(file)),
);

describe('the house', () => {
  it('is read whole', () => {
    expect(sources).toContain('src/content/entities.ts');
    expect(sources).toContain('bin/masthead.js');
  });

  it('names every module on one floor only', () => {
    expect(new Set(FLOORS.flat()).size).toBe(FLOORS.flat().length);
  });

  it.each(sources)('%s keeps the rules of the house', (file) => {
    expect(findFaults(file, readFileSync(resolve(root, file), 'utf8'))).toEqual([]);
  });
});

describe('findFaults', () => {
  it.each([
    `import { through } from '../cache/response-cache.ts';`,
    `import { through } from "../cache/response-cache.ts";`,
    `import type { Cache } from '../cache/response-cache.ts';`,
    `import {\n  through,\n} from '../cache/response-cache.ts';`,
    `import '../cache/response-cache.ts';`,
    `export * from '../cache/response-cache.ts';`,
    `export { through } from "../cache/response-cache.ts";`,
    `const { through } = await import('../cache/response-cache.ts');`,
    `const { through } = await import("../cache/response-cache.ts");`,
    'const { through } = await import(`../cache/response-cache.ts`);',
    `const { through } = await import(\n  '../cache/response-cache.ts'\n);`,
    `type Cache = import('../cache/response-cache.ts').ResponseCache;`,
    `new Worker(new URL('../cache/response-cache.ts', import.meta.url));`,
  ])('sees an uphill arrow however it is written: %s', (text) => {
    expect(findFaults('src/stores/stores.ts', text)).toEqual(['imports uphill: src/cache/response-cache.ts']);
  });

  it.each([
    ['src/loaders/loaders.ts', '../cache/response-cache.ts', 'a neighbour on the same floor'],
    ['src/clock.ts', './content/entities.ts', 'the floor above'],
    ['src/graphql/apollo.ts', '../http/server.ts', 'the floor above'],
    ['resolvers/article.ts', '../src/graphql/executor.ts', 'the floor above, from another folder'],
    ['src/http/server.ts', '../app.ts', 'the composition root'],
    ['src/app.ts', './demo/newsroom.ts', 'a process'],
    ['src/ingest/intake.ts', '../cli/import.ts', 'a process'],
  ])('refuses that %s imports %s: %s', (file, specifier) => {
    expect(findFaults(file, `import { x } from '${specifier}';`)).toHaveLength(1);
  });

  it.each([
    ['src/cache/response-cache.ts', './tier.ts'],
    ['src/content/entities.ts', '../clock.ts'],
    ['src/cache/response-cache.ts', '../changes/follower.ts'],
    ['src/stores/postgres/articles.ts', '../../content/ids.ts'],
    ['src/graphql/schema.ts', '../../resolvers/resolvers.ts'],
    ['resolvers/article.ts', '../src/loaders/loaders.ts'],
    ['src/main.ts', './cli/start.ts'],
    ['src/cli/start.ts', '../demo/newsroom.ts'],
    ['bin/masthead.js', '../src/main.ts'],
  ])('allows that %s imports %s', (file, specifier) => {
    expect(findFaults(file, `import { x } from '${specifier}';`)).toEqual([]);
  });

  it('refuses a file and a target that are on no floor', () => {
    expect(findFaults('src/helpers/text.ts', '')).toEqual(['is on no floor']);
    expect(findFaults('src/cache/tier.ts', `import { x } from '../helpers/text.ts';`)).toEqual([
      'imports src/helpers/text.ts, which is on no floor',
    ]);
    expect(findFaults('src/cache/tier.ts', `import { x } from '../../test/support/gate.ts';`)).toEqual([
      'imports test/support/gate.ts, which is on no floor',
    ]);
  });

  it.each(['import(name)', 'import(`./${name}.ts`)', 'import(\n  name,\n)', 'import(/* later */ name)'])(
    'refuses an arrow nobody can follow: %s',
    (text) => {
      expect(findFaults('src/cache/tier.ts', `const part = await ${text};`).join()).toMatch(/imports a computed name/);
    },
  );

  it.each([
    ['src/graphql/apollo.ts', 'fastify'],
    ['src/graphql/apollo.ts', '@fastify/cors'],
    ['src/cli/start.ts', 'fastify-plugin'],
    ['src/http/graphql-routes.ts', '@apollo/server'],
    ['src/app.ts', '@apollo/server/plugin/disabled'],
    ['resolvers/article.ts', 'graphql-jit'],
    ['src/stores/postgres/articles.ts', 'pg'],
    ['src/ingest/sweep.ts', 'pg-query-stream'],
    ['src/app.ts', '@electric-sql/pglite/contrib/unaccent'],
  ])('keeps from %s what it must not know: %s', (file, name) => {
    expect(findFaults(file, `import { x } from '${name}';`).join()).toMatch(/which only .+ may know/);
    expect(findFaults(file, `const x = await import("${name}");`)).toHaveLength(1);
  });

  it.each([
    ['src/http/server.ts', 'fastify'],
    ['src/app.ts', 'fastify'],
    ['src/graphql/apollo.ts', '@apollo/server'],
    ['src/database/embedded.ts', '@electric-sql/pglite'],
    ['src/cache/memory-tier.ts', 'lru-cache'],
    ['src/content/ids.ts', 'node:crypto'],
  ])('lets %s know %s', (file, name) => {
    expect(findFaults(file, `import { x } from '${name}';`)).toEqual([]);
  });

  it('refuses a file of more than 200 lines, unless it is generated', () => {
    const lines = (count: number): string => 'x;\n'.repeat(count);
    expect(findFaults('src/cache/tier.ts', lines(200))).toEqual([]);
    expect(findFaults('src/cache/tier.ts', lines(201))).toEqual(['has 201 lines, more than 200']);
    expect(findFaults('resolvers/types.generated.ts', lines(201))).toEqual([]);
  });

  it('refuses index files and default exports', () => {
    expect(findFaults('src/cache/index.ts', '')).toEqual(['is named index: name it after what it exports']);
    for (const text of ['export default 1;', 'const x = 1;\nexport { x as default };']) {
      expect(findFaults('src/cache/tier.ts', text)).toEqual(['has a default export']);
    }
  });

  it.each([
    'process.env.PORT',
    `process.env['PORT']`,
    'process?.env',
    `process['env']`,
    'const { env } = process;',
    `import { env } from 'node:process';`,
    `import process from "process";`,
  ])('leaves the environment to config: %s', (text) => {
    expect(findFaults('src/http/server.ts', text)).toHaveLength(1);
    expect(findFaults('src/config/load.ts', text)).toEqual([]);
    expect(findFaults('src/main.ts', text)).toEqual([]);
  });
});
