import { afterEach, describe, expect, it } from 'vitest';
import { DESK_START, openDesk, story, type Desk } from './desk.ts';
import { BESIDE, LOOKS, TURNED, type Look } from './story-looks.ts';

/** When time turns the story: a whole second, and nothing kept is too old by then. */
const TURN = DESK_START + 20_000;
const at = new Date(TURN).toISOString();

let desk: Desk;
afterEach(() => desk.close());

/** What every look shows at this instant; `variant` names answers of their own. */
const lookAll = async (variant: string, looks: Readonly<Record<string, Look>> = LOOKS) => {
  const shown: Record<string, boolean> = {};
  const states = new Set<string>();
  const ages = new Set<string>();
  for (const [name, [query, isShown]] of Object.entries(looks)) {
    const { data, errors, headers } = await desk.ask(`{ ${variant}: __typename ${query} }`);
    expect(errors).toEqual([]);
    shown[name] = isShown(data);
    states.add(String(headers['cache-status']).split(';')[1]?.trim() ?? '');
    ages.add(String(headers['cache-control']));
  }
  return { shown, states: [...states], ages: [...ages] };
};

const all = (isShown: boolean, looks: Readonly<Record<string, Look>> = LOOKS) =>
  Object.fromEntries(Object.keys(looks).map((name) => [name, isShown]));

const announce = async (): Promise<number> => {
  const announced = await desk.app.scheduler.tick();
  await desk.app.changes.step();
  return announced;
};

describe.each([
  ['a scheduled publication', { publishedAt: at }, false],
  ['the end of an embargo', { rights: { embargoedUntil: at } }, false],
  ['an expiry', { rights: { expiresAt: at } }, true],
])('%s', (_what, fields, isShownBefore) => {
  it('is seen in every answer from its instant on, and in none before, whenever they were kept', async () => {
    desk = await openDesk();
    await desk.write(...BESIDE, story('turned', { ...TURNED, ...fields }));
    expect((await lookAll('early')).shown).toEqual(all(isShownBefore));
    expect(await lookAll('early')).toEqual({
      shown: all(isShownBefore),
      states: ['hit'],
      ages: ['public, max-age=10'],
    });

    desk.clock.wind(15_500);
    // No client keeps it for longer than it is true.
    expect((await lookAll('early')).ages).toEqual(['public, max-age=4']);

    desk.clock.wind(4_499);
    expect(await announce()).toBe(0);
    const last = { shown: all(isShownBefore), ages: ['no-store'] };
    expect(await lookAll('early')).toMatchObject({ ...last, states: ['hit'] });
    expect(await lookAll('late')).toMatchObject(last);

    desk.clock.wind(1);
    for (const variant of ['early', 'late', 'fresh'])
      expect([variant, (await lookAll(variant)).shown]).toEqual([variant, all(!isShownBefore)]);
    expect(await lookAll('early')).toMatchObject({ states: ['hit'], ages: ['public, max-age=10'] });

    // That it is announced changes nothing that was kept since but what it may have meant.
    expect(await announce()).toBe(1);
    expect((await lookAll('early')).shown).toEqual(all(!isShownBefore));
    expect(await announce()).toBe(0);
  });
});

describe('an expiry', () => {
  it('leaves an address that says GONE', async () => {
    desk = await openDesk();
    await desk.write(story('turned', { ...TURNED, rights: { expiresAt: at } }));
    const status = async () =>
      (await desk.read('{ route(url: "https://news.example/en/news/sport/rowing/turned") { status } }')).route.status;
    expect(await status()).toBe('FOUND');
    desk.clock.wind(20_000);
    expect(await status()).toBe('GONE');
  });
});

const BREAKING: Readonly<Record<string, Look>> = {
  'the article': ['edition(code: EN) { article(slug: "turned") { breaking } }', (d) => d.edition.article.breaking],
  'breaking news': [
    'edition(code: EN) { articles(filter: { breaking: true }) { nodes { slug } } }',
    (d) => d.edition.articles.nodes.length === 1,
  ],
  'how many they are': [
    'edition(code: EN) { articles(filter: { breaking: true }) { totalCount } }',
    (d) => d.edition.articles.totalCount === 1,
  ],
  'other news': [
    'edition(code: EN) { articles(filter: { breaking: false }) { totalCount } }',
    (d) => d.edition.articles.totalCount === 1,
  ],
  'breaking news of its tag': [
    'edition(code: EN) { tag(slug: "boats") { articles(filter: { breaking: true }) { totalCount } } }',
    (d) => d.edition.tag.articles.totalCount === 1,
  ],
  'a search for breaking news': [
    'edition(code: EN) { search(query: "words", filter: { breaking: true }) { totalCount } }',
    (d) => d.edition.search.totalCount === 1,
  ],
  'a list that shows it': [
    'edition(code: EN) { articles { nodes { slug breaking } } }',
    (d) => d.edition.articles.nodes.some(({ breaking }: { readonly breaking: boolean }) => breaking),
  ],
};

describe('the end of breaking news', () => {
  it('is seen in every answer from its instant on, and in none before', async () => {
    desk = await openDesk();
    await desk.write(...BESIDE, story('turned', { ...TURNED, breaking: true, breakingUntil: at }));
    expect((await lookAll('early', BREAKING)).shown).toEqual(all(true, BREAKING));
    desk.clock.wind(19_999);
    expect(await lookAll('early', BREAKING)).toEqual({
      shown: all(true, BREAKING),
      states: ['hit'],
      ages: ['no-store'],
    });
    expect((await lookAll('late', BREAKING)).shown).toEqual(all(true, BREAKING));
    desk.clock.wind(1);
    for (const variant of ['early', 'late'])
      expect((await lookAll(variant, BREAKING)).shown).toEqual(all(false, BREAKING));
    expect(await announce()).toBe(1);
    expect((await lookAll('early', BREAKING)).shown).toEqual(all(false, BREAKING));
  });

  it('is announced to those who show or list it as such, and to nobody else', async () => {
    desk = await openDesk();
    await desk.write(...BESIDE, story('turned', { ...TURNED, breaking: true, breakingUntil: at }));
    desk.clock.wind(20_000);
    const others = { 'the list of all': LOOKS['a page it is not on'] as Look };
    await lookAll('kept', others);
    await lookAll('kept', BREAKING);
    expect(await announce()).toBe(1);
    expect((await lookAll('kept', others)).states).toEqual(['hit']);
    expect((await lookAll('kept', BREAKING)).states).not.toContain('hit');
  });
});
