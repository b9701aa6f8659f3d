import { readFileSync } from 'node:fs';
import { escapeHtml } from '../../src/ingest/html/write-html.ts';

/** One telling of a story. */
export interface NtrexText {
  readonly title: string;
  readonly paragraphs: readonly string[];
}

/** A real news story in the three languages: `../shared/data/news/ntrex-news.json`, test input and never product content. */
export interface NtrexStory {
  readonly id: string;
  /** Whose story it was, e.g. `bbc`. */
  readonly outlet: string;
  readonly en: NtrexText;
  readonly ar: NtrexText;
  readonly es: NtrexText;
}

/** An article as `ntrexDocuments` writes it. */
export interface NtrexArticle {
  readonly sourceId: string;
  readonly edition: NtrexEdition;
  readonly slug: string;
  readonly headline: string;
  readonly publishedAt: string;
  readonly section: string;
  readonly tags: readonly string[];
  readonly authors: readonly string[];
  readonly translationGroup: string;
  readonly html: string;
}

export type NtrexEdition = 'en' | 'ar' | 'es';

/** The publishing system that these articles are of. */
export const NTREX_SOURCE = 'ntrex';

/** The stories in the file at `path`. */
export const readNtrexStories = (path: string): readonly NtrexStory[] =>
  (JSON.parse(readFileSync(path, 'utf8')) as { articles: readonly NtrexStory[] }).articles;

/** Paths and names of the sections, by edition, in one order: a story stands in the same one everywhere. */
export const NTREX_SECTIONS: Readonly<Record<NtrexEdition, readonly (readonly [path: string, name: string])[]>> = {
  en: [
    ['wire/politics', 'Politics'],
    ['wire/world', 'World'],
    ['wire/sport', 'Sport'],
    ['wire/society', 'Society'],
  ],
  ar: [
    ['وكالات/سياسة', 'سياسة'],
    ['وكالات/العالم', 'العالم'],
    ['وكالات/رياضة', 'رياضة'],
    ['وكالات/مجتمع', 'مجتمع'],
  ],
  es: [
    ['agencias/política', 'Política'],
    ['agencias/mundo', 'Mundo'],
    ['agencias/deportes', 'Deportes'],
    ['agencias/sociedad', 'Sociedad'],
  ],
};

const ROOTS: Readonly<Record<NtrexEdition, readonly [path: string, name: string]>> = {
  en: ['wire', 'From the wire'],
  ar: ['وكالات', 'من الوكالات'],
  es: ['agencias', 'De las agencias'],
};

const slugOf = (title: string, taken: Set<string>): string => {
  const words =
    title
      .normalize('NFKC')
      .toLowerCase()
      .match(/[\p{L}\p{N}\p{M}]+/gu) ?? [];
  const slug = words.slice(0, 12).join('-');
  const unique = taken.has(slug) ? `${slug}-${taken.size}` : slug;
  taken.add(unique);
  return unique;
};

const FIRST = Date.UTC(2026, 9, 1, 6);
const HOUR_MS = 60 * 60_000;

/** The articles of one edition, newest last. */
export const ntrexArticles = (stories: readonly NtrexStory[], edition: NtrexEdition): readonly NtrexArticle[] => {
  const taken = new Set<string>();
  return stories.map((story, index) => ({
    sourceId: story.id,
    edition,
    slug: slugOf(story[edition].title, taken),
    headline: story[edition].title,
    publishedAt: new Date(FIRST + index * HOUR_MS).toISOString(),
    section: NTREX_SECTIONS[edition][index % 4]?.[0] ?? '',
    tags: [`topic-${index % 10}`],
    authors: [story.outlet.replaceAll('.', '-')],
    translationGroup: `ntrex:${story.id}`,
    html: story[edition].paragraphs.map((paragraph) => `<p>${escapeHtml(paragraph)}</p>`).join('\n'),
  }));
};

/** Import lines of the stories in all editions: sections, tags and authors first, then every article. */
export const ntrexDocuments = (stories: readonly NtrexStory[]): readonly unknown[] =>
  (['en', 'ar', 'es'] as const).flatMap((edition) => [
    ...[ROOTS[edition], ...NTREX_SECTIONS[edition]].map(([path, name], position) => ({
      type: 'section',
      edition,
      path,
      name,
      position,
      translationGroup: `ntrex:section:${position}`,
    })),
    ...Array.from({ length: 10 }, (_, index) => ({
      type: 'tag',
      edition,
      slug: `topic-${index}`,
      name: `Topic ${index}`,
      translationGroup: `ntrex:topic:${index}`,
    })),
    ...[...new Set(stories.map(({ outlet }) => outlet))].map((outlet) => ({
      type: 'author',
      edition,
      slug: outlet.replaceAll('.', '-'),
      name: outlet,
      kind: 'ORGANIZATION',
    })),
    ...ntrexArticles(stories, edition).map((article) => ({ ...article, source: NTREX_SOURCE })),
  ]);
