import { Kind, parse, print, visit, type DocumentNode } from 'graphql';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createClientProject, type ClientProject } from './client-project.ts';
import { readContractOperations } from './contract-operations.ts';
import { readSchemaText } from './schema-text.ts';

let project: ClientProject;

beforeEach(() => {
  project = createClientProject();
  project.write('schema.graphql', readSchemaText());
  project.write('src/generated/.keep', '');
  project.write(
    'relay.config.json',
    JSON.stringify({
      src: './src',
      schema: './schema.graphql',
      language: 'typescript',
      artifactDirectory: './src/generated',
    }),
  );
});
afterEach(() => project.remove());

const compile = () => project.run('relay-compiler/cli.js', 'relay.config.json');

const moduleNameOf = (file: string): string => file.replace(/-(\w)/g, (_dash, letter: string) => letter.toUpperCase());

/** Relay wants every name to begin with its module's, and a query's to end in `Query`. Nothing else is touched. */
const nameForRelay = (document: DocumentNode, module: string): DocumentNode => {
  const fragmentName = (name: string): string => `${module}_${name}`;
  return visit(document, {
    OperationDefinition: (node) => ({ ...node, name: { kind: Kind.NAME, value: `${module}Query` } }),
    FragmentDefinition: (node) => ({ ...node, name: { kind: Kind.NAME, value: fragmentName(node.name.value) } }),
    FragmentSpread: (node) => ({ ...node, name: { kind: Kind.NAME, value: fragmentName(node.name.value) } }),
  });
};

const writeModule = (file: string, text: string): void => {
  const tags = nameForRelay(parse(text), moduleNameOf(file)).definitions.map(
    (definition, index) => `export const tag${index} = graphql\`${print(definition)}\`;`,
  );
  project.write(`src/${file}.ts`, ["import { graphql } from 'relay-runtime';", ...tags].join('\n'));
};

describe('relay-compiler', () => {
  it('compiles every operation of the contract', (test) => {
    const operations = readContractOperations(test);
    for (const { name, text } of operations) writeModule(name, text);
    expect(compile()).toMatchObject({ status: 0 });
    for (const { name } of operations) {
      const artifact = project.read(`src/generated/${moduleNameOf(name)}Query.graphql.ts`);
      expect(artifact).toContain('"operationKind": "query"');
    }
  });

  it('reads @semanticNonNull: where errors are thrown, the list is not null', () => {
    const fragment = (directive: string): string =>
      `fragment Column on Edition ${directive} { tagline trending(first: 2) { id } }`;
    writeModule('lenient', fragment(''));
    writeModule('strict', fragment('@throwOnFieldError'));
    expect(compile()).toMatchObject({ status: 0 });
    const typeOf = (module: string): string => project.read(`src/generated/${module}_Column.graphql.ts`);
    expect(typeOf('lenient')).toMatch(/trending: ReadonlyArray<\{[^}]*\}> \| null/);
    expect(typeOf('strict')).toMatch(/trending: ReadonlyArray<\{[^}]*\}>;/);
    expect(typeOf('strict')).toMatch(/tagline: string \| null/);
  });

  it('refetches any entity through `node`', () => {
    writeModule('refetch', 'fragment Card on Article @refetchable(queryName: "refetchCardQuery") { headline }');
    expect(compile()).toMatchObject({ status: 0 });
    expect(project.read('src/generated/refetchCardQuery.graphql.ts')).toContain('"name": "node"');
  });

  it('pages through a connection of ours by its own rules', () => {
    writeModule(
      'listing',
      `fragment Listing on Section @refetchable(queryName: "listingPageQuery")
        @argumentDefinitions(count: { type: "Int", defaultValue: 20 }, cursor: { type: "String" }) {
        articles(first: $count, after: $cursor) @connection(key: "Section_articles") { edges { node { headline } } }
      }`,
    );
    expect(compile()).toMatchObject({ status: 0 });
    expect(project.read('src/generated/listingPageQuery.graphql.ts')).toContain('"name": "hasNextPage"');
  });

  it('refuses an operation that asks for what is not there', () => {
    writeModule('wrong', 'query Wrong { editions { id nickname } }');
    const { status, output } = compile();
    expect(status).not.toBe(0);
    expect(output).toContain('nickname');
  });
});
