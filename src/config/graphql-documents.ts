import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { GraphQLError, Kind, OperationTypeNode, parse, type DocumentNode, type OperationDefinitionNode } from 'graphql';
import { z } from 'zod';

/** A document a store is asked with, whole. */
export interface GraphqlDocument {
  readonly text: string;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  /** Variables it declares. */
  readonly variables: ReadonlySet<string>;
}

/** What each document is given; the first ones it has to take. */
export const DOCUMENT_VARIABLES = {
  stories: { required: ['ids'], optional: ['withHtml'] },
  taxonomy: { required: [], optional: [] },
  savedSince: { required: ['since', 'after'], optional: [] },
  inventory: { required: ['after'], optional: [] },
} as const satisfies Record<string, { readonly required: readonly string[]; readonly optional: readonly string[] }>;

export type DocumentName = keyof typeof DOCUMENT_VARIABLES;

const LIMIT_LETTERS = 100_000;

/** What the parser says, without the words of the document it quotes. */
const describeSyntax = (error: unknown): string => {
  if (!(error instanceof GraphQLError)) return 'cannot be read as GraphQL';
  const [place] = error.locations ?? [];
  const where = place === undefined ? '' : ` (line ${place.line}, column ${place.column})`;
  return `cannot be read as GraphQL${where}`;
};

const listed = (names: readonly string[]): string => names.map((name) => `$${name}`).join(', ') || 'none';

const findVariableProblems = (name: DocumentName, operation: OperationDefinitionNode): readonly string[] => {
  const { required, optional }: { required: readonly string[]; optional: readonly string[] } = DOCUMENT_VARIABLES[name];
  const declared = operation.variableDefinitions ?? [];
  const names = declared.map(({ variable }) => variable.name.value);
  const given = [...required, ...optional];
  return [
    ...required.filter((one) => !names.includes(one)).map((one) => `must declare the variable $${one}`),
    ...declared
      .filter(({ variable, defaultValue }) => !given.includes(variable.name.value) && defaultValue === undefined)
      .map(
        ({ variable }) => `$${variable.name.value} is given by nobody: a document of ${name} is given ${listed(given)}`,
      ),
  ];
};

const parseDocument = (name: DocumentName, text: string): GraphqlDocument | readonly string[] => {
  let document: DocumentNode;
  try {
    document = parse(text);
  } catch (error) {
    return [describeSyntax(error)];
  }
  const operations = document.definitions.filter((one) => one.kind === Kind.OPERATION_DEFINITION);
  const [operation] = operations;
  if (operation === undefined || operations.length > 1 || operation.operation !== OperationTypeNode.QUERY)
    return ['must hold one query, beside fragments'];
  const problems = findVariableProblems(name, operation);
  const variables = new Set((operation.variableDefinitions ?? []).map(({ variable }) => variable.name.value));
  return problems.length > 0 ? problems : { text, document, operation, variables };
};

const inFile = z.strictObject({ file: z.string().min(1).describe('path, from where the configuration file lies') });

/**
 * A document of this name, in place or in a file.
 *
 * @param directory where paths of files begin.
 */
export const graphqlDocument = (name: DocumentName, directory: string) => {
  const { required, optional }: { required: readonly string[]; optional: readonly string[] } = DOCUMENT_VARIABLES[name];
  return z
    .union([z.string().min(1), inFile], { error: 'must be a GraphQL query, or { file: … } with one in it' })
    .describe(`a query; it is given the variables ${listed([...required, ...optional])}`)
    .transform((given, context): GraphqlDocument => {
      const fail = (...problems: readonly string[]): never => {
        for (const problem of problems) context.addIssue(problem);
        return z.NEVER;
      };
      let text = given;
      if (typeof text !== 'string') {
        try {
          text = readFileSync(resolve(directory, text.file), 'utf8');
        } catch (error) {
          return fail(`its file cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown reason'})`);
        }
      }
      if (text.length > LIMIT_LETTERS) return fail(`has more than ${LIMIT_LETTERS} letters`);
      const parsed = parseDocument(name, text);
      return 'text' in parsed ? parsed : fail(...parsed);
    });
};
