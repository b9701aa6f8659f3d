import { StoreError } from '../../src/errors.ts';
import type { Stores } from '../../src/stores/stores.ts';
import { createRandom, seedOf } from '../support/create-random.ts';

type Reads = Readonly<Record<string, (...given: readonly unknown[]) => Promise<unknown>>>;

/** Stores that fail, lose rows and take their time as `seed` says: the same for the same question. */
export interface WorriedStores {
  readonly stores: Stores;
  /** What goes wrong from now on; 0: nothing. */
  worry(seed: number): void;
  /** What was asked since the last time, in any order; resolves when all of it is answered. */
  takeCalls(): Promise<readonly string[]>;
}

/** Reads that may leave rows out: those who ask by id or name. */
const ROWS = /^(byIds|bodies|byAddresses|byTranslationGroups|sections|liveStreams|\w+By(Ids|Slugs|TranslationGroups))$/;

const turnOfLoop = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** `stores` with worries. */
export const worryStores = (stores: Stores): WorriedStores => {
  let worries = 0;
  let open = 0;
  const calls: string[] = [];

  const answer = async (name: string, { question, read }: { question: string; read: () => Promise<unknown> }) => {
    if (worries === 0) return read();
    const random = createRandom(seedOf(`${worries} ${question}`));
    if (random() < 0.4) await turnOfLoop();
    if (random() < 0.08) throw new StoreError('wire', random() < 0.5 ? 'STORE_FAILED' : 'STORE_TIMEOUT');
    const rows = await read();
    return ROWS.test(name) && random() < 0.15 ? (rows as readonly unknown[]).filter(() => random() < 0.7) : rows;
  };
  const worryPart = (part: string, reads: Reads): Reads =>
    Object.fromEntries(
      Object.entries(reads).map(([name, read]) => [
        name,
        async (...given) => {
          const question = JSON.stringify([part, name, given]);
          calls.push(question);
          open += 1;
          try {
            return await answer(name, { question, read: () => read(...given) });
          } finally {
            open -= 1;
          }
        },
      ]),
    );

  return {
    stores: Object.fromEntries(
      Object.entries(stores).map(([part, reads]) => [part, worryPart(part, reads as Reads)]),
    ) as unknown as Stores,
    worry(seed) {
      worries = seed;
    },
    async takeCalls() {
      for (;;) {
        await turnOfLoop();
        if (open === 0) return calls.splice(0);
      }
    },
  };
};
