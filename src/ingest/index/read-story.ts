import type { Instant } from '../../clock.ts';
import type { Edition } from '../../content/edition.ts';
import { EXCERPT_LETTERS, excerptOf } from '../../content/excerpt.ts';
import type { SourceStory } from '../../stores/content-source.ts';
import type { StoryReader } from '../../stores/indexed/story-reading.ts';
import { documentSchemas, type ArticleDocument } from '../document.ts';
import { describeIssues } from '../describe-issues.ts';
import { parseBody } from '../html/parse-body.ts';
import { LineError } from '../line-error.ts';
import { mapMedia } from '../map-media.ts';
import { findUnstorable } from '../parse-document.ts';
import { createPreparer, type PreparedArticle } from '../prepare-document.ts';
import { mapSeo } from '../write/article-row.ts';
import { toDocument } from './to-document.ts';

/** What became of reading a story: an article, or why it can be none; and what was left out of it. */
export type ReadStory<Made> =
  | { readonly made: Made; readonly leftOut: readonly string[] }
  | { readonly made: null; readonly reason: string };

export interface ReadStoryOptions {
  /** Of the gateway. */
  readonly editions: readonly Edition[];
  /** The one whose stories they are. */
  readonly edition: Edition;
  /** What article ids are born from. */
  readonly sourceName: string;
}

/** Stories of a source as documents of an import, which hold them to what everybody's articles are held to. */
export interface StoryReading {
  /** All of a story but its body, checked. */
  readDocument(story: SourceStory): ReadStory<ArticleDocument>;
  /** Everything of a story, with its body, ready to be written. */
  prepare(story: SourceStory): ReadStory<PreparedArticle>;
  /** For `stores/indexed/`. */
  readonly reader: StoryReader;
}

const timeOf = (instant: Instant | null): string | null => (instant === null ? null : new Date(instant).toISOString());

/** Under the edition's address, where it names no server. */
const aliasOf = (address: string): string => (/^(?:https?:|\/)/i.test(address) ? address : `/${address}`);

const inputOf = (story: SourceStory, edition: Edition, source: string): Readonly<Record<string, unknown>> => {
  const { publishedAt, breakingUntil, corrections, rights, sectionPaths, authorSlugs, tagSlugs, ...rest } = story;
  const { formerAddresses, modifiedAt: _modifiedAt, html, ...plain } = rest;
  const [section, ...sections] = sectionPaths;
  const input = {
    ...plain,
    type: 'article',
    source,
    edition: edition.code,
    section,
    sections,
    authors: authorSlugs,
    tags: tagSlugs,
    publishedAt: timeOf(publishedAt),
    breakingUntil: timeOf(breakingUntil),
    corrections: corrections.map(({ text, correctedAt }) => ({ text, correctedAt: timeOf(correctedAt) })),
    rights: { ...rights, embargoedUntil: timeOf(rights.embargoedUntil), expiresAt: timeOf(rights.expiresAt) },
    aliases: formerAddresses.map(aliasOf),
    html: html ?? '',
  };
  return { ...(toDocument(input) as Readonly<Record<string, unknown>>), type: 'article' };
};

/** What a story can do without, where it does not fit: a long kicker must not cost readers the story. */
const SPARED: ReadonlySet<PropertyKey> = new Set(
  'language kicker standfirst byline lead media sources corrections seo aliases translationGroup'.split(' '),
);

/** A document of what fits of `input`. What decides who may see it, when and where, has to fit. */
const parseSparing = (input: Readonly<Record<string, unknown>>): ReadStory<ArticleDocument> => {
  const parsed = documentSchemas.article.safeParse(input);
  if (parsed.success) return { made: parsed.data, leftOut: [] };
  const { issues } = parsed.error;
  const names = new Set(issues.map(({ path }) => path[0] ?? ''));
  const spared = Object.fromEntries(Object.entries(input).filter(([name]) => !names.has(name)));
  const again = [...names].every((name) => SPARED.has(name)) ? documentSchemas.article.safeParse(spared) : undefined;
  if (again?.success !== true) return { made: null, reason: describeIssues(issues) };
  return { made: again.data, leftOut: [describeIssues(issues)] };
};

/** What of a body is kept in the index: nothing, but where less than all of it is for everybody, what of it is searched. */
const withoutBody = (prepared: PreparedArticle): PreparedArticle => {
  const { syndication } = prepared.document.rights;
  const excerpt = syndication === 'FULL' ? null : excerptOf(prepared.blocks, EXCERPT_LETTERS);
  return { ...prepared, blocks: excerpt === null ? [] : [{ type: 'Paragraph', html: '', text: excerpt }] };
};

/** Reads stories of one edition. */
export const createStoryReading = ({ editions, edition, sourceName }: ReadStoryOptions): StoryReading => {
  const prepareDocument = createPreparer({ editions, source: sourceName });

  const readDocument = (story: SourceStory): ReadStory<ArticleDocument> => {
    let input: Readonly<Record<string, unknown>>;
    try {
      input = inputOf(story, edition, sourceName);
    } catch {
      return { made: null, reason: 'an instant of it is none' };
    }
    const unstorable = findUnstorable(input);
    if (unstorable !== undefined) return { made: null, reason: unstorable };
    const read = parseSparing(input);
    // It is what the source is asked by, to the letter.
    if (read.made === null || read.made.sourceId === story.sourceId) return read;
    return { made: null, reason: 'sourceId: must be one word of at most 300 letters' };
  };

  const prepare = (document: ArticleDocument, leftOut: readonly string[]): ReadStory<PreparedArticle> => {
    try {
      return { made: withoutBody(prepareDocument(document) as PreparedArticle), leftOut };
    } catch (error) {
      if (!(error instanceof LineError)) throw error;
      // A former address elsewhere is none of ours, and so may be all that is wrong.
      if (document.aliases.length > 0) return prepare({ ...document, aliases: [] }, [...leftOut, error.message]);
      return { made: null, reason: error.message };
    }
  };

  return {
    readDocument,
    prepare(story) {
      const read = readDocument(story);
      return read.made === null ? read : prepare(read.made, read.leftOut);
    },
    reader: {
      readStory(story) {
        const { made } = readDocument(story);
        if (made === null) return null;
        const { kind, language = null, kicker = null, headline, standfirst = null, byline = null, publishedAt } = made;
        const { holder = null, usageTerms = null, embargoedUntil = null, expiresAt = null, syndication } = made.rights;
        return {
          kind,
          language,
          kicker,
          headline,
          standfirst,
          byline,
          publishedAt,
          sources: made.sources.map(({ name, kind: sourceKind, url = null }) => ({ name, kind: sourceKind, url })),
          lead: made.lead === undefined ? null : mapMedia(made.lead),
          media: made.media.map(mapMedia),
          corrections: made.corrections,
          rights: { syndication, holder, usageTerms, embargoedUntil, expiresAt },
          seo: mapSeo(made.seo),
        };
      },
      readBody(html) {
        try {
          return parseBody(html);
        } catch (error) {
          if (error instanceof LineError) return null;
          throw error;
        }
      },
    },
  };
};
