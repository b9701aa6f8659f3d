import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { QueryAnswer } from '../support/run-query.ts';
import { minutesAgo, openDesk, story, type Desk } from './desk.ts';

const COUNT = 45;
const KEYS = Array.from({ length: COUNT }, (_, index) => `s${String(index).padStart(2, '0')}`);

const PAGE = `query ($first: Int, $after: String, $last: Int, $before: String, $order: ArticleOrder, $filter: ArticleFilter) {
  edition(code: EN) {
    articles(first: $first, after: $after, last: $last, before: $before, orderBy: $order, filter: $filter) {
      totalCount
      edges { cursor node { slug } }
      nodes { slug }
      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    }
  }
}`;

type Connection = {
  readonly totalCount: number;
  readonly edges: readonly { readonly cursor: string; readonly node: { readonly slug: string } }[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
};

const slugsOf = ({ edges }: Connection): readonly string[] => edges.map(({ node }) => node.slug);

describe('pages of articles', () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await openDesk();
    await desk.write(
      { type: 'tag', edition: 'en', slug: 'a', name: 'A' },
      // Three at a time share their instant: only ids tell them apart.
      ...KEYS.map((key, index) => story(key, { publishedAt: minutesAgo(100 + Math.floor(index / 3)), tags: ['a'] })),
    );
  });
  afterAll(() => desk.close());

  const page = async (variables: object = {}): Promise<Connection> =>
    (await desk.read(PAGE, { ...variables })).edition.articles;
  const refusal = async (variables: object) => {
    const { data, errors } = await desk.ask(PAGE, { ...variables });
    expect(data?.edition?.articles ?? null).toBeNull();
    return errors.map(({ extensions }) => extensions['code']);
  };

  it('has 20 when neither first nor last says how many', async () => {
    expect(slugsOf(await page())).toHaveLength(20);
  });

  it('has 20 read backwards from a cursor that says no more', async () => {
    const { pageInfo } = await page({ first: 40 });
    expect(slugsOf(await page({ before: pageInfo.endCursor }))).toEqual(slugsOf(await page({ first: 39 })).slice(-20));
  });

  it.each([
    [{ first: 3, last: 3 }],
    [{ first: 0 }],
    [{ first: -1 }],
    [{ first: 101 }],
    [{ last: 0 }],
    [{ last: -1 }],
    [{ last: 101 }],
    [{ first: 2_147_483_647 }],
    [{ first: 3, after: 'nonsense' }],
    [{ first: 3, after: '' }],
    [{ first: 3, after: '\u0000' }],
    [{ first: 3, after: Buffer.from('["x",1,2,3]').toString('base64url') }],
    [{ last: 3, before: 'nonsense' }],
  ])('is refused with a code for %j', async (variables) => {
    const codes = await refusal(variables);
    expect(['BAD_USER_INPUT', 'LIMIT_EXCEEDED']).toContain(codes[0]);
    expect(codes).toHaveLength(1);
  });

  it('takes 100, and 1', async () => {
    expect(slugsOf(await page({ first: 100 }))).toHaveLength(COUNT);
    expect(slugsOf(await page({ last: 100 }))).toHaveLength(COUNT);
    expect(slugsOf(await page({ first: 1 }))).toHaveLength(1);
  });

  it('refuses cursors of another list, another order, another filter and another edition', async () => {
    const { pageInfo } = await page({ first: 3 });
    const after = pageInfo.endCursor;
    expect(await refusal({ first: 3, after, order: 'PUBLISHED_ASC' })).toEqual(['BAD_USER_INPUT']);
    expect(await refusal({ first: 3, after, filter: { kinds: ['NEWS'] } })).toEqual(['BAD_USER_INPUT']);
    expect(await refusal({ last: 3, before: after, order: 'UPDATED_DESC' })).toEqual(['BAD_USER_INPUT']);
    const elsewhere = await desk.ask(
      `query ($after: String!) {
        ar: edition(code: AR) { articles(after: $after) { nodes { id } } }
        en: edition(code: EN) {
          section(path: "news") { articles(after: $after) { nodes { id } } }
          tag(slug: "a") { articles(after: $after) { nodes { id } } }
          search(query: "words", after: $after) { nodes { id } }
          tags(after: $after) { nodes { id } }
          authors(after: $after) { nodes { id } }
        }
      }`,
      { after },
    );
    expect(elsewhere.errors.map(({ extensions }) => extensions['code'])).toEqual(Array(6).fill('BAD_USER_INPUT'));
    expect(elsewhere.errors.map(({ path }) => path?.join('.') ?? '').toSorted()).toEqual([
      'ar.articles',
      'en.authors',
      'en.search',
      'en.section.articles',
      'en.tag.articles',
      'en.tags',
    ]);
  });

  it('takes a cursor back when nothing but the length or the spelling of the filter is another', async () => {
    const filter = { tagSlugs: ['a', 'b'], kinds: [] };
    const { pageInfo } = await page({ first: 3, filter });
    const next = await page({ first: 5, after: pageInfo.endCursor, filter: { tagSlugs: ['b', 'a', 'a'] } });
    expect(slugsOf(next)).toHaveLength(5);
  });

  it('says of its first page that there is a next, of its last that there is none', async () => {
    const first = await page({ first: 40 });
    expect(first.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: false });
    const last = await page({ first: 40, after: first.pageInfo.endCursor });
    expect(last.edges).toHaveLength(5);
    // Only that `after` was given is known of what lies before.
    expect(last.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
    const exactly = await page({ first: COUNT });
    expect(exactly.pageInfo.hasNextPage).toBe(false);
  });

  it('says the same read backwards', async () => {
    const first = await page({ last: 40 });
    expect(first.pageInfo).toMatchObject({ hasPreviousPage: true, hasNextPage: false });
    const rest = await page({ last: 40, before: first.pageInfo.startCursor });
    expect(rest.edges).toHaveLength(5);
    expect(rest.pageInfo).toMatchObject({ hasPreviousPage: false, hasNextPage: true });
  });

  it('has the cursors of its ends, and none when it is empty', async () => {
    const { edges, pageInfo } = await page({ first: 3 });
    expect([pageInfo.startCursor, pageInfo.endCursor]).toEqual([edges[0]?.cursor, edges[2]?.cursor]);
    const empty = await page({ filter: { tagSlugs: ['unknown'] } });
    expect(empty).toMatchObject({
      totalCount: 0,
      edges: [],
      pageInfo: { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null },
    });
  });

  it('counts the whole list exactly, on every page of it', async () => {
    const first = await page({ first: 1 });
    expect(first.totalCount).toBe(COUNT);
    expect((await page({ first: 1, after: first.pageInfo.endCursor })).totalCount).toBe(COUNT);
    expect((await page({ filter: { publishedBefore: minutesAgo(110) } })).totalCount).toBe(COUNT - 33);
  });

  /** The whole list by pages of `size`, after each of which `between` happens. */
  const walk = async (
    direction: 'forward' | 'backward',
    size: number,
    order = 'PUBLISHED_DESC',
    between: (page: number) => Promise<void> = async () => undefined,
  ): Promise<readonly string[]> => {
    const found: string[] = [];
    let cursor: string | null = null;
    for (let number = 0; ; number += 1) {
      const read: Connection =
        direction === 'forward'
          ? await page({ first: size, after: cursor, order })
          : await page({ last: size, before: cursor, order });
      if (direction === 'forward') found.push(...slugsOf(read));
      else found.unshift(...slugsOf(read));
      const { hasNextPage, hasPreviousPage, startCursor, endCursor } = read.pageInfo;
      if (!(direction === 'forward' ? hasNextPage : hasPreviousPage)) return found;
      cursor = direction === 'forward' ? endCursor : startCursor;
      await between(number);
    }
  };

  it.each(['PUBLISHED_DESC', 'PUBLISHED_ASC', 'UPDATED_DESC'])(
    'joined are the list, in both directions and whatever shares its instant: %s',
    async (order) => {
      const whole = slugsOf(await page({ first: 100, order }));
      expect(new Set(whole)).toEqual(new Set(KEYS));
      for (const size of [1, 4, 7]) {
        expect(await walk('forward', size, order)).toEqual(whole);
        expect(await walk('backward', size, order)).toEqual(whole);
      }
    },
  );

  it('ascending is the whole list turned round', async () => {
    const newest = slugsOf(await page({ first: 100 }));
    expect(slugsOf(await page({ first: 100, order: 'PUBLISHED_ASC' }))).toEqual(newest.toReversed());
  });

  it.each(['forward', 'backward'] as const)(
    'read %s while stories are back-dated, re-dated, withdrawn and published: none twice, none skipped that stayed',
    async (direction) => {
      const own = await openDesk();
      try {
        await own.write(
          ...KEYS.map((key, index) => story(key, { publishedAt: minutesAgo(100 + Math.floor(index / 3)) })),
        );
        const moved = new Set<string>();
        const read = async (variables: object): Promise<Connection> =>
          (await own.read(PAGE, { ...variables })).edition.articles;
        const found: string[] = [];
        let cursor: string | null = null;
        for (let number = 0; ; number += 1) {
          const at: Connection = await read(
            direction === 'forward' ? { first: 6, after: cursor } : { last: 6, before: cursor },
          );
          found.push(...slugsOf(at));
          const { hasNextPage, hasPreviousPage, startCursor, endCursor } = at.pageInfo;
          if (!(direction === 'forward' ? hasNextPage : hasPreviousPage)) break;
          cursor = direction === 'forward' ? endCursor : startCursor;
          own.clock.wind(61_000);
          const [dated, withdrawn] = [KEYS[(number * 13 + 5) % COUNT] ?? '', KEYS[(number * 7 + 20) % COUNT] ?? ''];
          moved.add(dated).add(withdrawn);
          await own.write(
            story(dated, { publishedAt: minutesAgo(number % 2 === 0 ? 300 + number : 50 + number) }),
            story(withdrawn, { withdrawnAt: minutesAgo(-number - 1) }),
            story(`new-${number}`, { publishedAt: minutesAgo(103) }),
          );
        }
        expect(new Set(found).size).toBe(found.length);
        const stayed = KEYS.filter((key) => !moved.has(key));
        expect(stayed.length).toBeGreaterThan(20);
        expect(stayed.filter((key) => !found.includes(key))).toEqual([]);
      } finally {
        await own.close();
      }
    },
  );

  it('an unknown cursor that was cut short or changed by one letter is refused', async () => {
    const cursor = (await page({ first: 1 })).pageInfo.endCursor ?? '';
    expect(cursor).toMatch(/^[\w-]+$/);
    for (const broken of [
      cursor.slice(0, -1),
      `${cursor}A`,
      cursor.replace(/.$/, (letter) => (letter === 'A' ? 'B' : 'A')),
    ])
      expect(await refusal({ first: 1, after: broken })).toEqual(['BAD_USER_INPUT']);
  });
});

