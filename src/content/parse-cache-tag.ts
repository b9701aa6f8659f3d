import { parseEditionCode, type EditionCode } from './edition.ts';
import { ARTICLE_KINDS } from './entities.ts';
import {
  parseId,
  type ArticleId,
  type AuthorId,
  type EntityName,
  type ParsedId,
  type SectionId,
  type TagId,
} from './ids.ts';
import { normalisePath, normaliseSlug } from './slug.ts';
import { tagOf, type CacheTag } from './tags.ts';

/** A tag as readers record it, and whose desk it speaks of. */
export interface ParsedCacheTag {
  readonly tag: CacheTag;
  readonly edition: EditionCode;
}

type Parse = (rest: string) => ParsedCacheTag | null;

/** `head:tail` cut at the first colon; the tail may hold more of them. */
const cut = (text: string): readonly [head: string, tail: string] => {
  const at = text.indexOf(':');
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
};

const parseKnownId = (text: string): ParsedId | null => {
  try {
    return parseId(text);
  } catch {
    return null;
  }
};

const byId =
  <Id extends string>(entity: EntityName, write: (id: Id) => CacheTag): Parse =>
  (rest) => {
    const id = parseKnownId(rest);
    return id?.entity === entity && id.edition !== undefined
      ? { tag: write(id.id as string as Id), edition: id.edition }
      : null;
  };

const byEdition =
  (write: (edition: EditionCode, rest: string) => CacheTag | null): Parse =>
  (text) => {
    const [code, rest] = cut(text);
    const edition = parseEditionCode(code);
    const tag = edition === undefined ? null : write(edition, rest);
    return tag === null || edition === undefined ? null : { tag, edition };
  };

/** For tags that say no more than their edition. */
const ofEdition = (write: (edition: EditionCode) => CacheTag): Parse =>
  byEdition((edition, rest) => (rest === '' ? write(edition) : null));

const writeSlug = (edition: EditionCode, rest: string): CacheTag | null => {
  const [of, written] = cut(rest);
  const slug = normaliseSlug(written);
  const kind = (['article', 'tag', 'author'] as const).find((known) => known === of.toLowerCase());
  return kind === undefined || slug === '' || slug.includes('/') ? null : tagOf.slug(edition, kind, slug);
};

const writeUrl = (edition: EditionCode, rest: string): CacheTag | null => {
  const path = normalisePath(rest);
  return path === '' ? null : tagOf.url(edition, path);
};

const writeList = (edition: EditionCode, rest: string): CacheTag | null => {
  const [word, kind] = cut(rest);
  switch (word.toLowerCase()) {
    case 'all':
      return kind === '' ? tagOf.list.all(edition) : null;
    case 'tags':
      return kind === '' ? tagOf.list.tags(edition) : null;
    case 'authors':
      return kind === '' ? tagOf.list.authors(edition) : null;
    case 'kind': {
      const known = ARTICLE_KINDS.find((each) => each === kind.toUpperCase());
      return known === undefined ? null : tagOf.list.kind(edition, known);
    }
    default:
      return null;
  }
};

const LISTS: readonly Parse[] = [
  byId('Section', (id: SectionId) => tagOf.list.section(id)),
  byId('Tag', (id: TagId) => tagOf.list.tag(id)),
  byId('Author', (id: AuthorId) => tagOf.list.author(id)),
  byEdition(writeList),
];

const firstOf = (parses: readonly Parse[], rest: string): ParsedCacheTag | null => {
  for (const parse of parses) {
    const parsed = parse(rest);
    if (parsed !== null) return parsed;
  }
  return null;
};

const PARSES: Readonly<Record<string, Parse>> = {
  article: byId('Article', (id: ArticleId) => tagOf.article(id)),
  section: byId('Section', (id: SectionId) => tagOf.section(id)),
  tag: byId('Tag', (id: TagId) => tagOf.tag(id)),
  author: byId('Author', (id: AuthorId) => tagOf.author(id)),
  edition: ofEdition(tagOf.edition),
  live: ofEdition(tagOf.live),
  search: ofEdition(tagOf.search),
  updated: ofEdition(tagOf.updated),
  slug: byEdition(writeSlug),
  url: byEdition(writeUrl),
  list: (rest) => firstOf(LISTS, rest),
  group: byEdition((edition, group) => (group === '' ? null : tagOf.group(edition, group))),
};

/** A path of 400 letters, the longest an import takes, every one of them escaped. */
const MAX_LETTERS = 4_000;

// oxlint-disable-next-line no-control-regex -- control characters are what is looked for
const CONTROLS = /[\u0000-\u001f\u007f]/;

/**
 * The tag that `text` names, in the one form in which readers record it: its words and the edition in either case, slugs
 * and paths percent-encoded or not. Null: it is none, and nothing could ever carry it.
 */
export const parseCacheTag = (text: string): ParsedCacheTag | null => {
  if (text.length > MAX_LETTERS || CONTROLS.test(text) || !text.isWellFormed()) return null;
  const [word, rest] = cut(text.trim());
  const head = word.toLowerCase();
  return Object.hasOwn(PARSES, head) ? (PARSES[head]?.(rest) ?? null) : null;
};
