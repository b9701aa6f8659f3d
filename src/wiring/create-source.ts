import type { Clock } from '../clock.ts';
import type { IndexedStore } from '../config/stores.ts';
import { createHttpClient, type HttpClient } from '../outbound/http-client.ts';
import type { ContentSource } from '../stores/content-source.ts';
import { createGraphqlSource } from '../stores/graphql/graphql-source.ts';
import type { Credentials } from '../stores/wordpress/wordpress-client.ts';
import { createWordPressSource } from '../stores/wordpress/wordpress-source.ts';

export interface SourceTools {
  readonly clock: Clock;
  /** Default: one that nothing guards. */
  readonly http?: HttpClient;
}

const credentialsOf = ({
  user,
  applicationPassword,
}: Extract<IndexedStore, { kind: 'wordpress' }>): Credentials | null =>
  user === undefined || applicationPassword === undefined
    ? null
    : { user, applicationPassword: applicationPassword.reveal() };

/** The source behind a store that is read by id. */
export const createSource = (store: IndexedStore, { clock, http = createHttpClient() }: SourceTools): ContentSource => {
  switch (store.kind) {
    case 'graphql':
      return createGraphqlSource({ ...store, http, clock });
    case 'wordpress':
      return createWordPressSource({
        name: store.name,
        url: store.url,
        credentials: credentialsOf(store),
        deadlineMs: store.deadlineMs,
        limitBytes: store.limitKilobytes * 1024,
        http,
        clock,
      });
  }
};
