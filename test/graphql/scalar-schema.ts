import { makeExecutableSchema } from '@graphql-tools/schema';
import type { GraphQLSchema } from 'graphql';
import { DateTime, Locale, Url } from '../../resolvers/scalars.ts';
import { readSchemaText } from '../contracts/schema-text.ts';

/** The published schema with its scalars and nothing that would run. */
export const readScalarSchema = (): GraphQLSchema =>
  makeExecutableSchema({ typeDefs: readSchemaText(), resolvers: { DateTime, Locale, URL: Url } });
