import { parseEditionCode } from '../../../src/content/edition.ts';
import { idOf } from '../../../src/content/ids.ts';
import { listKeysOf, type Listed } from '../../../src/content/list-keys.ts';
import type { CacheTag } from '../../../src/content/tags.ts';
import type { Edit } from './edits.ts';
import { idOfStory, pathOf, type Story } from './newsroom.ts';
import type { Telling } from './watch-answers.ts';

const withAncestors = (path: string): readonly string[] =>
  path.split('/').map((_, index, steps) => steps.slice(0, index + 1).join('/'));

const listedOf = (story: Story | undefined, sectionsAbove: (path: string) => readonly string[]): readonly Listed[] => {
  if (story === undefined) return [];
  const edition = parseEditionCode(story.edition) ?? 'EN';
  const sections = [story.section, ...story.sections].flatMap(sectionsAbove);
  const targets = [
    ...new Set(sections.map((path) => idOf.section(edition, path))),
    ...story.tags.map((slug) => idOf.tag(edition, slug)),
    ...story.authors.map((slug) => idOf.author(edition, slug)),
  ];
  return [{ edition, kind: story.kind, targets, breaking: story.breaking }];
};

const keysOf = (story: Story | undefined, sectionsAbove = withAncestors): ReadonlySet<CacheTag> =>
  new Set(listKeysOf(listedOf(story, sectionsAbove), Infinity));

const alone = (path: string): readonly string[] => [path];

const both = (one: ReadonlySet<CacheTag>, other: ReadonlySet<CacheTag>): ReadonlySet<CacheTag> =>
  new Set([...one, ...other]);

/** Told as it should be, but for the tags for which `isForgotten`. */
const forgetting =
  (isForgotten: (tag: CacheTag, edit: Edit) => boolean): Telling =>
  (told, edit) =>
    told.flatMap(({ tags }) => tags.filter((tag) => !isForgotten(tag, edit)));

/** Without what stands in lists because of `those` alone. */
const forgettingLists =
  (those: (edit: Edit) => ReadonlySet<CacheTag>, but: (edit: Edit) => ReadonlySet<CacheTag>): Telling =>
  (told, edit) => {
    const [forgotten, kept] = [those(edit), but(edit)];
    return forgetting((tag) => forgotten.has(tag) && !kept.has(tag))(told, edit);
  };

const starting = (start: string): Telling => forgetting((tag) => tag.startsWith(start));

/** Gateways that forget something when they tell a change: each must be caught. */
export const KNOWN_BAD: Readonly<Record<string, Telling>> = {
  'forgets the lists it leaves': forgettingLists(
    ({ before }) => keysOf(before),
    ({ after }) => keysOf(after),
  ),
  'forgets the lists it enters': forgettingLists(
    ({ after }) => keysOf(after),
    ({ before }) => keysOf(before),
  ),
  'forgets the sections above': forgettingLists(
    ({ before, after }) => both(keysOf(before), keysOf(after)),
    ({ before, after }) => both(keysOf(before, alone), keysOf(after, alone)),
  ),
  'forgets lists of kinds': forgetting((tag) => /^list:.*:[A-Z_]+(?::breaking)?$/.test(tag)),
  'forgets breaking news': forgetting((tag) => tag.startsWith('list:') && tag.endsWith(':breaking')),
  'forgets joint lists': forgetting((tag) => tag.startsWith('list:') && tag.includes('+')),
  'forgets the archive': forgetting((tag) => tag.endsWith(':archive')),
  'forgets that a date has moved': forgetting(
    (tag, { before, after }) =>
      tag.startsWith('list:') && before !== undefined && before.publishedAt !== after?.publishedAt,
  ),
  'forgets that nobody may see it any more': forgetting(
    (tag, { before, after }) =>
      tag.startsWith('list:') && before !== undefined && before.isWithdrawn !== after?.isWithdrawn,
  ),
  'forgets that an embargo has moved': forgetting(
    (tag, { before, after }) =>
      tag.startsWith('list:') && before !== undefined && before.embargoedUntil !== after?.embargoedUntil,
  ),
  'forgets who shows it': forgetting((tag, { after }) => after !== undefined && tag === `article:${idOfStory(after)}`),
  'forgets whose address it takes': forgetting(
    (tag, { after }) => after !== undefined && tag.startsWith('article:') && tag !== `article:${idOfStory(after)}`,
  ),
  'forgets the group': starting('group:'),
  'forgets slugs': starting('slug:'),
  'forgets addresses': starting('url:'),
  'forgets aliases': forgetting(
    (tag, { after }) =>
      after !== undefined && tag.startsWith('url:') && tag !== `url:${after.edition}:${pathOf(after)}`,
  ),
  'forgets searches': starting('search:'),
  'forgets what is sorted by update': starting('updated:'),
  'forgets the tree of sections': starting('edition:'),
  'forgets sections': starting('section:'),
  'forgets tags': starting('tag:'),
  'forgets authors': starting('author:'),
  'forgets lists of names': forgetting((tag) => /^list:..:(?:tags|authors)$/.test(tag)),
  'forgets the live stream': starting('live:'),
};
