import type { Instant } from '../../clock.ts';
import type { EditionCode } from '../../content/edition.ts';
import type { ArticleId } from '../../content/ids.ts';
import type { ManifestEntry } from '../../content/manifest.ts';

/** What may have happened to an article, and how it is called in a message. */
const TYPES = {
  PUBLISH: 'article.published',
  UPDATE: 'article.updated',
  CORRECTION: 'article.corrected',
  EMBARGO_LIFT: 'article.embargo_lifted',
  RIGHTS_CHANGE: 'article.rights_changed',
  KILL: 'article.killed',
} as const;

export type ToldKind = keyof typeof TYPES;

/** One change of one article, as deltas give it. */
export interface ToldChange {
  /** The delta's; `webhook-id` of the message, however often it is sent. */
  readonly id: string;
  readonly kind: ToldKind;
  readonly articleId: ArticleId;
  readonly url: string;
  readonly edition: EditionCode;
  readonly occurredAt: Instant;
  readonly version: number;
}

/** An article as the partner may have it now. */
export interface ToldArticle {
  readonly url: string;
  /** Whatever is sent as `data.article`. */
  readonly content: unknown;
  /** Which version that is, and how much of it. Absent: nobody accounts for it. */
  readonly given?: ManifestEntry;
}

/** What is sent, before it is signed. */
export interface Message {
  readonly id: string;
  /** What was told in it. */
  readonly kind: ToldKind | null;
  readonly body: string;
}

/** What is told of a change now: what may no longer be seen is gone, and what was gone and is there again has been published. */
const kindNow = ({ kind }: ToldChange, article: ToldArticle | null): ToldKind => {
  if (article === null) return 'KILL';
  return kind === 'KILL' ? 'PUBLISH' : kind;
};

/** The message about `change`, of the article as it is now; null: it may not be seen. */
export const writeMessage = (change: ToldChange, article: ToldArticle | null): Message => {
  const kind = kindNow(change, article);
  const { id, articleId, edition, version } = change;
  const occurredAt = new Date(change.occurredAt).toISOString();
  const data = {
    id,
    kind,
    articleId,
    // Where an article has moved to, who may no longer see it is not told.
    url: article?.url ?? change.url,
    edition,
    occurredAt,
    version,
    article: article?.content ?? null,
  };
  return { id, kind, body: JSON.stringify({ type: TYPES[kind], timestamp: occurredAt, data }) };
};

/** A message that says nothing happened: whether it arrives and verifies is what it is for. */
export const writeTestMessage = (id: string, now: Instant): Message => ({
  id,
  kind: null,
  body: JSON.stringify({ type: 'webhook.test', timestamp: new Date(now).toISOString(), data: { id } }),
});
