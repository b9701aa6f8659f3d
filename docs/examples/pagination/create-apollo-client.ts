import {
  ApolloClient,
  HttpLink,
  InMemoryCache,
  type FieldMergeFunction,
  type FieldPolicy,
  type TypePolicies,
} from '@apollo/client';
import { relayStylePagination } from '@apollo/client/utilities';
import { POSSIBLE_TYPES } from './possible-types.ts';

/** So that the types know what is chosen below: `data` may have holes, and `error` may stand beside it. */
declare module '@apollo/client' {
  namespace ApolloClient {
    namespace DeclareDefaultOptions {
      interface WatchQuery {
        errorPolicy: 'all';
      }
      interface Query {
        errorPolicy: 'all';
      }
    }
  }
}

const relay = relayStylePagination();
const join = relay.merge as FieldMergeFunction;

/** Apollo makes an empty list of one that could not be read. Here it stays null, or what was read of it before. */
const merge: FieldMergeFunction = (existing, incoming, options) =>
  incoming === null ? (existing ?? null) : join(existing, incoming, options);

/** A list whose pages are joined, of which there is one for each value of the arguments in `keyArgs`. */
const listBy = (keyArgs: FieldPolicy['keyArgs'] = false) => ({ ...relay, keyArgs, merge });

/**
 * A list is another list when its filter or its order is another. `@connection(key: …)` tells lists apart that the graph
 * does not: one that is read from its end, or a teaser of five beside the whole.
 */
const articles = listBy(['filter', 'orderBy', '@connection', ['key']]);

const typePolicies: TypePolicies = {
  Edition: {
    fields: {
      articles,
      search: listBy(['query', 'filter']),
      tags: listBy(),
      authors: listBy(),
    },
  },
  Section: { fields: { articles } },
  Tag: { fields: { articles } },
  Author: { fields: { articles } },
  // Without an id they belong to the article they stand in: two queries that ask for different parts of them add up.
  Engagement: { merge: true },
  Rights: { merge: true },
  Seo: { merge: true },
};

/** A cache that keeps every entity once, by its id, and every list whole. */
export const createApolloCache = (): InMemoryCache =>
  new InMemoryCache({ possibleTypes: POSSIBLE_TYPES, typePolicies });

/** An Apollo Client for the gateway at `url`. Queries go by GET, so that a browser and a CDN can keep them. */
export const createApolloClient = (url: string): ApolloClient =>
  new ApolloClient({
    link: new HttpLink({ uri: url, useGETForQueries: true }),
    cache: createApolloCache(),
    // Apollo's own choice throws the whole page away when one field of it could not be read.
    defaultOptions: { watchQuery: { errorPolicy: 'all' }, query: { errorPolicy: 'all' } },
  });
