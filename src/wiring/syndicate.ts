import type { StoresOf } from '../stores/federated/route-by-edition.ts';
import { accountDeltas } from '../syndication/deltas/account-deltas.ts';
import type { ReadDeltas } from '../syndication/deltas/deltas.ts';
import { readDeltas } from './read-deltas.ts';
import { sendWebhooks, type SendWebhooksOptions, type Webhooks } from './send-webhooks.ts';

export interface SyndicateOptions extends Omit<SendWebhooksOptions, 'deltas'> {
  /** With what is kept of them: deltas are asked for by many. */
  readonly residentStoresOf: StoresOf;
}

/** What partners are told, asked or not. */
export interface Syndication extends Webhooks {
  readonly deltas: ReadDeltas;
}

export const syndicate = ({ residentStoresOf, ...options }: SyndicateOptions): Syndication => {
  const { config, database, changes, counters } = options;
  const deltas = readDeltas({
    config,
    database,
    follower: changes.follower,
    storesOf: residentStoresOf,
    counters,
  });
  return { ...sendWebhooks({ ...options, deltas }), deltas: accountDeltas(deltas, options.deliveries) };
};
