import { gql, type ApolloClient, type TypedDocumentNode } from '@apollo/client';
import { LATEST } from './operations.ts';
import type { LatestData, LatestVariables, Page, Slice } from './page-types.ts';

export const LATEST_QUERY: TypedDocumentNode<LatestData, LatestVariables> = gql(LATEST);

/** A list on the screen. */
export interface LiveList {
  /** Everything fetched so far, in the order of the list. */
  page(): Page;
  /** Fetches the next page and adds it; false: there was none. */
  more(): Promise<boolean>;
  /** Fetches the page before; false: there was none. */
  before(): Promise<boolean>;
  stop(): void;
}

/** Shows a list and keeps it shown while it grows: what `useQuery` does in a component. */
export const watchLatest = async (client: ApolloClient, variables: LatestVariables): Promise<LiveList> => {
  const watched = client.watchQuery({ query: LATEST_QUERY, variables });
  let settled = Promise.withResolvers<void>();
  let page: Page | null | undefined;
  const subscription = watched.subscribe(({ loading, error, data }) => {
    if (loading) return;
    page = data?.edition?.articles as Page | null | undefined;
    // An error beside a list is about something else on the page.
    if (error !== undefined && (page === undefined || page === null)) settled.reject(error);
    else settled.resolve();
  });
  await settled.promise;

  const show = (): Page => {
    if (page === undefined || page === null) throw new Error('The list could not be read');
    return page;
  };
  const grow = async (slice: Slice): Promise<true> => {
    settled = Promise.withResolvers();
    await watched.fetchMore({ variables: slice });
    // The page is in the cache now, and the list on the screen is told a moment later.
    await settled.promise;
    return true;
  };

  return {
    page: show,
    more: async () => show().pageInfo.hasNextPage && grow({ after: show().pageInfo.endCursor }),
    before: async () => show().pageInfo.hasPreviousPage && grow({ before: show().pageInfo.startCursor }),
    stop: () => subscription.unsubscribe(),
  };
};
