import type { Instant } from '../../clock.ts';
import type { ArticleId } from '../../content/ids.ts';
import type { Queryable } from '../../database/database.ts';
import { EVERY_MS } from '../../partners/deliveries/delivery-tally.ts';
import type { Kill } from '../../syndication/recall/load-kill.ts';
import { loadRoundStates, loadUnderWay, wasSentSince, type UnderWay } from '../../syndication/recall/load-under-way.ts';

export interface AwaitDeliveriesOptions {
  readonly database: Queryable;
  readonly id: ArticleId;
  /** Nobody gives from before it any more. */
  readonly kill: Kill;
  readonly now: () => Instant;
  readonly pause: (milliseconds: number) => Promise<unknown>;
}

/** What a process gave last is written down by then. */
const WRITTEN_AFTER_MS = EVERY_MS + 1_000;
const LOOK_EVERY_MS = 200;
/** A round of messages that was begun before a KILL has ended by then, or is lost. */
const UNDER_WAY_MS = 60_000;

/** Waits for the rounds that are under way, for as long as their processes may hold them. */
const awaitRounds = async ({
  database,
  id,
  now,
  pause,
}: AwaitDeliveriesOptions): Promise<{ readonly wereThere: boolean; readonly lost: readonly UnderWay[] }> => {
  const lookedAt = now();
  const begun = await loadUnderWay(database, id);
  const lost: UnderWay[] = [];
  let open = begun;
  while (open.length > 0) {
    const states = await loadRoundStates(database, open);
    const takenMs = now() - lookedAt;
    // Past its time another process may have had the endpoint, and have let it go: that nobody holds it says nothing any more.
    lost.push(...open.filter(({ leftMs }, index) => takenMs >= leftMs && states[index] !== 'ended'));
    open = open.filter(({ leftMs }, index) => takenMs < leftMs && states[index] === 'sending');
    if (open.length > 0) await pause(LOOK_EVERY_MS);
  }
  return { wereThere: begun.length > 0, lost };
};

/**
 * Waits until what was given just before `kill` is written down; messages that were under way too: what they gave is accounted
 * when they have been answered.
 *
 * @returns rounds of messages of which nobody has said what they gave: their process died, or takes too long.
 */
export const awaitDeliveries = async (options: AwaitDeliveriesOptions): Promise<readonly UnderWay[]> => {
  const { database, id, kill, now, pause } = options;
  const { occurredAt } = kill;
  const partners = await database.query('SELECT FROM partners LIMIT 1');
  if (partners.length === 0) return [];
  const isFresh = now() - occurredAt < UNDER_WAY_MS;
  const { wereThere, lost } = isFresh ? await awaitRounds(options) : { wereThere: false, lost: [] };
  const isLate = wereThere || (isFresh && (await wasSentSince(database, id, occurredAt)));
  const leftMs = (isLate ? now() : occurredAt) + WRITTEN_AFTER_MS - now();
  if (leftMs > 0) await pause(Math.min(leftMs, WRITTEN_AFTER_MS));
  return lost;
};
