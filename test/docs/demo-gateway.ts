import type { Instant } from '../../src/clock.ts';
import { StoreError } from '../../src/errors.ts';
import { createPostgresStores } from '../../src/stores/postgres/postgres-stores.ts';
import type { Stores } from '../../src/stores/stores.ts';
import { createTestApp, type TestApp } from '../support/test-app.ts';
import { createWoundClock, type WoundClock } from '../support/wound-clock.ts';

/**
 * When the demo newsroom of the guides was loaded, by all that they show. Its times are relative to that, so that every
 * instant in an answer is compared as it stands.
 */
export const LOADED_AT: Instant = Date.parse('2026-11-23T22:06:00+02:00');

/** Where a reader of the guides has the gateway, and what the links in its answers begin with. */
export const SHOWN_ADDRESS = 'http://localhost:4000';

/** The demo newsroom as a reader of the guides has it, on a free port of this machine and a clock that stands still. */
export interface DemoGateway {
  readonly app: TestApp;
  readonly clock: WoundClock;
  /** E.g. `http://127.0.0.1:41234`, for what the guides call `SHOWN_ADDRESS`. */
  readonly url: string;
  readonly close: () => Promise<void>;
}

/** What the guides may say of a question in a comment: the gateway is then in that state. */
export const CIRCUMSTANCES = ['while the store of counters is away'] as const;

export type Circumstance = (typeof CIRCUMSTANCES)[number];

const fail = async (): Promise<never> => {
  throw new StoreError('postgres', 'STORE_FAILED');
};

/** A demo newsroom that listens, over stores that `change` made of its own, in a database of its own; `close` it in the end. */
export const startGatewayOver = async (change?: (stores: Stores) => Stores): Promise<DemoGateway> => {
  const clock = createWoundClock(LOADED_AT);
  let stores: Stores | undefined;
  const storesOf = (): Stores => {
    if (stores === undefined) throw new TypeError('The stores stand on nothing yet');
    return stores;
  };
  const app = await createTestApp({
    clock,
    variables: { PUBLIC_URL: SHOWN_ADDRESS },
    ...(change === undefined ? {} : { swap: { storesOf } }),
  });
  stores = change?.(createPostgresStores(app.database));
  const url = await app.server.listen({ port: 0, host: '127.0.0.1' });
  return { app, clock, url, close: app.close };
};

const CHANGES: Readonly<Record<Circumstance, (stores: Stores) => Stores>> = {
  'while the store of counters is away': (stores) => ({
    ...stores,
    engagement: { record: fail, counts: fail, rankings: fail },
  }),
};

/** A demo newsroom that listens, in that state, in a database of its own; `close` it in the end. */
export const startDemoGateway = (circumstance?: Circumstance): Promise<DemoGateway> =>
  startGatewayOver(circumstance === undefined ? undefined : CHANGES[circumstance]);
