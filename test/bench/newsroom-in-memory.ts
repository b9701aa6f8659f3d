import { ANONYMOUS } from '../../src/content/caller.ts';
import { createResponseCache } from '../../src/cache/response-cache.ts';
import { loadConfig } from '../../src/config/load.ts';
import { createEmbeddedDatabase } from '../../src/database/create-embedded-database.ts';
import { migrate } from '../../src/database/migrate.ts';
import { demoConfigFile } from '../../src/demo/demo-files.ts';
import { loadDemo } from '../../src/demo/load-demo.ts';
import { createCounters } from '../../src/stores/counters.ts';
import { migrationsDirectory } from '../../src/stores/postgres/migrations-directory.ts';
import { createPostgresStores } from '../../src/stores/postgres/postgres-stores.ts';
import { createAnswering, keyPartsOf } from '../../src/wiring/create-answering.ts';
import { createHandFollower } from '../cache/hand-follower.ts';
import { idleDesk } from '../support/idle-desk.ts';
import { rememberStores } from '../support/remembered-stores.ts';
import { createWoundClock } from '../support/wound-clock.ts';
import { noDeltas } from '../support/no-deltas.ts';

/** Answers one request, whole and kept by nobody; gives its length in bytes. */
export type Ask = (query: string, variables: Readonly<Record<string, unknown>>) => Promise<number>;

export interface NewsroomInMemory {
  /** Gateways over the same stores, each with its own settings. */
  open(variables: Readonly<Record<string, string>>): Promise<Ask>;
  close(): Promise<void>;
}

/** The demo newsroom, every store answering from memory what it has answered once: what is measured is the gateway's own time. */
export const createNewsroomInMemory = async (): Promise<NewsroomInMemory> => {
  const clock = createWoundClock(Date.UTC(2026, 10, 23, 9));
  const read = (variables: Readonly<Record<string, string>>) =>
    loadConfig({
      variables: { PUBLIC_URL: 'https://news.example', LOG_LEVEL: 'silent', ...variables },
      demoFile: demoConfigFile,
    });
  const database = await createEmbeddedDatabase();
  await migrate(database, migrationsDirectory);
  await loadDemo(database, read({}).editions, clock);
  const { stores } = rememberStores(createPostgresStores(database));
  const storesOf = () => stores;
  const follower = createHandFollower();
  return {
    async open(variables) {
      const config = read(variables);
      const { service } = await createAnswering({
        config,
        storesOf,
        follower,
        clock,
        counters: createCounters({ storesOf, clock }),
        desk: idleDesk,
        deltas: noDeltas,
        keyParts: keyPartsOf(config),
        // Nothing is small enough to be kept.
        cache: createResponseCache({ follower, clock, limitBytes: 1 }),
      });
      return async (query, given) => {
        const request = { query, variables: given, operationName: undefined };
        const { entry } = await service.answer(request, service.prepare(request), {
          caller: ANONYMOUS,
          mediaType: 'application/json',
          onError: (error) => {
            throw error;
          },
        });
        return entry.body.length;
      };
    },
    close: () => database.close(),
  };
};
