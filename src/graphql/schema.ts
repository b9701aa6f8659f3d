import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { makeExecutableSchema } from '@graphql-tools/schema';
import type { GraphQLSchema } from 'graphql';
import { resolvers } from '../../resolvers/resolvers.ts';

const FOLDER = resolve(import.meta.dirname, '../../schema');

/** The SDL of the whole graph: every file of `schema/`, in the order of their names. */
export const readSchemaText = (): string =>
  readdirSync(FOLDER)
    .filter((name) => name.endsWith('.graphql'))
    .toSorted()
    .map((name) => readFileSync(resolve(FOLDER, name), 'utf8'))
    .join('\n');

/** A schema with its resolvers; a new one at every call, for whoever executes it may wrap what it holds. */
export const createSchema = (): GraphQLSchema =>
  makeExecutableSchema({
    typeDefs: readSchemaText(),
    resolvers,
    resolverValidationOptions: { requireResolversForResolveType: 'error', requireResolversToMatchSchema: 'error' },
  });
