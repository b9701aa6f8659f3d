import { beforeAll, expect, it } from 'vitest';
import type { Instant } from '../../src/clock.ts';
import type { ContentSource, SourceStory, Sightings } from '../../src/stores/content-source.ts';

/** What an editor writes. */
export interface WrittenStory {
  readonly headline: string;
  readonly html: string;
  /** Null: none. */
  readonly standfirst: string | null;
  /** Undefined: now; ahead: it is scheduled. */
  readonly publishedAt?: Instant;
  readonly sectionPath: string;
  /** In editorial order, as far as the desk keeps one. */
  readonly tagSlugs: readonly string[];
}

/** A real publishing system behind a source, as an editor works in it. */
export interface DeskUnderTest {
  readonly source: ContentSource;
  /** What stories can be filed under there: a section, one below it, two tags. */
  readonly filing: { readonly top: string; readonly below: string; readonly tags: readonly [string, string] };
  /** Publishes or schedules a new story, and gives its source id. */
  publish(story: WrittenStory): Promise<string>;
  /** Begins one that nobody is to see yet. */
  draft(story: WrittenStory): Promise<string>;
  revise(sourceId: string, change: Partial<WrittenStory>): Promise<void>;
  /** Takes a published one back, in such a way that it can be published again. */
  withdraw(sourceId: string): Promise<void>;
  republish(sourceId: string): Promise<void>;
  /** For good. */
  erase(sourceId: string): Promise<void>;
}

const HOUR_MS = 60 * 60_000;
const inDays = (days: number): Instant => Math.floor(Date.now() / 1_000) * 1_000 + days * 24 * HOUR_MS;

const allOf = async (read: (next: string | null) => Promise<Sightings>): Promise<ReadonlyMap<string, Instant>> => {
  const seen = new Map<string, Instant>();
  let next: string | null = null;
  do {
    const page: Sightings = await read(next);
    for (const { sourceId, modifiedAt } of page.sightings) if (modifiedAt !== null) seen.set(sourceId, modifiedAt);
    next = page.next;
  } while (next !== null);
  return seen;
};

