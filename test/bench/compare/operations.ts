import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Instant } from '../../../src/clock.ts';
import { archiveEditionOf, archiveSlug, publishedAtOf, type Archive } from '../../support/archive/archive-places.ts';
import { graphqlRequest } from '../rig/graphql-request.ts';
import type { BenchRequest } from '../rig/load.ts';

/** Something that clients ask for, over and over and of another part of the archive each time. */
export interface Operation {
  readonly name: string;
  readonly document: string;
  /** Variables number `place`: no two of the first `distinct` are alike, and they lie all over the archive. */
  readonly variablesOf: (archive: Archive, place: number) => Readonly<Record<string, string>>;
  /** How many different requests there are. */
  readonly distinct: (archive: Archive) => number;
}

const documentOf = (name: string): string => readFileSync(join(import.meta.dirname, `${name}.graphql`), 'utf8');

/** Prime, and no divisor of a round number: every article comes once before one comes again. */
const STEP = 7_368_787;
const articleAt = ({ articles }: Archive, place: number): number => (place * STEP) % articles;

const instantText = (at: Instant): string => new Date(at).toISOString().replace('.000', '');

/** Another article each time. */
const eachArticle: Pick<Operation, 'variablesOf' | 'distinct'> = {
  variablesOf: (archive, place) => {
    const number = articleAt(archive, place);
    return { edition: archiveEditionOf(number), slug: archiveSlug(number) };
  },
  distinct: ({ articles }) => articles,
};

/** Every query that is compared, in the order shown. */
export const operations: readonly Operation[] = [
  {
    name: 'front page',
    document: documentOf('front-page'),
    variablesOf: (archive, place) => {
      const number = articleAt(archive, place);
      // Behind the instant of an article lie minutes in which the page is the same: each second of them is a request.
      const seconds = 1 + Math.floor(place / archive.articles);
      return {
        edition: archiveEditionOf(number),
        before: instantText(publishedAtOf(number, archive.now) + seconds * 1_000),
      };
    },
    distinct: ({ articles }) => articles * 200,
  },
  { name: 'article page', document: documentOf('article-page'), ...eachArticle },
  { name: 'article page without its related list', document: documentOf('article'), ...eachArticle },
];

/** Requests `from` to `from + count` of `operation`, exclusive. */
export const requestsOf = (
  { document, variablesOf }: Operation,
  archive: Archive,
  { from, count }: { readonly from: number; readonly count: number },
): readonly BenchRequest[] =>
  Array.from({ length: count }, (_, index) => graphqlRequest(document, variablesOf(archive, from + index)));
