import type { Clock } from '../clock.ts';
import type { IndexedStore } from '../config/stores.ts';
import { createHttpClient } from '../outbound/http-client.ts';
import type { ContentSource } from '../stores/content-source.ts';
import { createGraphqlSource } from '../stores/graphql/graphql-source.ts';

/** The source behind a store that is read by id. */
export const createSource = (store: IndexedStore, clock: Clock): ContentSource => {
  const http = createHttpClient();
  switch (store.kind) {
    case 'graphql':
      return createGraphqlSource({ ...store, http, clock });
    case 'wordpress':
      throw new TypeError(`Stores of kind wordpress cannot be read yet: ${store.name}`);
  }
};
