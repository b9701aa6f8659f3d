import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createEntityTier } from '../../src/cache/entity-tier.ts';
import { createResidentStores } from '../../src/cache/resident-stores.ts';
import { EDITION_CODES, parseEditionCode } from '../../src/content/edition.ts';
import { idOf } from '../../src/content/ids.ts';
import type { CacheTag } from '../../src/content/tags.ts';
import type { Database } from '../../src/database/database.ts';
import { importDocuments } from '../../src/ingest/import-documents.ts';
import { liftTakedown, takeDown } from '../../src/ingest/takedown.ts';
import type { Address } from '../../src/stores/article-store.ts';
import { createPostgresStores } from '../../src/stores/postgres/postgres-stores.ts';
import type { Stores } from '../../src/stores/stores.ts';
import { createDice } from '../support/dice.ts';
import { EDIT_KINDS, makeEdit, noteEdit, storyKey, type Desk, type Edit } from '../bench/over-eviction/edits.ts';
import {
  AUTHORS,
  comingSectionsOf,
  COMING_AUTHORS,
  COMING_TAGS,
  EDITIONS,
  foundNewsroom,
  idOfStory,
  OLD_ADDRESSES,
  OPENING,
  sectionsOf,
  SOURCE,
  TAGS,
  type Story,
} from '../bench/over-eviction/newsroom.ts';
import { createHandFollower } from '../cache/hand-follower.ts';
import { linesOf, testEditions } from '../support/import-lines.ts';
import { createTestDatabase } from '../support/test-database.ts';

const SEED = 29;
/** Enough for every tag to be the only one that tells of something. */
const ROUNDS = 4;
/** Stories that come during the edits, which are asked for from the start. */
const COMING_STORIES = 12;
const GROUPS = ['tag:tag-0', 'tag:tag-3', 'tag:tag-7'];

/** Everything that may be asked for by name, what is not there yet and what was once included. */
const namesOf = (stories: readonly Pick<Story, 'edition' | 'key' | 'slug' | 'group'>[]) => {
  const editions = EDITIONS.map((name) => parseEditionCode(name) ?? 'EN');
  const named = (slugs: readonly string[]) => editions.flatMap((edition) => slugs.map((slug) => ({ edition, slug })));
  const addresses = stories.flatMap(({ edition, slug }): readonly Address[] => {
    const code = parseEditionCode(edition) ?? 'EN';
    const paths = [...sectionsOf(edition), ...comingSectionsOf(edition)].map((section) => `${section}/${slug}`);
    return [
      { edition: code, form: 'slug', value: slug },
      ...paths.map((value) => ({ edition: code, form: 'path' as const, value })),
    ];
  });
  const former = editions.flatMap((edition) =>
    Array.from({ length: OLD_ADDRESSES }, (_, index) => ({ edition, form: 'path' as const, value: `old/${index}` })),
  );
  const groups = stories.flatMap(({ group }) => group ?? []);
  return {
    ids: stories.map(idOfStory),
    addresses: [...addresses, ...former],
    groups: [...new Set([...groups, ...GROUPS])],
    tags: named([...TAGS, ...COMING_TAGS]),
    authors: named([...AUTHORS, ...COMING_AUTHORS]),
  };
};

type Names = ReturnType<typeof namesOf>;

/** What stores give for all names, each method's in an order of its own. */
const readAll = async ({ articles, taxonomy }: Stores, { ids, addresses, groups, tags, authors }: Names) => {
  const found: Readonly<Record<string, readonly unknown[]>> = {
    articles: await articles.byIds(ids),
    bodies: await articles.bodies(ids),
    addresses: await articles.byAddresses(addresses),
    groups: await articles.byTranslationGroups(groups),
    sections: await taxonomy.sections(EDITION_CODES),
    liveStreams: await taxonomy.liveStreams(EDITION_CODES),
    tags: await taxonomy.tagsByIds(tags.map(({ edition, slug }) => idOf.tag(edition, slug))),
    tagsBySlugs: await taxonomy.tagsBySlugs(tags),
    tagsByGroups: await taxonomy.tagsByTranslationGroups(groups),
    authors: await taxonomy.authorsByIds(authors.map(({ edition, slug }) => idOf.author(edition, slug))),
    authorsBySlugs: await taxonomy.authorsBySlugs(authors),
    authorsByGroups: await taxonomy.authorsByTranslationGroups(groups),
  };
  return new Map(Object.entries(found).map(([of, all]) => [of, all.map((one) => JSON.stringify(one)).toSorted()]));
};

