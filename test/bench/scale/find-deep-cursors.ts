import { ask } from './ask.ts';
import type { Asked } from './scale-rows.ts';
import { DEEP_SECTION, DELTAS, WALK } from './scale-rows.ts';

/** Pages of a hundred that lie before page 500 of twenty. */
const PAGES = (499 * 20) / 100;

interface PageInfo {
  readonly hasNextPage: boolean;
  readonly endCursor: string;
}

interface Walked {
  readonly edition: { readonly section: { readonly articles: { readonly pageInfo: PageInfo } } };
}
interface Followed {
  readonly changes: { readonly pageInfo: PageInfo };
}

/** Reads on as clients do: the cursor that the last of `PAGES` ends with, or the one before the last there is. */
const walk = async (
  port: number,
  document: string,
  variables: Readonly<Record<string, unknown>>,
  pageInfoOf: (data: unknown) => PageInfo,
): Promise<string | null> => {
  let after: string | null = null;
  for (let page = 0; page < PAGES; page += 1) {
    const { data } = await ask(port, document, { ...variables, after });
    const { hasNextPage, endCursor }: PageInfo = pageInfoOf(data);
    if (!hasNextPage) return after;
    after = endCursor;
  }
  return after;
};

/** Where page 500 of `DEEP_SECTION`, and of twenty changes, begins, or the last hundred where there are fewer; null: there are no more. */
export const findDeepCursors = async (port: number): Promise<Pick<Asked, 'deepCursor' | 'deltaCursor'>> => ({
  deepCursor: await walk(port, WALK, DEEP_SECTION, (data) => (data as Walked).edition.section.articles.pageInfo),
  deltaCursor: await walk(port, DELTAS, { first: 100 }, (data) => (data as Followed).changes.pageInfo),
});