describe('pages of tags and authors', () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await openDesk();
    const names = ['Zagreb', 'Aleppo', 'Aleppo', 'Évora', 'aden', 'Beirut', 'Cairo'];
    await desk.write(
      ...names.flatMap((name, index) => [
        { type: 'tag', edition: 'en', slug: `t${index}`, name },
        { type: 'author', edition: 'en', slug: `a${index}`, name },
      ]),
    );
  });
  afterAll(() => desk.close());

  it.each(['tags', 'authors'])('%s: pages by name join to the whole list, equal names included', async (field) => {
    const query = `query ($first: Int, $after: String) {
      edition(code: EN) { list: ${field}(first: $first, after: $after) { edges { cursor node { id name } } nodes { id } pageInfo { hasNextPage hasPreviousPage endCursor } } }
    }`;
    const whole = (await desk.read(query)).edition.list;
    expect(whole.edges.map(({ node }: { node: { name: string } }) => node.name)).toEqual([
      'Aleppo',
      'Aleppo',
      'Beirut',
      'Cairo',
      'Zagreb',
      'aden',
      'Évora',
    ]);
    const found: { id: string }[] = [];
    let after: string | null = null;
    do {
      const { list }: QueryAnswer['data'] = (await desk.read(query, { first: 2, after })).edition;
      found.push(...list.nodes);
      after = list.pageInfo.hasNextPage ? list.pageInfo.endCursor : null;
    } while (after !== null);
    expect(found).toEqual(whole.nodes);
  });

  it.each(['tags', 'authors'])('%s: a size out of range is refused', async (field) => {
    for (const first of [0, -1, 101]) {
      const { errors } = await desk.ask(`{ edition(code: EN) { ${field}(first: ${first}) { nodes { id } } } }`);
      expect(errors.map(({ extensions }) => extensions['code'])).toEqual(['BAD_USER_INPUT']);
    }
  });
});

describe('lists that are no pages', () => {
  it('refuse a size out of range', async () => {
    const desk = await openDesk();
    try {
      await desk.write(story('one'));
      for (const size of [0, -1, 101]) {
        const { errors } = await desk.ask(`{
          edition(code: EN) { trending(first: ${size}) { id } mostRead(first: ${size}) { id } article(slug: "one") { related(first: ${size}) { id } } }
        }`);
        expect(errors.map(({ extensions }) => extensions['code'])).toEqual(Array(3).fill('BAD_USER_INPUT'));
      }
      const { errors } = await desk.ask(
        `{ edition(code: EN) { article(slug: "one") { zero: excerpt(maxLength: 0) long: excerpt(maxLength: 501) } } }`,
      );
      expect(errors.map(({ extensions }) => extensions['code'])).toEqual(Array(2).fill('BAD_USER_INPUT'));
    } finally {
      await desk.close();
    }
  });
});
