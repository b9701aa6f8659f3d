import { describe, expect, it } from 'vitest';
import type { EditionCode } from '../../src/content/edition.ts';
import { createBatchLoader, inOrderOf, type BatchLoader } from '../../src/loaders/batch-loader.ts';
import type { Stores } from '../../src/stores/stores.ts';
import { createGate } from '../support/gate.ts';

interface Key {
  readonly edition: EditionCode;
  readonly name: string;
}
const key = (edition: EditionCode, name: string): Key => ({ edition, name });
const [one, other] = [{ name: 'one' }, { name: 'other' }] as unknown as [Stores, Stores];

const setUp = (
  rest: Partial<BatchLoader<Key, string>> = {},
  { storesOf = (edition: EditionCode) => (edition === 'ES' ? other : one), signal = new AbortController().signal } = {},
) => {
  const calls: (readonly [Stores, readonly string[]])[] = [];
  const recorded: string[] = [];
  const loader = createBatchLoader<Key, string>(
    { storesOf, signal },
    {
      name: 'test',
      editionOf: ({ edition }) => edition,
      identityOf: ({ edition, name }) => `${edition}:${name}`,
      record: ({ name }) => recorded.push(name),
      read: async (stores, keys) => {
        calls.push([stores, keys.map(({ name }) => name)]);
        return keys.map(({ edition, name }) => `${edition} ${name}`);
      },
      ...rest,
    },
  );
  return { loader, calls, recorded };
};

describe('createBatchLoader', () => {
  it('asks each store once for everything asked in a turn, and gives everyone their own', async () => {
    const { loader, calls } = setUp();
    const keys = [key('EN', 'a'), key('ES', 'b'), key('AR', 'c'), key('EN', 'd'), key('ES', 'e')];
    expect(await Promise.all(keys.map((each) => loader.load(each)))).toEqual(['EN a', 'ES b', 'AR c', 'EN d', 'ES e']);
    expect(calls).toEqual([
      [one, ['a', 'c', 'd']],
      [other, ['b', 'e']],
    ]);
  });

  it('asks for one key once, whoever asks, now or later', async () => {
    const { loader, calls } = setUp();
    await Promise.all([loader.load(key('EN', 'a')), loader.load(key('EN', 'a')), loader.load(key('AR', 'a'))]);
    await loader.load(key('EN', 'a'));
    expect(calls).toEqual([[one, ['a', 'a']]]);
  });

  it('makes no more calls for three hundred keys than for three', async () => {
    const { loader, calls } = setUp();
    await Promise.all(Array.from({ length: 300 }, (_, number) => loader.load(key('EN', String(number)))));
    expect(calls).toHaveLength(1);
  });

  it('records every key before it reads', async () => {
    const gate = createGate();
    const { loader, recorded } = setUp({
      read: async (_, keys) => {
        await gate.pass();
        return keys.map(() => 'x');
      },
    });
    const loading = Promise.all([loader.load(key('EN', 'a')), loader.load(key('ES', 'b'))]);
    await gate.reached;
    expect(recorded).toEqual(['a', 'b']);
    gate.open();
    await loading;
  });

  it('records a key whose store failed', async () => {
    const { loader, recorded } = setUp({ read: () => Promise.reject(new Error('away')) });
    await loader.load(key('EN', 'a')).catch(() => undefined);
    expect(recorded).toEqual(['a']);
  });

  it.each<[string, BatchLoader<Key, string>['read'], string]>([
    ['fails', () => Promise.reject(new Error('away')), 'away'],
    [
      'fails at once',
      () => {
        throw new Error('broken');
      },
      'broken',
    ],
    ['fails with something that is no error', async () => Promise.reject('away'), 'without an error'],
    ['gives fewer answers than it was asked', async () => [], '0 values to 1 request'],
    ['gives more', async () => ['a', 'b'], '2 values to 1 request'],
  ])('costs a store that %s its own keys only', async (_, read, message) => {
    const { loader } = setUp({
      read: (stores, keys) => (stores === other ? read(stores, keys) : Promise.resolve(keys.map(({ name }) => name))),
    });
    const loaded = await Promise.allSettled(
      [key('EN', 'a'), key('ES', 'b'), key('AR', 'c')].map((k) => loader.load(k)),
    );
    expect(loaded.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(String((loaded[1] as PromiseRejectedResult).reason)).toContain(message);
  });

  it('costs an edition that nobody holds its own keys only', async () => {
    const { loader } = setUp(
      {},
      {
        storesOf: (edition) => {
          if (edition === 'ES') throw new TypeError('No store holds the edition ES');
          return one;
        },
      },
    );
    const loaded = await Promise.allSettled([loader.load(key('EN', 'a')), loader.load(key('ES', 'b'))]);
    expect(loaded).toMatchObject([{ value: 'EN a' }, { reason: { message: 'No store holds the edition ES' } }]);
  });

  it('reads nothing more once the operation has run out of time', async () => {
    const abort = new AbortController();
    const { loader, calls } = setUp({}, { signal: abort.signal, storesOf: () => one });
    await loader.load(key('EN', 'a'));
    abort.abort(new Error('out of time'));
    await expect(loader.load(key('EN', 'b'))).rejects.toThrow('out of time');
    expect(calls).toHaveLength(1);
  });
});

describe('inOrderOf', () => {
  it('puts what was found in the order of the keys, and null where nothing was', () => {
    const found = [{ id: 'c' }, { id: 'a' }, { id: 'unasked' }];
    expect(inOrderOf(['a', 'b', 'c', 'a'], found, ({ id }) => id)).toEqual([
      { id: 'a' },
      null,
      { id: 'c' },
      { id: 'a' },
    ]);
    expect(inOrderOf([], found, ({ id }) => id)).toEqual([]);
  });
});
