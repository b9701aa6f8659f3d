import { inspect } from 'node:util';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../src/clock.ts';
import { StoreError } from '../../../src/errors.ts';
import type { ContentSource, Sightings, UnfitStory } from '../../../src/stores/content-source.ts';
import { CHAOS_MODES, type ChaosMode } from '../../support/chaos-server.ts';
import { OUTLET_TOKEN, outletStory, sourceOf, startGraphOutlet, type GraphOutlet } from '../../support/graph-outlet.ts';

let outlet: GraphOutlet;
let source: ContentSource;
beforeAll(async () => {
  outlet = await startGraphOutlet();
  source = sourceOf(outlet, { clock: systemClock });
});
afterAll(() => outlet.close());
beforeEach(() => {
  outlet.stories.clear();
  outlet.takeRequests();
});

const idsOf = async (...ids: readonly string[]): Promise<readonly string[]> =>
  (await source.stories(ids, { withHtml: false })).map(({ sourceId }) => sourceId).toSorted();

const failureOf = async (work: Promise<unknown>): Promise<StoreError> => {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof StoreError) return error;
  throw new Error(`it was no StoreError but ${inspect(error)}`);
};

describe('stories of a GraphQL API', () => {
  it('are told in the gateway’s words, by paths, words, defaults and constants', async () => {
    outlet.save(
      outletStory(7, {
        slug: 'a%C3%B1o',
        kind: 'column',
        lead: ' Entrada. ',
        signature: 'Ana Ruiz',
        sections: [{ path: '/mundo/siria/' }, { path: 'mundo' }],
        topics: [{ slug: 'agua' }],
        people: [{ slug: 'ana' }],
        picture: {
          src: 'https://img.example/1.jpg',
          alt: '',
          legend: 'Pie',
          by: 'Luz',
          width: 1200,
          height: 0,
          sizes: [{ src: 'https://img.example/1-s.jpg', width: 320, height: 180 }],
        },
        gallery: [{ src: 'https://img.example/2.jpg' }, { src: null, alt: 'nowhere' }],
        notes: [{ text: 'Se corrige', at: '2026-11-21T08:00:00+02:00' }],
        agencies: [{ name: 'AP', kind: 'wire' }, { name: 'Vecinos' }],
        licence: 'short',
        group: 'agua-1',
        urgent: true,
        moved: ['/viejo/7'],
      }),
    );
    const [story] = await source.stories(['7'], { withHtml: true });
    expect(story).toEqual({
      sourceId: '7',
      kind: 'OPINION',
      slug: 'año',
      language: null,
      kicker: null,
      headline: 'Historia 7',
      standfirst: 'Entrada.',
      byline: 'Ana Ruiz',
      publishedAt: Date.parse('2026-11-20T08:00:00Z'),
      modifiedAt: Date.parse('2026-11-20T09:07:00.250Z'),
      sectionPaths: ['mundo/siria', 'mundo'],
      authorSlugs: ['ana'],
      tagSlugs: ['agua'],
      sources: [
        { name: 'AP', kind: 'AGENCY', url: null },
        { name: 'Vecinos', kind: 'STAFF', url: null },
      ],
      lead: {
        type: 'Image',
        url: 'https://img.example/1.jpg',
        alt: '',
        caption: 'Pie',
        credit: 'Luz',
        width: 1200,
        height: null,
        renditions: [{ url: 'https://img.example/1-s.jpg', width: 320, height: 180 }],
      },
      media: [
        {
          type: 'Image',
          url: 'https://img.example/2.jpg',
          alt: null,
          caption: null,
          credit: null,
          width: null,
          height: null,
          renditions: [],
        },
      ],
      html: '<p>Texto de 7.</p>',
      corrections: [{ text: 'Se corrige', correctedAt: Date.parse('2026-11-21T06:00:00Z') }],
      rights: { syndication: 'EXCERPT', holder: 'El Faro', usageTerms: null, embargoedUntil: null, expiresAt: null },
      breaking: true,
      breakingUntil: null,
      formerAddresses: ['/viejo/7'],
      seo: null,
      translationGroup: 'agua-1',
    });
  });

  it('have what is not said as absent: NEWS, in the default section, free, with no body asked for', async () => {
    outlet.save(outletStory(1, { kind: 'weather', sections: [] }));
    const [story] = await source.stories(['1'], { withHtml: false });
    expect(story).toMatchObject({ kind: 'NEWS', sectionPaths: ['mundo'], html: null, lead: null, tagSlugs: [] });
    expect(story?.rights.syndication).toBe('FULL');
    expect(outlet.takeRequests()[0]?.body).toContain('"withHtml":false');
  });

  it('are nobody’s to show when their licence is a word nobody explained', async () => {
    outlet.save(outletStory(1, { licence: 'ask-us' }));
    const [story] = await source.stories(['1'], { withHtml: false });
    expect(story?.rights.syndication).toBe('NONE');
  });

  it('that are drafts, deleted or never were are left out', async () => {
    outlet.save(outletStory(1), outletStory(2, { state: 'draft' }));
    expect(await idsOf('1', '2', '3', 'no number')).toEqual(['1']);
  });

  it('are asked for in batches: a call for every hundred, or what is configured, each id once', async () => {
    outlet.save(...Array.from({ length: 201 }, (_, index) => outletStory(index + 1)));
    const ids = [...outlet.stories.keys()].map(String);
    expect(await idsOf(...ids, '1')).toHaveLength(201);
    expect(outlet.takeRequests()).toHaveLength(3);
    const few = sourceOf(outlet, { clock: systemClock, batchSize: 30 });
    expect(await few.stories(ids.slice(0, 61), { withHtml: false })).toHaveLength(61);
    expect(outlet.takeRequests()).toHaveLength(3);
    expect(await few.stories([], { withHtml: false })).toEqual([]);
    expect(outlet.takeRequests()).toEqual([]);
  });
});

