import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { graphqlRequest } from '../rig/graphql-request.ts';
import type { BenchRequest } from '../rig/load.ts';
import { madeUpSlug } from './made-up-archive.ts';

/** What is measured: requests sent in turn, all of them answered from one tier. */
export interface Row {
  readonly name: string;
  readonly tier: 'memory' | 'redis';
  readonly requests: readonly BenchRequest[];
  /** Share of the bare server's rate that is asked for; undefined: shown for its own sake. */
  readonly wanted?: number;
}

type Variables = Readonly<Record<string, unknown>>;

const documentOf = (name: string): string =>
  readFileSync(resolve(import.meta.dirname, `../../../src/http/playground/operations/${name}.graphql`), 'utf8');

const get = (query: string, variables: Variables, headers: Readonly<Record<string, string>> = {}): BenchRequest => ({
  method: 'GET',
  path: `/graphql?${new URLSearchParams({ query, variables: JSON.stringify(variables) }).toString()}`,
  headers,
});

/** Every row, in the order shown. */
export const rowsOf = (articles: number): readonly Row[] => {
  const [articlePage, frontPage] = [documentOf('article-page'), documentOf('front-page')];
  // The page has counters in it, which are filled in when it is sent.
  const uncounted = articlePage.replace(/engagement \{[^}]*\}/, '');
  const one = { edition: 'EN', slug: 'grain-corridor-talks-resume' };
  const front = { edition: 'EN' };
  const many = Array.from({ length: articles }, (_, index) => ({ edition: 'EN', slug: madeUpSlug(index) }));
  const brotli = { 'accept-encoding': 'gzip, deflate, br' };
  return [
    { name: 'article page, GET', tier: 'memory', wanted: 0.85, requests: [get(articlePage, one)] },
    {
      name: 'article page without its counters, GET, unchanged (304)',
      tier: 'memory',
      requests: [get(uncounted, one, { 'if-none-match': '*' })],
    },
    { name: 'article page without its counters, GET', tier: 'memory', requests: [get(uncounted, one)] },
    { name: 'article page, POST', tier: 'memory', wanted: 0.85, requests: [graphqlRequest(articlePage, one)] },
    {
      name: `${articles} articles, GET`,
      tier: 'memory',
      wanted: 0.85,
      requests: many.map((variables) => get(articlePage, variables)),
    },
    {
      name: `${articles} articles, POST`,
      tier: 'memory',
      wanted: 0.85,
      requests: many.map((variables) => graphqlRequest(articlePage, variables)),
    },
    { name: 'front page, GET', tier: 'memory', wanted: 0.8, requests: [get(frontPage, front)] },
    { name: 'front page, POST', tier: 'memory', wanted: 0.8, requests: [graphqlRequest(frontPage, front)] },
    { name: 'article page, GET, brotli', tier: 'memory', requests: [get(articlePage, one, brotli)] },
    { name: 'front page, GET, brotli', tier: 'memory', requests: [get(frontPage, front, brotli)] },
    {
      name: `Redis, ${articles} articles, GET`,
      tier: 'redis',
      wanted: 0.75,
      requests: many.map((variables) => get(articlePage, variables)),
    },
    {
      name: `Redis, ${articles} articles, POST`,
      tier: 'redis',
      wanted: 0.75,
      requests: many.map((variables) => graphqlRequest(articlePage, variables)),
    },
  ];
};
