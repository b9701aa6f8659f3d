import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSchema, type GraphQLSchema } from 'graphql';
import { PROJECT_ROOT } from '../support/shared.ts';

/** The whole of `schema/`, one text. */
export const readSchemaText = (): string => {
  const folder = join(PROJECT_ROOT, 'schema');
  return readdirSync(folder)
    .filter((file) => file.endsWith('.graphql'))
    .toSorted()
    .map((file) => readFileSync(join(folder, file), 'utf8'))
    .join('\n');
};

/** The schema the project publishes, without resolvers. */
export const readSchema = (): GraphQLSchema => buildSchema(readSchemaText());