/** Ways to tell a change; all but the first are those of a gateway that forgets something. */
const TELLINGS: Readonly<Record<string, (tag: CacheTag) => boolean>> = {
  everything: () => true,
  ...Object.fromEntries(
    ['article', 'author', 'edition', 'group', 'live', 'section', 'slug', 'tag', 'url'].map((kind) => [
      `all but ${kind}`,
      (tag: CacheTag) => !tag.startsWith(`${kind}:`),
    ]),
  ),
};

describe('whatever is kept of stores, after every edit of a newsroom', () => {
  const wrong = new Map<string, string[]>();
  const calls = { bare: 0, kept: 0 };
  let [edits, statements] = [0, 0];
  let database: Database;

  beforeAll(async () => {
    database = await createTestDatabase('postgres', { observe: () => void (statements += 1) });
    const clock = { now: () => OPENING };
    const dependencies = { database, editions: testEditions, clock };
    const newsroom = foundNewsroom(SEED, { en: 8, ar: 4, es: 3 });
    const write = (lines: Edit['lines']) => importDocuments(dependencies, linesOf(lines), { source: SOURCE });
    await write(newsroom.lines);
    const coming = EDITIONS.flatMap((edition) =>
      Array.from({ length: COMING_STORIES }, (_, index) => {
        const key = `new-${index + 1}`;
        return { edition, key, slug: `story-${key}`, group: null };
      }),
    );
    const names = namesOf([...newsroom.stories, ...coming]);
    const stores = createPostgresStores(database);
    const told = { articles: () => true, taxonomy: () => true };
    const gateways = Object.entries(TELLINGS).map(([telling, isTold]) => {
      const follower = createHandFollower();
      const tier = createEntityTier({ follower, limitBytes: 100_000_000 });
      return { telling, isTold, follower, resident: createResidentStores({ ...stores, told }, tier) };
    });
    const takeTold = () => database.query<{ tags: readonly CacheTag[] }>('DELETE FROM outbox RETURNING tags');
    await takeTold();
    for (const { resident } of gateways) await readAll(resident, names);

    const desk: Desk = {
      stories: new Map(newsroom.stories.map((story) => [storyKey(story), story])),
      takenDown: new Set(),
      next: 0,
    };
    const carryOut = async ({ order, before, lines }: Edit): Promise<boolean> => {
      if (order === undefined || before === undefined) return (await write(lines)).badCount === 0;
      const command = order === 'take down' ? takeDown : liftTakedown;
      await command(database, idOfStory(before), { editions: testEditions, now: OPENING });
      return true;
    };
    const dice = createDice(SEED);
    const kinds = Array.from({ length: ROUNDS }, () => EDIT_KINDS).flat();
    for (const kind of dice.some(kinds, kinds.length)) {
      const edit = makeEdit(dice, desk, OPENING, kind);
      if (!(await carryOut(edit))) continue;
      noteEdit(edit, desk);
      edits += 1;
      const tags = (await takeTold()).flatMap((row) => row.tags);
      const begun = statements;
      const now = await readAll(stores, names);
      calls.bare += statements - begun;
      for (const { telling, isTold, follower, resident } of gateways) {
        follower.change(...tags.filter(isTold));
        const before = statements;
        const kept = await readAll(resident, names);
        if (telling === 'everything') calls.kept += statements - before;
        for (const [of, all] of kept)
          if (JSON.stringify(all) !== JSON.stringify(now.get(of)))
            wrong.set(telling, [...(wrong.get(telling) ?? []), `${edit.kind}: ${of}`]);
      }
    }
  }, 180_000);
  afterAll(() => database?.close());

  it('is what the stores hold', () => {
    expect(edits).toBeGreaterThan(60);
    expect(wrong.get('everything') ?? []).toEqual([]);
    // Asked for anew each time it would be true, and nothing kept.
    expect(calls.kept).toBeLessThan(calls.bare / 2);
  });

  it.each(Object.keys(TELLINGS).slice(1))('would be wrong if a gateway told %s', (telling) => {
    expect(wrong.get(telling)?.length ?? 0).toBeGreaterThan(0);
  });
});
