import type { Stores } from '../../src/stores/stores.ts';

type Reads = Readonly<Record<string, (...given: readonly unknown[]) => Promise<unknown>>>;

/** Stores that ask others each question once. */
export interface RememberedStores {
  readonly stores: Stores;
  /** Questions that others were asked so far: as long as none is added, all answers come at once. */
  asked(): number;
}

/** Each of `parts` with its questions asked once and answered from memory ever after, and how many others were asked so far. */
export const rememberParts = <Parts extends object>(
  parts: Parts,
): { readonly parts: Parts; readonly asked: () => number } => {
  let asked = 0;
  const remember = (part: string, reads: Reads): Reads =>
    Object.fromEntries(
      Object.entries(reads).map(([name, read]) => {
        const known = new Map<string, Promise<unknown>>();
        return [
          name,
          (...given) => {
            const question = JSON.stringify([part, name, given]);
            let answer = known.get(question);
            if (answer === undefined) {
              asked += 1;
              known.set(question, (answer = read(...given)));
            }
            return answer;
          },
        ];
      }),
    );
  return {
    parts: Object.fromEntries(
      Object.entries(parts).map(([part, reads]) => [part, remember(part, reads as Reads)]),
    ) as unknown as Parts,
    asked: () => asked,
  };
};

/** Stores that ask `stores` each question once: what is left of a query is our own. */
export const rememberStores = (stores: Stores): RememberedStores => {
  const { parts, asked } = rememberParts(stores);
  return { stores: parts, asked };
};
