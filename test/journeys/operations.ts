import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { EditionCode } from '../../src/content/edition.ts';

/** Where the example operations of the playground lie: what readers' pages send. */
export const OPERATIONS_FOLDER = resolve(import.meta.dirname, '../../src/http/playground/operations');

/** The example operations, by file. */
export const OPERATIONS = ['article-page', 'front-page', 'section-listing', 'search'] as const;

export type OperationName = (typeof OPERATIONS)[number];

/** The text of an example operation. */
export const readOperation = (name: OperationName): string =>
  readFileSync(join(OPERATIONS_FOLDER, `${name}.graphql`), 'utf8');

let renamed = 0;

/** `query` under a name nobody has used: the same question, not answered from the cache. */
export const cold = (query: string): string => {
  renamed += 1;
  return query.replace(/^(?:query \w+|(?=\{))/m, `query Cold${renamed} `);
};

type Variables = Readonly<Record<string, unknown>>;

/** The desks of the demo newsroom: a gateway may have more. */
export const DEMO_EDITIONS = ['EN', 'AR', 'ES'] as const satisfies readonly EditionCode[];

/** What each operation is asked with in the demo newsroom: the story told in every edition with everything a page shows. */
export const DEMO_VARIABLES: Readonly<
  Record<(typeof DEMO_EDITIONS)[number], Readonly<Record<OperationName, Variables>>>
> = {
  EN: {
    'article-page': { edition: 'EN', slug: 'grain-corridor-talks-resume' },
    'front-page': { edition: 'EN', perSection: 5 },
    'section-listing': { edition: 'EN', path: 'news', first: 20 },
    search: { edition: 'EN', query: 'grain', first: 10 },
  },
  AR: {
    'article-page': { edition: 'AR', slug: 'استئناف-محادثات-ممر-الحبوب' },
    'front-page': { edition: 'AR', perSection: 5 },
    'section-listing': { edition: 'AR', path: 'أخبار', first: 20 },
    search: { edition: 'AR', query: 'الحبوب', first: 10 },
  },
  ES: {
    'article-page': { edition: 'ES', slug: 'negociaciones-corredor-de-granos' },
    'front-page': { edition: 'ES', perSection: 5 },
    'section-listing': { edition: 'ES', path: 'noticias', first: 20 },
    search: { edition: 'ES', query: 'granos', first: 10 },
  },
};