/** What every `ContentSource` does, held against a system that stories can be written in. */
export const contentSourceContract = (open: () => Promise<DeskUnderTest>): void => {
  let desk: DeskUnderTest;
  const written = (fields: Partial<WrittenStory> = {}): WrittenStory => ({
    headline: 'Talks resume',
    html: '<p>They talk.</p>',
    standfirst: null,
    sectionPath: desk.filing.below,
    tagSlugs: [desk.filing.tags[0]],
    ...fields,
  });
  const storyOf = async (sourceId: string, withHtml = false): Promise<SourceStory | undefined> =>
    (await desk.source.stories([sourceId], { withHtml }))[0];
  const inventory = (): Promise<ReadonlyMap<string, Instant>> => allOf((next) => desk.source.inventory(next));
  const savedSince = (since: Instant): Promise<ReadonlyMap<string, Instant>> =>
    allOf((next) => desk.source.savedSince(since, next));

  beforeAll(async () => {
    desk = await open();
  }, 240_000);

  it('says that it works', async () => {
    expect(await desk.source.probe()).toMatchObject({ isWorking: true });
  });

  it('gives a story as it was written: plain words, decoded, filed', async () => {
    const publishedAt = inDays(-3);
    const sourceId = await desk.publish(
      written({
        headline: 'R&D “talks” — النص العربي & más',
        standfirst: 'After a year, and “a day”.',
        html: '<p>One &amp; <strong>two</strong>.</p>',
        tagSlugs: [desk.filing.tags[1], desk.filing.tags[0]],
        publishedAt,
      }),
    );
    const story = await storyOf(sourceId, true);
    expect(story).toMatchObject({
      sourceId,
      headline: 'R&D “talks” — النص العربي & más',
      standfirst: 'After a year, and “a day”.',
      sectionPaths: [desk.filing.below],
      publishedAt,
      rights: { syndication: 'FULL', embargoedUntil: null, expiresAt: null },
    });
    expect(story?.tagSlugs.toSorted()).toEqual([...desk.filing.tags].toSorted());
    expect(story?.slug).toBe(story?.slug.normalize('NFC'));
    expect(story?.slug).not.toMatch(/%|\//);
    expect(story?.html).toMatch(/<p>One &(?:amp|#038);? <strong>two<\/strong>\.<\/p>/);
  });

  it('gives no body to whoever does not ask for one, and no standfirst that nobody wrote', async () => {
    const sourceId = await desk.publish(written());
    expect(await storyOf(sourceId)).toMatchObject({ html: null, standfirst: null });
  });

  it('files its stories under what its taxonomy has', async () => {
    const { sections, tags } = await desk.source.taxonomy();
    const paths = sections.map(({ path }) => path);
    expect(paths).toContain(desk.filing.top);
    expect(paths.indexOf(desk.filing.below)).toBeGreaterThan(paths.indexOf(desk.filing.top));
    expect(tags.map(({ slug }) => slug)).toEqual(expect.arrayContaining([...desk.filing.tags]));
    expect(new Set(paths).size).toBe(paths.length);
    const story = await storyOf(await desk.publish(written()));
    for (const path of story?.sectionPaths ?? []) expect(paths).toContain(path);
  });

  it('leaves out what is not there, and gives the rest once', async () => {
    const sourceId = await desk.publish(written());
    const draft = await desk.draft(written());
    const gone = await desk.publish(written());
    await desk.erase(gone);
    const stories = await desk.source.stories([gone, sourceId, draft, '999999999', 'no id', sourceId], {
      withHtml: false,
    });
    expect(stories.map((story) => story.sourceId)).toEqual([sourceId]);
  });

  it('gives more than a hundred at once', async () => {
    const sourceIds = [...(await inventory()).keys()];
    const unknown = Array.from({ length: 150 }, (_, index) => String(900_000_000 + index));
    const stories = await desk.source.stories([...unknown, ...sourceIds], { withHtml: false });
    expect(stories.map(({ sourceId }) => sourceId).toSorted()).toEqual(sourceIds.toSorted());
  });

  it('shows what is scheduled before its time', async () => {
    const publishedAt = inDays(30);
    const sourceId = await desk.publish(written({ publishedAt }));
    expect(await storyOf(sourceId)).toMatchObject({ publishedAt });
    expect((await inventory()).has(sourceId)).toBe(true);
  });

  it('says when a story was saved, alike wherever it is asked', async () => {
    const before = inDays(0);
    const sourceId = await desk.publish(written());
    await desk.revise(sourceId, { headline: 'Talks go on' });
    const story = await storyOf(sourceId);
    expect(story?.headline).toBe('Talks go on');
    expect(story?.modifiedAt).toBeGreaterThanOrEqual(before);
    expect((await inventory()).get(sourceId)).toBe(story?.modifiedAt);
    expect((await savedSince(before)).get(sourceId)).toBe(story?.modifiedAt);
  });

  it('tells what was saved at an instant or later, and nothing older', async () => {
    const sourceId = await desk.publish(written());
    await desk.revise(sourceId, { headline: 'Saved again' });
    const { modifiedAt } = (await storyOf(sourceId)) as SourceStory;
    expect((await savedSince(modifiedAt)).has(sourceId)).toBe(true);
    expect((await savedSince(modifiedAt + 1_000)).has(sourceId)).toBe(false);
    for (const instant of (await savedSince(modifiedAt)).values()) expect(instant).toBeGreaterThanOrEqual(modifiedAt);
  });

  it.each(['withdraw', 'erase'] as const)('no longer has a story after %s', async (act) => {
    const sourceId = await desk.publish(written());
    expect((await inventory()).has(sourceId)).toBe(true);
    await desk[act](sourceId);
    expect(await storyOf(sourceId)).toBeUndefined();
    expect((await inventory()).has(sourceId)).toBe(false);
    expect((await savedSince(inDays(-1))).has(sourceId)).toBe(false);
  });

  it('has a story again that comes back', async () => {
    const sourceId = await desk.publish(written());
    await desk.withdraw(sourceId);
    await desk.republish(sourceId);
    expect(await storyOf(sourceId)).toMatchObject({ sourceId, headline: 'Talks resume' });
  });

  it('has everything in its inventory, what was written into the past too', async () => {
    const past = await desk.publish(written({ publishedAt: inDays(-400) }));
    const all = await inventory();
    expect(all.has(past)).toBe(true);
    const stories = await desk.source.stories([...all.keys()], { withHtml: false });
    expect(new Map(stories.map(({ sourceId, modifiedAt }) => [sourceId, modifiedAt]))).toEqual(all);
  });

  it('moves a story that is moved', async () => {
    const sourceId = await desk.publish(written());
    const publishedAt = inDays(-200);
    await desk.revise(sourceId, { sectionPath: desk.filing.top, publishedAt, tagSlugs: [] });
    expect(await storyOf(sourceId)).toMatchObject({ sectionPaths: [desk.filing.top], publishedAt, tagSlugs: [] });
  });
};
