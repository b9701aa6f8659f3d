import type { Client, CombinedError } from '@urql/core';
import { LATEST } from './operations.ts';
import type { LatestData, LatestVariables, Page } from './page-types.ts';

/** Whether the list itself was lost. An error with a longer path is about something in it, and the rest of it is good. */
const isOfList = ({ networkError, graphQLErrors }: CombinedError): boolean =>
  networkError !== undefined || graphQLErrors.some(({ path }) => path === undefined || path.length <= 2);

/**
 * A list to its end, page by page. urql has no `fetchMore`: ask for the next page as for another query, and every one of
 * them gives all pages there are.
 *
 * @returns null: the edition is not there. With `hasNextPage`: the list goes on, and nothing says from where.
 * @throws {CombinedError} if a page could not be read. Asked again, it goes on from there.
 */
export const readPages = async (client: Client, variables: LatestVariables): Promise<Page | null> => {
  let after: string | null = null;
  for (;;) {
    const asked: LatestVariables = { ...variables, after };
    const { data, error } = await client.query<LatestData>(LATEST, asked).toPromise();
    const page: Page | null = data?.edition?.articles ?? null;
    // Beside a further page that failed stand the pages before it: that there is a list does not mean that it was read.
    if (error !== undefined && (page === null || isOfList(error))) throw error;
    if (page === null || !page.pageInfo.hasNextPage) return page;
    const { endCursor } = page.pageInfo;
    if (endCursor === null || endCursor === after) {
      if (error !== undefined) throw error;
      // To ask again from the same place would never end.
      return page;
    }
    after = endCursor;
  }
};
