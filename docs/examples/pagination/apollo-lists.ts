import { CombinedGraphQLErrors, gql, type ApolloClient, type TypedDocumentNode } from '@apollo/client';
import { LATEST } from './operations.ts';
import type { LatestData, LatestVariables, Page, Slice } from './page-types.ts';

/** A page of an edition's latest articles, typed. */
export const LATEST_QUERY: TypedDocumentNode<LatestData, LatestVariables> = gql(LATEST);

/** A list on the screen. */
export interface LiveList {
  /** Everything fetched so far, in the order of the list. */
  page(): Page;
  /** Fetches the next page and adds it; false: there is none, or nothing says where it begins. Fails if it could not be read. */
  more(): Promise<boolean>;
  /** Fetches the page before, as `more` does the next. */
  before(): Promise<boolean>;
  stop(): void;
}

/** Whether the list itself was lost. An error with a longer path is about something in it, and the rest of it is good. */
const isOfList = (error: unknown): boolean =>
  !CombinedGraphQLErrors.is(error) || error.errors.some(({ path }) => path === undefined || path.length <= 2);

/** Shows a list and keeps it shown while it grows: what `useQuery` does in a component. */
export const watchLatest = async (client: ApolloClient, variables: LatestVariables): Promise<LiveList> => {
  const watched = client.watchQuery({ query: LATEST_QUERY, variables });
  let settled = Promise.withResolvers<void>();
  let page: Page | null | undefined;
  const subscription = watched.subscribe(({ loading, error, data }) => {
    if (loading) return;
    page = data?.edition?.articles as Page | null | undefined;
    if (error !== undefined && isOfList(error)) settled.reject(error);
    else settled.resolve();
  });
  try {
    await settled.promise;
  } catch (error) {
    subscription.unsubscribe();
    throw error;
  }

  const show = (): Page => {
    if (page === undefined || page === null) throw new Error('The list could not be read');
    return page;
  };
  /** Whether the list goes on from another place now: to ask again from the same one would never end. */
  const grow = async (slice: Slice, end: 'startCursor' | 'endCursor'): Promise<boolean> => {
    const from = show().pageInfo[end];
    if (from === null || from === '') return false;
    settled = Promise.withResolvers();
    await watched.fetchMore({ variables: slice });
    // The page is in the cache now, and the list on the screen is told a moment later.
    await settled.promise;
    return show().pageInfo[end] !== from;
  };

  return {
    page: show,
    more: async () => show().pageInfo.hasNextPage && grow({ after: show().pageInfo.endCursor }, 'endCursor'),
    before: async () => show().pageInfo.hasPreviousPage && grow({ before: show().pageInfo.startCursor }, 'startCursor'),
    stop: () => subscription.unsubscribe(),
  };
};
