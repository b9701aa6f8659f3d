import { generate } from '@graphql-codegen/cli';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createClientProject, type ClientProject } from './client-project.ts';
import { readContractOperations } from './contract-operations.ts';
import { readSchemaText } from './schema-text.ts';

const COMPILER_OPTIONS = {
  target: 'es2024',
  lib: ['es2024'],
  module: 'nodenext',
  types: [],
  noEmit: true,
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  verbatimModuleSyntax: true,
  allowImportingTsExtensions: true,
};

/** A page that uses the types: each `@ts-expect-error` is an error where the types are too loose. */
const PAGE = `
import type { ResultOf, VariablesOf } from '@graphql-typed-document-node/core';
import { ArticlePageDocument } from './generated/graphql.ts';

type Present<Value> = NonNullable<Value>;
type Article = Present<Present<ResultOf<typeof ArticlePageDocument>['edition']>['article']>;

export const headline = (article: Article): string => article.headline;
export const kicker = (article: Article): string | null => article.kicker;
// @ts-expect-error -- a kicker may be absent
export const certainKicker = (article: Article): string => article.kicker;
export const tags = (article: Article): string[] => (article.tags ?? []).map((tag) => tag.name);
export const quote = (article: Article): (string | null)[] =>
  (article.body ?? []).map((block) => (block.__typename === 'Quote' ? block.attribution : block.html));

export const variables: VariablesOf<typeof ArticlePageDocument> = { edition: 'AR', slug: 'قمة' };
// @ts-expect-error -- there is no such desk
export const wrong: VariablesOf<typeof ArticlePageDocument> = { edition: 'FR', slug: 'sommet' };
`;

let project: ClientProject;

beforeEach(() => {
  project = createClientProject();
  project.write('package.json', JSON.stringify({ type: 'module' }));
  project.write('tsconfig.json', JSON.stringify({ compilerOptions: COMPILER_OPTIONS, include: ['src'] }));
});
afterEach(() => project.remove());

const generateClient = (documents: readonly string[]) =>
  generate(
    {
      schema: readSchemaText(),
      documents: [...documents],
      silent: true,
      generates: {
        [`${project.folder}/src/generated/`]: {
          preset: 'client',
          config: {
            useTypeImports: true,
            importExtension: '.ts',
            emitLegacyCommonJSImports: false,
            strictScalars: true,
            scalars: { DateTime: 'string', URL: 'string', Locale: 'string' },
          },
        },
      },
    },
    true,
  );

const checkTypes = () => project.run('typescript/bin/tsc', '--project', 'tsconfig.json');

describe("codegen's client preset", () => {
  it('makes types of every operation of the contract, and a page that uses them compiles', async (test) => {
    const operations = readContractOperations(test);
    await generateClient(operations.map(({ text }) => text));
    for (const name of ['ArticlePage', 'FrontPage', 'Search', 'SectionListing'])
      expect(project.read('src/generated/graphql.ts')).toContain(`export const ${name}Document`);
    project.write('src/page.ts', PAGE);
    expect(checkTypes()).toEqual({ status: 0, output: '' });
  });

  it('makes types that catch a page that reads what it did not ask for', async () => {
    await generateClient(['query Names { editions { id name } }']);
    project.write(
      'src/page.ts',
      `import type { NamesQuery } from './generated/graphql.ts';
       export const taglines = (names: NamesQuery) => names.editions.map(({ tagline }) => tagline);`,
    );
    const { status, output } = checkTypes();
    expect(status).not.toBe(0);
    expect(output).toContain("Property 'tagline' does not exist");
  });
});
