import type { Instant } from '../../clock.ts';
import type { ArticleId } from '../../content/ids.ts';
import type { CacheTag } from '../../content/tags.ts';
import type { Queryable } from '../../database/database.ts';
import { tagsOfKnown } from '../intake.ts';
import { loadKnownArticles } from '../intake/load-known-articles.ts';
import type { PreparedArticle, PreparedDocument } from '../prepare-document.ts';
import { lockEditions } from '../write/lock-editions.ts';
import { saveOutbox } from '../write/save-outbox.ts';
import { writeBatch, type DocumentResult } from '../write/write-batch.ts';
import type { IndexedDesk } from './indexed-desk.ts';
import { judgeLook, standingAfter, type Looked, type Verdict } from './judge-look.ts';
import { releaseAddresses } from './release-addresses.ts';
import type { WantedPlace } from './rivals.ts';
import { lockStories, saveStories, type StoryRow } from './story-rows.ts';

/** What became of a story that was looked at. */
export type LookOutcome =
  | 'new'
  | 'changed'
  | 'unchanged'
  | 'gone'
  /** There, and cannot be shown. */
  | 'bad'
  | Exclude<Verdict, 'write' | 'withdraw'>;

export interface LookResult {
  readonly sourceId: string;
  readonly outcome: LookOutcome;
  /** What the change log is told of it, where that was asked for. */
  readonly tags?: readonly CacheTag[];
  /** Why it is bad. */
  readonly reason?: string;
  /** Where it was to stand, when it is not the story that is bad but what it met there. */
  readonly wants?: readonly WantedPlace[];
  /** Milliseconds from its save, as its source dates it, to now; of what is new or changed. */
  readonly ageMs?: number;
}

export interface WriteLookedOptions {
  readonly desk: IndexedDesk;
  readonly now: Instant;
  /** Stories told to be there again, and when: it counts for those that were not told to be gone since. */
  readonly lifts: ReadonlyMap<string, Instant>;
  /** Whether what is as it was is told all the same: somebody was told it had changed before it showed. */
  readonly isAnnounced: boolean;
  /** Whether what is written gives up its address first, so that stories can take one another's. Default: no. */
  readonly releases?: boolean;
  /** Whether results say what is told. Default: no. */
  readonly givesTags?: boolean;
}

interface Judged {
  readonly looked: Looked;
  readonly verdict: Verdict;
  readonly row: StoryRow | undefined;
}

const findStored = async (transaction: Queryable, looked: readonly Looked[]): Promise<ReadonlySet<ArticleId>> => {
  const rows = await transaction.query<{ id: ArticleId }>('SELECT id FROM articles WHERE id = ANY ($1::text[])', [
    looked.map(({ articleId }) => articleId),
  ]);
  return new Set(rows.map(({ id }) => id));
};

const documentOf = (looked: Looked, isStored: boolean, { desk, now }: WriteLookedOptions): PreparedDocument => {
  const { sourceId, articleId } = looked;
  if (looked.found !== 'fit') {
    const { edition, sourceName: source } = desk;
    return { type: 'withdrawal', editions: [edition], ids: [articleId], source, sourceId, withdrawnAt: undefined };
  }
  const { article, modifiedAt } = looked;
  // Later than that, it is updated when a difference is seen: whoever asks for what is newer than their last look finds it.
  if (isStored) return article;
  const savedAt = Math.floor(Math.min(modifiedAt, now) / 1_000) * 1_000;
  return { ...article, document: { ...article.document, updatedAt: Math.max(article.document.publishedAt, savedAt) } };
};

const placesOf = ({ document: { section, slug } }: PreparedArticle): readonly WantedPlace[] => [
  { form: 'slug', value: slug },
  { form: 'path', value: `${section}/${slug}` },
];

const OUTCOMES = { imported: 'new', updated: 'changed', unchanged: 'unchanged' } as const;

