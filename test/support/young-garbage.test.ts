import { setMaxListeners } from 'node:events';
import { describe, expect, it } from 'vitest';
import { leftByTurn } from './young-garbage.ts';

/** 20 kB that is reached by what a turn makes: one text, which is young whatever became of others. */
const createLoad = (): { readonly text: string } => ({ text: Buffer.alloc(20_000, 'x').toString('latin1') });

/** What `begin` gives ends it: eight are under way at once, and none when the turn is over. */
const inBursts =
  (begin: (name: string) => () => void) =>
  (turn: number): void => {
    const ends: (() => void)[] = [];
    for (let index = 0; index < 50; index += 1) {
      ends.push(begin(`${turn} ${index}`));
      if (ends.length > 8) ends.shift()?.();
    }
    for (const end of ends) end();
  };

class Lazy {
  readonly #load = createLoad();
  get length(): number {
    return this.#load.text.length;
  }
}

/** Each drops all that it has made, and holds it until the whole heap is collected. */
const HOLDING: Readonly<Record<string, () => (turn: number) => void>> = {
  'a getter in an object literal': () => () => {
    const load = createLoad();
    void {
      get length() {
        return load.text.length;
      },
    };
  },
  'a function written into a property': () => () => {
    const made: { load: unknown; read: (() => unknown) | undefined } = { load: createLoad(), read: undefined };
    made.read = () => made;
  },
  'a map of what is under way': () => {
    const held = new Map<string, unknown>();
    return inBursts((name) => {
      held.set(name, createLoad());
      return () => held.delete(name);
    });
  },
  'a weak map whose values name their keys': () => {
    const held = new WeakMap<object, unknown>();
    return () => {
      const load = createLoad();
      held.set(load, { load });
    };
  },
  'a listener on a signal that never ends': () => {
    const { signal } = new AbortController();
    setMaxListeners(0, signal);
    const begin = (): (() => void) => {
      const load = createLoad();
      const listener = (): unknown => load;
      signal.addEventListener('abort', listener);
      return () => signal.removeEventListener('abort', listener);
    };
    // One is under way whenever objects are collected: it is old when it ends, and goes on pointing at the next.
    let endLast = begin();
    return inBursts(() => {
      const end = begin();
      endLast();
      endLast = begin();
      return end;
    });
  },
};

describe('leftByTurn', () => {
  it.each(Object.entries(HOLDING))('finds what is held by %s', async (_name, create) => {
    expect(await leftByTurn(create())).toBeGreaterThan(18_000);
  });

  it('finds nothing where all is gone', async () => {
    expect(await leftByTurn(() => void createLoad())).toBeLessThan(2_000);
    expect(await leftByTurn(() => void new Lazy())).toBeLessThan(2_000);
  });
});
