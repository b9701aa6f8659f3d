import type { Client } from '@urql/core';
import { LATEST } from './operations.ts';
import type { LatestData, LatestVariables, Page } from './page-types.ts';

/**
 * A list to its end, page by page. urql has no `fetchMore`: ask for the next page as for another query, and every one of
 * them gives all pages there are.
 *
 * @returns null: the edition is not there, or its list could not be read.
 */
export const readPages = async (client: Client, variables: LatestVariables): Promise<Page | null> => {
  let page: Page | null = null;
  let after: string | null = null;
  do {
    const { data, error } = await client.query<LatestData>(LATEST, { ...variables, after }).toPromise();
    page = data?.edition?.articles ?? null;
    // An error beside a list is about something else on the page.
    if (error !== undefined && page === null) throw error;
    after = page?.pageInfo.hasNextPage === true ? page.pageInfo.endCursor : null;
  } while (after !== null);
  return page;
};
