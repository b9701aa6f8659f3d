import type { BenchRequest } from './load.ts';

/** A question by POST. */
export const graphqlRequest = (query: string, variables: Readonly<Record<string, unknown>>): BenchRequest => ({
  method: 'POST',
  path: '/graphql',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ query, variables }),
});