describe('what a GraphQL API has', () => {
  it('is filed under sections, parents first, tags, authors and a live stream', async () => {
    expect(await source.taxonomy()).toEqual({
      sections: [
        { kind: 'TOPIC', path: 'mundo', name: 'Mundo', description: null, position: 1, translationGroup: null },
        { kind: 'REGION', path: 'mundo/siria', name: 'Siria', description: null, position: 0, translationGroup: null },
      ],
      tags: [
        { slug: 'agua', name: 'Agua', translationGroup: null },
        { slug: 'luz', name: 'Luz', translationGroup: null },
      ],
      authors: [expect.objectContaining({ kind: 'PERSON', slug: 'ana', name: 'Ana Ruiz' })],
      live: { title: 'En vivo', url: 'https://vivo.example/', startedAt: null, endedAt: null },
    });
  });

  const walk = async (page: (next: string | null) => ReturnType<ContentSource['inventory']>) => {
    const pages: (readonly string[])[] = [];
    let next: string | null = null;
    do {
      const { sightings, next: following } = await page(next);
      pages.push(sightings.map(({ sourceId }) => sourceId));
      next = following;
    } while (next !== null);
    return pages;
  };

  it('is listed page by page, drafts left out, with the instant of the last save', async () => {
    outlet.save(...[5, 1, 4, 2, 3, 6].map((id) => outletStory(id)), outletStory(9, { state: 'draft' }));
    expect(await walk(source.inventory)).toEqual([
      ['1', '2', '3'],
      ['4', '5', '6'],
    ]);
    const { sightings } = await source.inventory(null);
    expect(sightings[0]?.modifiedAt).toBe(Date.parse('2026-11-20T09:01:00.250Z'));
  });

  it('was saved at an instant or later, that instant included', async () => {
    outlet.save(...[1, 2, 3, 4, 5, 6].map((id) => outletStory(id)));
    const since = Date.parse('2026-11-20T09:02:00.250Z');
    expect(await walk((next) => source.savedSince(since, next))).toEqual([
      ['2', '3', '4'],
      ['5', '6'],
    ]);
  });

  it('may be nothing', async () => {
    expect(await source.inventory(null)).toEqual({ sightings: [], next: null });
  });
});

