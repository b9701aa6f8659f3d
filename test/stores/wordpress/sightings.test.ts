import { afterEach, describe, expect, it } from 'vitest';
import type { Sightings } from '../../../src/stores/content-source.ts';
import { postRow, startRestDouble, type RestDouble, type Row } from './rest-double.ts';

let double: RestDouble | undefined;
afterEach(() => double?.close());

const at = (second: number): string => new Date(Date.UTC(2026, 10, 1) + second * 1_000).toISOString().slice(0, 19);
const savedAt = (id: number, second: number): Row => postRow(id, { modified: at(second), modified_gmt: at(second) });

/** All pages, with something done between each two. */
const walk = async (
  read: (next: string | null) => Promise<Sightings>,
  between: () => void = () => undefined,
): Promise<readonly string[]> => {
  const seen: string[] = [];
  let next: string | null = null;
  do {
    const page: Sightings = await read(next);
    seen.push(...page.sightings.map(({ sourceId }) => sourceId));
    next = page.next;
    if (next !== null) between();
  } while (next !== null);
  return seen;
};

const idsOf = (posts: readonly Row[]): readonly string[] => posts.map(({ id }) => String(id));

describe('inventory', () => {
  const posts = Array.from({ length: 450 }, (_, index) => savedAt(index * 3 + 1, index));

  it('gives everything once, by id, a call for every hundred or so', async () => {
    double = await startRestDouble({ posts });
    const { source, asked } = double;
    expect(await walk((next) => source().inventory(next))).toEqual(idsOf(posts));
    expect(asked).toHaveLength(5);
  });

  it.each([
    ['a few', 3],
    ['more than pages overlap by', 40],
    ['more than a page', 130],
  ])('skips nothing when %s of the first are deleted between two pages', async (_, count) => {
    double = await startRestDouble({ posts });
    const { source, holdings } = double;
    const seen = await walk(
      (next) => source().inventory(next),
      () => {
        holdings.posts = holdings.posts.slice(count);
      },
    );
    expect(new Set(seen).size).toBe(seen.length);
    for (const id of idsOf(holdings.posts)) expect(seen).toContain(id);
  });

  it('comes to its end when everything is deleted meanwhile', async () => {
    double = await startRestDouble({ posts });
    const { source, holdings } = double;
    const seen = await walk(
      (next) => source().inventory(next),
      () => {
        holdings.posts = [];
      },
    );
    expect(seen).toHaveLength(100);
  });

  it('is neither ended nor confused by what its user may not see', async () => {
    const hidden = new Set(posts.slice(90, 260).map(({ id }) => id));
    double = await startRestDouble({ posts });
    const { source, holdings } = double;
    // WordPress counts them and leaves them out of the page.
    holdings.posts = posts.map((post) => (hidden.has(post.id) ? { ...post, isHidden: true } : post));
    expect(await walk((next) => source().inventory(next))).toEqual(idsOf(posts.filter(({ id }) => !hidden.has(id))));
  });
});

describe('savedSince', () => {
  const since = (second: number): number => Date.UTC(2026, 10, 1) + second * 1_000;
  const posts = Array.from({ length: 350 }, (_, index) => savedAt(1_000 - index, index));

  it('gives what was saved then or later, the oldest save first', async () => {
    double = await startRestDouble({ posts });
    const { source } = double;
    const seen = await walk((next) => source().savedSince(since(50), next));
    expect([...new Set(seen)]).toEqual(idsOf(posts.slice(50)));
  });

  it('skips nothing when what was seen is saved again meanwhile', async () => {
    double = await startRestDouble({ posts });
    const { source, holdings } = double;
    let now = 1_000;
    const seen = await walk(
      (next) => source().savedSince(since(0), next),
      () => {
        if (now > 1_240) return;
        const [saved, rest] = [holdings.posts.slice(0, 60), holdings.posts.slice(60)];
        holdings.posts = [...rest, ...saved.map(({ id }) => savedAt(id, (now += 1)))];
      },
    );
    for (const id of idsOf(posts)) expect(seen).toContain(id);
  });

  it('gets past more posts of one second than a page holds', async () => {
    const imported = Array.from({ length: 330 }, (_, index) => savedAt(index + 1, 7));
    const all = [savedAt(900, 6), ...imported, savedAt(901, 8)];
    double = await startRestDouble({ posts: all });
    const { source, asked } = double;
    const seen = await walk((next) => source().savedSince(since(0), next));
    expect(new Set(seen)).toEqual(new Set(idsOf(all)));
    expect(asked.length).toBeLessThan(8);
  });

  it('fails when page after page has nothing in it', async () => {
    const hidden = Array.from({ length: 10_300 }, (_, index) => ({ ...savedAt(index + 1, index), isHidden: true }));
    double = await startRestDouble({ posts: hidden });
    const { source, asked } = double;
    await expect(walk((next) => source().savedSince(since(0), next))).rejects.toThrow('desk failed');
    expect(asked).toHaveLength(101);
  });

  it('asks from an hour before, for clocks that are put back, and gives nothing older', async () => {
    double = await startRestDouble({ posts });
    const { source, asked } = double;
    await source().savedSince(since(10), null);
    expect(asked[0]?.searchParams.get('modified_after')).toBe('2026-10-31T23:00:09.000Z');
  });
});
