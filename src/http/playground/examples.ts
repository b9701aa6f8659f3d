import type { EditionCode } from '../../content/edition.ts';

/** One tab of the playground: an example operation with the variables it opens with. */
export interface Example {
  /** The file in `operations/` that holds the operation, without `.graphql`. */
  readonly operation: 'article-page' | 'front-page' | 'section-listing' | 'search';
  readonly variables: { readonly edition: EditionCode } & Readonly<Record<string, string | number>>;
}

/**
 * The tabs a first visitor finds, in order: every example operation and every edition at least once, on content of the
 * demo newsroom. Eight fit the tab bar of a small laptop.
 */
export const EXAMPLES: readonly Example[] = [
  { operation: 'article-page', variables: { edition: 'EN', slug: 'grain-corridor-talks-resume' } },
  { operation: 'article-page', variables: { edition: 'AR', slug: 'استئناف-محادثات-ممر-الحبوب' } },
  { operation: 'article-page', variables: { edition: 'ES', slug: 'negociaciones-corredor-de-granos' } },
  { operation: 'front-page', variables: { edition: 'EN', perSection: 5 } },
  { operation: 'front-page', variables: { edition: 'AR', perSection: 5 } },
  { operation: 'section-listing', variables: { edition: 'EN', path: 'news/politics', first: 10 } },
  { operation: 'section-listing', variables: { edition: 'ES', path: 'noticias/politica', first: 10 } },
  { operation: 'search', variables: { edition: 'AR', query: 'الحبوب', first: 10 } },
];