describe('a GraphQL API that does not answer as agreed', () => {
  const calls: readonly (readonly [string, (asked: ContentSource) => Promise<unknown>])[] = [
    ['stories', (asked) => asked.stories(['1', '2'], { withHtml: true })],
    ['taxonomy', (asked) => asked.taxonomy()],
    ['savedSince', (asked) => asked.savedSince(0, null)],
    ['inventory', (asked) => asked.inventory(null)],
  ];

  /** That a story is there, saved who knows when: its id is read, and it is looked at. */
  const isSightingAllTheSame = (mode: ChaosMode, name: string): boolean =>
    mode === 'wrong-types' && ['savedSince', 'inventory'].includes(name);

  it.each(calls.filter(([name]) => isSightingAllTheSame('wrong-types', name)))(
    'is a sighting without a date of %s, where its types alone are wrong',
    async (_name, call) => {
      outlet.save(outletStory(1), outletStory(2));
      await outlet.behave('wrong-types');
      try {
        const { sightings } = (await call(source)) as Sightings;
        expect(sightings.map(({ modifiedAt }) => modifiedAt)).toEqual([null, null]);
      } finally {
        await outlet.behave('well');
      }
    },
  );

  describe.each(CHAOS_MODES)('%s', (mode) => {
    it.each(calls.filter(([name]) => !isSightingAllTheSame(mode, name)))(
      'is a StoreError of %s, within the deadline, and nothing in part',
      async (_name, call) => {
        outlet.save(outletStory(1), outletStory(2));
        const isSilent = ['hang', 'slow'].includes(mode);
        const deadlineMs = isSilent ? 200 : 5_000;
        const impatient = sourceOf(outlet, { clock: systemClock, deadlineMs, limitKilobytes: 512 });
        await outlet.behave(mode);
        try {
          const error = await failureOf(call(impatient));
          expect(error.store).toBe('outlet');
          expect(error.code).toBe(isSilent ? 'STORE_TIMEOUT' : 'STORE_FAILED');
          expect(inspect(error)).not.toContain(OUTLET_TOKEN);
          const { isWorking, detail } = await impatient.probe();
          expect({ isWorking, said: detail.length > 10 }).toEqual({ isWorking: false, said: true });
        } finally {
          await outlet.behave('well');
        }
        await expect.poll(() => call(impatient).then(() => 'well', String), { timeout: 15_000 }).toBe('well');
      },
    );
  });

  it('costs the whole batch when it says that it failed, be it within one story', async () => {
    outlet.save(outletStory(1), outletStory(2, { dates: null } as object));
    expect((await failureOf(source.stories(['1', '2'], { withHtml: false }))).code).toBe('STORE_FAILED');
    expect(await idsOf('1')).toEqual(['1']);
  });

  const SAVED = '2026-11-20T08:00:00Z';
  it.each([
    ['no headline', { title: null }, 'title is not there'],
    ['a blank headline', { title: ' ' }, 'title is not there'],
    ['no section', { sections: [{ path: ' ' }] }, 'a story stands in no section'],
    ['a time without an offset', { dates: { first: '2026-11-20 08:00', saved: SAVED } }, /^dates.first is no instant/],
    ['a day that is none', { dates: { first: '2026-13-40T08:00:00Z', saved: SAVED } }, /^dates.first is no instant/],
    ['a correction without words', { notes: [{ text: '', at: SAVED }] }, 'text is not there'],
  ])('costs a story, which is told, and no other: %s', async (_what, fields, reason) => {
    outlet.save(outletStory(1), outletStory(2, { dates: { first: SAVED, saved: SAVED }, ...fields }), outletStory(3));
    const unfit: UnfitStory[] = [];
    const onUnfit = (story: UnfitStory): void => void unfit.push(story);
    const stories = await source.stories(['1', '2', '3'], { withHtml: false, onUnfit });
    expect(stories.map(({ sourceId }) => sourceId)).toEqual(['1', '3']);
    expect(unfit).toEqual([
      { sourceId: '2', modifiedAt: Date.parse(SAVED), reason: expect.stringMatching(reason) as unknown },
    ]);
  });

  it('lists a story without a time of its save as far as it can be read', async () => {
    outlet.save(outletStory(1), outletStory(2, { dates: { first: SAVED, saved: 'yesterday' } }));
    const { sightings } = await source.inventory(null);
    expect(sightings.map(({ sourceId, modifiedAt }) => [sourceId, modifiedAt === null])).toEqual([
      ['1', false],
      ['2', true],
    ]);
    const unfit: UnfitStory[] = [];
    await source.stories(['2'], { withHtml: false, onUnfit: (story) => void unfit.push(story) });
    expect(unfit).toMatchObject([{ sourceId: '2', modifiedAt: null }]);
  });

  it('may not answer with other stories, nor with one twice', async () => {
    outlet.save(outletStory(1), outletStory(2));
    const other = outlet.stories.get(2);
    if (other === undefined) throw new Error('it was saved');
    outlet.stories.set(1, other);
    expect((await failureOf(source.stories(['1'], { withHtml: false }))).cause).toMatchObject({ kind: 'shape' });
    expect((await failureOf(source.stories(['1', '2'], { withHtml: false }))).cause).toMatchObject({ kind: 'shape' });
  });

  it('may repeat what it was sent: the token is in no error', async () => {
    const refused = sourceOf({ yaml: outlet.yaml.replace(OUTLET_TOKEN, 'another-token') }, { clock: systemClock });
    const error = await failureOf(refused.taxonomy());
    expect((error.cause as Error).message).toBe('it answered 401: (secret) may not');
    expect(await refused.probe()).toEqual({
      isWorking: false,
      detail: 'asked with the document "taxonomy", it answered 401: (secret) may not',
    });
    expect(inspect(error, { depth: 9 })).not.toContain('another-token');
  });
});

