import { LATEST } from '../../docs/examples/pagination/operations.ts';
import type { LatestData, LatestVariables, Page } from '../../docs/examples/pagination/page-types.ts';

/** Ids of a page, in its order. */
export const idsOf = (page: Pick<Page, 'edges'> | null | undefined): readonly string[] =>
  page?.edges.map(({ node }) => node.id) ?? [];

/** Ids of a whole list of the English desk, in one page and past every client: what paging must add up to. */
export const readWholeList = async (
  url: string,
  variables: Omit<LatestVariables, 'first' | 'last' | 'edition'> = {},
): Promise<readonly string[]> => {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: LATEST, variables: { edition: 'EN', first: 100, ...variables } }),
  });
  const { data } = (await response.json()) as { data: LatestData };
  const ids = idsOf(data.edition?.articles);
  if (ids.length === 0 || data.edition?.articles?.pageInfo.hasNextPage === true)
    throw new Error(`One page does not hold the list: ${ids.length}`);
  return ids;
};
