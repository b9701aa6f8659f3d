import type { Instant } from '../clock.ts';
import { createLocator } from '../content/addresses.ts';
import { parseEditionCode, type Edition, type EditionCode } from '../content/edition.ts';
import { parseId, type ArticleId } from '../content/ids.ts';
import { normaliseSlug } from '../content/slug.ts';
import { spellingKey } from '../content/spelling.ts';
import type { Database, Queryable, Row } from '../database/database.ts';
import { GatewayError } from '../errors.ts';
import { nearestAddressSql } from '../stores/postgres/nearest-address.ts';
import type { OutboxRow } from './write/batch-writes.ts';
import { changeTagsOf, pickChangeKind } from './write/change-of-article.ts';
import { saveOrder } from './takedown-orders.ts';
import { loadAddresses, loadArticles } from './write/load-articles.ts';
import { saveOutbox } from './write/save-outbox.ts';

export interface TakedownOptions {
  /** Of the gateway: whose addresses an article may be named by. */
  readonly editions: readonly Edition[];
  readonly now: Instant;
  /** Why, for whoever runs the gateway; null: nobody says. */
  readonly reason?: string | null;
}

/** What an order did. */
export interface Takedown {
  readonly articleId: ArticleId;
  readonly edition: EditionCode;
  readonly headline: string;
  /** False: it stood so already. The order was told again all the same, to whoever may have missed it. */
  readonly isChanged: boolean;
  /** Whether its publishing system has withdrawn it: then it stays gone when the order is lifted. */
  readonly isWithdrawnBySource: boolean;
}

/**
 * Takes an article of the gateway's own store down: it is gone from lists, counts and addresses, and a tombstone hides
 * it from every store, until the order is lifted; no import brings it back. The article and what is told of it are
 * written together; whoever needs to know that it is gone everywhere appends and waits for the acknowledgement.
 *
 * @param locator an article's id, its address (a former one too), or `edition:slug`.
 * @throws {GatewayError} BAD_USER_INPUT for a locator that can be none, NOT_FOUND when no article is found by it.
 * @throws {StoreError} when nothing was written.
 */
export const takeDown = (database: Database, locator: string, options: TakedownOptions): Promise<Takedown> =>
  carryOut(database, locator, options, 'lay');

/** Lifts the order of `takeDown`: the article is what its publishing system says again. As of `takeDown` otherwise. */
export const liftTakedown = (database: Database, locator: string, options: TakedownOptions): Promise<Takedown> =>
  carryOut(database, locator, options, 'lift');

const carryOut = (
  database: Database,
  locator: string,
  { editions, now, reason = null }: TakedownOptions,
  order: 'lay' | 'lift',
): Promise<Takedown> =>
  database.transaction(async (transaction) => {
    const id = await findArticle(transaction, locator, editions);
    // Its row alone is locked: an import that does not touch it is not waited for.
    const before = id === undefined ? undefined : (await loadArticles(transaction, [id])).get(id);
    if (before === undefined)
      throw new GatewayError('NOT_FOUND', `No article of the gateway’s own is ${quote(locator)}`);
    const isLaid = order === 'lay';
    const isChanged = (before.takenDownAt === null) === isLaid;
    const isWithdrawnBySource = before.withdrawnAt !== null && before.withdrawnAt !== before.takenDownAt;
    const takenDownAt = isLaid ? (before.takenDownAt ?? orderInstant(now)) : null;
    const withdrawnAt = isWithdrawnBySource ? before.withdrawnAt : takenDownAt;
    const version = before.version + (isChanged ? 1 : 0);
    const [row] = await transaction.query<{ edition: EditionCode; headline: string }>(
      `UPDATE articles SET taken_down_at = $2, withdrawn_at = $3, version = $4 WHERE id = $1
       RETURNING edition, headline`,
      [before.id, dateOf(takenDownAt), dateOf(withdrawnAt), version],
    );
    const { edition, headline } = row as { edition: EditionCode; headline: string };
    const held = [...(await loadAddresses(transaction, [], [before.id])).values()];
    const slugs = held.filter(({ form }) => form === 'slug').map(({ value }) => value);
    const paths = held.filter(({ form }) => form === 'path').map(({ value }) => value);
    const after = { ...before, takenDownAt, withdrawnAt, version };
    const told: OutboxRow = {
      kind: isLaid ? 'KILL' : pickChangeKind(before, after, now),
      articleId: before.id,
      edition,
      tags: changeTagsOf(edition, [before, after], { losers: [], slugs, paths }, now),
      version,
      tombstone: isLaid
        ? { order, articleId: before.id, edition, slugs, paths }
        : { order: 'lift', articleId: before.id },
    };
    await saveOutbox(transaction, [told], now);
    await saveOrder(transaction, { articleId: before.id, kind: order, reason, orderedAt: now });
    return { articleId: before.id, edition, headline, isChanged, isWithdrawnBySource };
  });

/** A line's instants are whole seconds: this one is told from them. */
const orderInstant = (now: Instant): Instant => (now % 1000 === 0 ? now + 1 : now);

const dateOf = (instant: Instant | null): Date | null => (instant === null ? null : new Date(instant));

const quote = (locator: string): string => `"${locator.slice(0, 300)}"`;

/** The article that `locator` names, or undefined; one named by its id may still not exist. */
export const findArticle = async (
  transaction: Queryable,
  locator: string,
  editions: readonly Edition[],
): Promise<ArticleId | undefined> => {
  if (locator.startsWith('art_')) return parseId(locator).id as ArticleId;
  const [edition, form, value] = parseLocator(locator, editions);
  const [holder] = await transaction.query<Row & { article_id: ArticleId }>(
    `SELECT a.article_id FROM addresses a WHERE a.edition = $1 AND a.form = $2 AND a.spelling_key = $3
      ORDER BY ${nearestAddressSql('a', '$4')} LIMIT 1`,
    [edition, form, spellingKey(value), value],
  );
  return holder?.article_id;
};

const parseLocator = (
  locator: string,
  editions: readonly Edition[],
): readonly [edition: EditionCode, form: 'slug' | 'path', value: string] => {
  if (/^https?:/i.test(locator)) {
    const located = createLocator(editions)(locator);
    if (located !== null) return [located.edition.code, 'path', located.path];
    throw new GatewayError('BAD_USER_INPUT', `${quote(locator)} is not an address of any edition of this gateway`);
  }
  const [, code = '', slug = ''] = /^([a-z]+):(.+)$/is.exec(locator) ?? [];
  const edition = parseEditionCode(code);
  if (edition !== undefined && slug.trim() !== '') return [edition, 'slug', normaliseSlug(slug)];
  const message = `${quote(locator)} names no article: give its id, its address, or edition:slug`;
  throw new GatewayError('BAD_USER_INPUT', message);
};