describe('a probe of a GraphQL API', () => {
  it('asks with every document and says what is there', async () => {
    outlet.save(...[1, 2, 3, 4].map((id) => outletStory(id)));
    expect(await source.probe()).toEqual({
      isWorking: true,
      detail: 'GraphQL, 3 or more stories, 2 sections, 2 tags, 1 authors',
    });
    expect(outlet.takeRequests()).toHaveLength(4);
  });

  it('works beside a story that cannot be shown, and says which', async () => {
    outlet.save(outletStory(1), outletStory(2, { title: ' ' }));
    expect(await source.probe()).toEqual({
      isWorking: true,
      detail: 'GraphQL, 2 stories, 2 sections, 2 tags, 1 authors; story 2 cannot be shown: title is not there',
    });
  });

  it.each([
    [
      'topics { slug label }',
      'topics { slug named: nom }',
      /^asked with the document "taxonomy", it answered .*Cannot query field "nom"/,
    ],
    ['id slug title', 'id slug title: lead', /^asked with the document "stories", title is not there$/],
    [
      'publishedAt: dates.first',
      'publishedAt: slug',
      /^asked with the document "stories", slug is no instant as of RFC 3339/,
    ],
    ['live: true', 'alive: true', /^none of the stories that "inventory" names is answered by "stories"$/],
  ])('says where a configuration is wrong: %s → %s', async (before, after, said) => {
    outlet.save(outletStory(1));
    const yaml = outlet.yaml
      .replace(before, after)
      .replace('name: label', after.includes('nom') ? 'name: named' : 'name: label');
    const { isWorking, detail } = await sourceOf({ yaml }, { clock: systemClock }).probe();
    expect(isWorking).toBe(false);
    expect(detail).toMatch(said);
  });
});
