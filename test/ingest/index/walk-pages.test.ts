import { describe, expect, it } from 'vitest';
import { walkPages } from '../../../src/ingest/index/walk-pages.ts';
import type { Sightings } from '../../../src/stores/content-source.ts';

const pageOf = (id: number, next: string | null): Sightings => ({
  sightings: [{ sourceId: String(id), modifiedAt: id }],
  next,
});

const walk = async (read: (next: string | null) => Promise<Sightings>) => {
  const met: string[] = [];
  const end = (async () => {
    for await (const page of walkPages('desk', read)) met.push(...page.map(({ sourceId }) => sourceId));
  })();
  const failure = await end.then(
    () => null,
    (error: unknown) => error,
  );
  return { met, failure };
};

describe('walkPages', () => {
  it('gives every page to the last', async () => {
    const { met, failure } = await walk(async (next) =>
      pageOf(Number(next ?? 0), next === '3' ? null : `${Number(next ?? 0) + 1}`),
    );
    expect({ met, failure }).toEqual({ met: ['0', '1', '2', '3'], failure: null });
  });

  it.each([
    ['to itself', { first: 'a', a: 'a' }, 2],
    ['to the one before', { first: 'a', a: 'b', b: 'a' }, 3],
    ['far back', { first: 'a', a: 'b', b: 'c', c: 'd', d: 'a' }, 5],
  ] as const)('fails, once all was given, when a page leads %s', async (_where, leads, pages) => {
    let read = 0;
    const { met, failure } = await walk(async (next) => {
      read += 1;
      if (read > 10) throw new Error('it walks for ever');
      return pageOf(read, (leads as Readonly<Record<string, string>>)[next ?? 'first'] ?? null);
    });
    expect(met).toHaveLength(pages);
    expect(failure).toMatchObject({
      store: 'desk',
      code: 'STORE_FAILED',
      cause: { message: 'a page of its list leads back to one before it' },
    });
  });

  it('fails when there is always one more', async () => {
    let read = 0;
    const { met, failure } = await walk(async () => {
      read += 1;
      if (read > 100_001) throw new Error('it walks for ever');
      return pageOf(read, String(read));
    });
    expect(met).toHaveLength(100_000);
    expect(failure).toMatchObject({ cause: { message: 'its list does not end after 100000 pages' } });
  });

  it('fails as what it reads', async () => {
    const { failure } = await walk(() => Promise.reject(new Error('gone')));
    expect(failure).toMatchObject({ message: 'gone' });
  });
});