const resultOf = ({ looked }: Judged, written: DocumentResult | undefined, now: Instant): LookResult => {
  const { sourceId } = looked;
  if (looked.found === 'unfit') return { sourceId, outcome: 'bad', reason: looked.reason };
  if (written?.outcome === 'bad') {
    const wants = looked.found === 'fit' ? placesOf(looked.article) : [];
    return { sourceId, outcome: 'bad', reason: written.reason, wants };
  }
  if (looked.found !== 'fit') return { sourceId, outcome: written?.outcome === 'updated' ? 'gone' : 'unchanged' };
  const outcome = OUTCOMES[written?.outcome ?? 'unchanged'];
  return outcome === 'unchanged' ? { sourceId, outcome } : { sourceId, outcome, ageMs: now - looked.modifiedAt };
};

const announce = async (
  transaction: Queryable,
  judged: readonly Judged[],
  { desk: { edition }, now }: WriteLookedOptions,
): Promise<void> => {
  const known = await loadKnownArticles(
    transaction,
    judged.map(({ looked }) => looked.articleId),
  );
  const rows = [...known.values()].map((article) => ({
    kind: 'UPDATE' as const,
    articleId: article.id,
    edition,
    tags: tagsOfKnown(article),
    version: article.version,
  }));
  await saveOutbox(transaction, rows, now);
};

/** What is told of them, and is not in the log yet: this transaction's own, and what waits there from before. */
const loadTold = async (
  transaction: Queryable,
  looked: readonly Looked[],
): Promise<ReadonlyMap<ArticleId, readonly CacheTag[]>> => {
  const rows = await transaction.query<{ article_id: ArticleId; tags: CacheTag[] }>(
    `SELECT article_id, array_agg(DISTINCT tag) AS tags FROM outbox, unnest(tags) AS told (tag)
      WHERE article_id = ANY ($1::text[]) GROUP BY article_id`,
    [looked.map(({ articleId }) => articleId)],
  );
  return new Map(rows.map(({ article_id: id, tags }) => [id, tags]));
};

/**
 * Writes what looks have found, inside `transaction`: articles, what the change log is to learn of them, and how each
 * stands. What another look has overtaken, and what the source may be behind with, is left as it is.
 *
 * @returns one result per story, in their order.
 */
export const writeLooked = async (
  transaction: Queryable,
  all: readonly Looked[],
  options: WriteLookedOptions,
): Promise<readonly LookResult[]> => {
  const { desk, now, lifts } = options;
  await lockEditions(transaction, [desk.edition]);
  const rows = await lockStories(
    transaction,
    all.map(({ articleId }) => articleId),
  );
  const judged = all.map((looked): Judged => {
    const row = rows.get(looked.articleId);
    const liftedAt = lifts.get(looked.sourceId) ?? null;
    const judging = { now, lagMs: desk.lagSeconds * 1_000, liftedAt };
    return { looked, row, verdict: judgeLook(row, looked, judging) };
  });
  const done = judged.filter(({ verdict }) => verdict === 'write' || verdict === 'withdraw');
  const released = done.filter(({ verdict }) => verdict === 'withdraw' || options.releases === true);
  await releaseAddresses(
    transaction,
    released.map(({ looked }) => looked.articleId),
  );
  const stored = await findStored(transaction, all);
  const written = await writeBatch(
    transaction,
    done.map(({ looked }) => documentOf(looked, stored.has(looked.articleId), options)),
    now,
  );
  const results = new Map(done.map((one, index) => [one, written[index]]));
  const standings = done.flatMap((one) => {
    const result = results.get(one);
    const reason = result?.outcome === 'bad' ? result.reason : null;
    return one.row === undefined ? [] : [standingAfter(one.row, one.looked, now, reason)];
  });
  await saveStories(transaction, standings);
  if (options.isAnnounced)
    await announce(
      transaction,
      judged.filter((one) => one.verdict === 'behind' || results.get(one)?.outcome === 'unchanged'),
      options,
    );
  const told = options.givesTags === true ? await loadTold(transaction, all) : undefined;
  return judged.map((one) => {
    const { verdict, looked } = one;
    const isDone = verdict === 'write' || verdict === 'withdraw';
    const result = isDone ? resultOf(one, results.get(one), now) : { sourceId: looked.sourceId, outcome: verdict };
    const tags = told?.get(looked.articleId);
    return tags === undefined ? result : { ...result, tags };
  });
};
