import type { Instant } from '../../clock.ts';
import type { ArticleInput } from '../document.ts';
import { parseDate, writeDate } from '../foreign/parse-date.ts';
import { addressOf, htmlOfSounds, type ShownMedia } from '../foreign/pictures.ts';
import { languageOf } from '../foreign/pick-edition.ts';
import type { Draft, Placing } from '../foreign/placing.ts';
import { resolveAddress, resolveLinks } from '../foreign/resolve-links.ts';
import { sortNames, type ForeignName } from '../foreign/sort-names.ts';
import { shorten } from '../foreign/words.ts';
import { LineError } from '../line-error.ts';
import type { FeedAuthor } from './feed-authors.ts';

/** Where a story is from, by name. */
export interface FeedSource {
  readonly name: string | undefined;
  readonly url: string | undefined;
}

/** What a feed says of itself, and so of its stories that do not say otherwise. */
export interface FeedHead extends FeedSource {
  /** The standard it is written in: `RSS 2.0`. */
  readonly standard: string;
  readonly language: string | undefined;
  readonly date: string | undefined;
  readonly rights: string | undefined;
  readonly authors: readonly FeedAuthor[];
}

/** A story of a feed, whichever standard it is written in; undefined: it does not say. */
export interface FeedStory {
  readonly id: string | undefined;
  /** Absolute. */
  readonly link: string | undefined;
  readonly language: string | undefined;
  readonly headline: string | undefined;
  /** Plain text. */
  readonly standfirst: string | undefined;
  /** HTML as it stands there. */
  readonly html: string | undefined;
  /** What addresses in `html` are relative to. */
  readonly base: string | undefined;
  readonly published: string | undefined;
  readonly updated: string | undefined;
  readonly authors: readonly FeedAuthor[];
  readonly names: readonly ForeignName[];
  readonly rights: string | undefined;
  readonly source: FeedSource | undefined;
  readonly shown: ShownMedia;
  /** Addresses of what is to be heard. */
  readonly sounds: readonly string[];
}

const instantOf = (text: string | undefined, name: string): Instant | undefined => {
  if (text === undefined) return undefined;
  const instant = parseDate(text);
  if (instant === null) throw new LineError(`${name}: "${text.slice(0, 60)}" is no date with a zone`);
  return instant;
};

const sourcesOf = ({ name, url }: FeedSource): NonNullable<ArticleInput['sources']> => {
  if (name === undefined || name.trim() === '') return [];
  return [{ name: shorten(name, 200), kind: 'PARTNER', url: url === undefined ? undefined : addressOf(url) }];
};

const canonicalOf = (link: string | undefined): ArticleInput['seo'] => {
  const canonicalUrl = link === undefined ? undefined : addressOf(link);
  return canonicalUrl === undefined ? undefined : { canonicalUrl };
};

/** The last step of an address when it has words: it stays when the headline is corrected. */
const slugWordsOf = (link: string | undefined): string | undefined => {
  const steps = (URL.parse(link ?? '')?.pathname ?? '').split('/').filter((step) => step !== '');
  const last = (steps.at(-1) ?? '').replace(/\.\w{2,5}$/, '');
  try {
    const decoded = decodeURIComponent(last);
    return /\p{L}{3}/u.test(decoded) && !/^index$/i.test(decoded) ? decoded : undefined;
  } catch {
    return undefined;
  }
};

/**
 * The article that `story` is, as `docs/import.md` tells it.
 *
 * @throws {LineError} when it lacks what an article cannot be without.
 */
export const draftOfStory = (story: FeedStory, head: FeedHead, placing: Placing): Draft => {
  const id = (story.id ?? story.link)?.trim();
  if (id === undefined || id === '') throw new LineError('neither an id nor a link: nothing tells it from others');
  if (story.headline === undefined || story.headline.trim() === '') throw new LineError('title: missing');
  const language = languageOf(story.language ?? '') ?? languageOf(head.language ?? '');
  const edition = placing.editionFor(language);
  const updated = instantOf(story.updated, 'updated');
  const published = instantOf(story.published, 'published') ?? updated ?? instantOf(head.date, 'date of the feed');
  if (published === undefined) throw new LineError('published: missing, and the feed has no date either');
  const authors = story.authors.length > 0 ? story.authors : head.authors;
  const { sections, tags } = sortNames(story.names, (names) => placing.sectionFor(edition, names));
  const link = story.link === undefined ? undefined : resolveAddress(story.link, head.url);
  const html = resolveLinks(story.html ?? '', story.base ?? link ?? head.url);
  const rights = story.rights ?? head.rights;
  return {
    edition,
    id,
    slugWords: slugWordsOf(link) ?? story.headline,
    sections,
    fields: {
      language,
      headline: story.headline,
      standfirst: story.standfirst?.trim() ? shorten(story.standfirst, 2_000) : undefined,
      byline: authors.length === 0 ? undefined : shorten(authors.map(({ name }) => name).join(', '), 300),
      authors: [...authors],
      sources: sourcesOf(story.source ?? head),
      tags: [...tags],
      publishedAt: writeDate(published),
      updatedAt: updated === undefined ? undefined : writeDate(updated),
      lead: story.shown.lead,
      media: [...story.shown.media],
      html: html + htmlOfSounds(story.sounds),
      rights: rights?.trim() ? { usageTerms: shorten(rights, 2_000) } : {},
      seo: canonicalOf(link),
    },
  };
};
