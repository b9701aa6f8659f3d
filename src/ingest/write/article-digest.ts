import { createHash } from 'node:crypto';
import type { PreparedArticle } from '../prepare-document.ts';
import type { ArticleColumns } from './article-row.ts';

/** What `articles.content_digest` holds of the line that was last taken. */
export interface ArticleDigest {
  /** Of everything a reader sees but former addresses. */
  readonly content: string;
  /** Of the line's aliases. Readers see what came of them, which depends on who stood there. */
  readonly aliases: string;
  /** Of the words it is found by. */
  readonly text: string;
}

/** What the source calls it is nothing to readers; the body is covered by its own digest. */
const UNSEEN: ReadonlySet<string> = new Set(['source', 'source_id', 'body', 'body_text', 'word_count']);

/** What `search` is made of, and a snippet cut from; how much of the body depends on how it is passed on. */
const SEARCHED = ['syndication', 'headline', 'standfirst', 'kicker', 'tag_ids', 'body_text'] as const;

const hash = (value: unknown): string => createHash('sha256').update(JSON.stringify(value)).digest('base64url');

/** The digest of everything a reader sees of an article but its former addresses. */
export const digestContent = (columns: ArticleColumns, { bodyDigest }: Pick<PreparedArticle, 'bodyDigest'>): string =>
  hash([Object.entries(columns).filter(([name]) => !UNSEEN.has(name)), bodyDigest]);

/** The digest of the aliases a line names. */
export const digestAliases = (aliases: readonly string[]): string => hash(aliases);

/** The digest of the words that search weighs; the names of its tags are told by the tags themselves. */
export const digestText = (columns: ArticleColumns): string => hash(SEARCHED.map((name) => columns[name]));

/** `digest` as its column holds it. */
export const writeDigest = ({ content, aliases, text }: ArticleDigest): string => `${content} ${aliases} ${text}`;

/** The digest of which a column holds `text`; text of any other form gives one that equals none. */
export const parseDigest = (text: string): ArticleDigest => {
  const [content = '', aliases = '', words = ''] = text.split(' ');
  return { content, aliases, text: words };
};
