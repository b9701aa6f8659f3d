import type { ArticleId } from '../../content/ids.ts';

/** What a script of ours gave, as `Reply`s; undefined: it is no such thing, and nobody knows what it means. */
export type ReadReply<Reply> = (reply: unknown) => Reply | undefined;

/** An article and what it is ranked by: the smaller, the better. */
export interface Scored {
  readonly id: ArticleId;
  readonly score: number;
}

/** A number of times. */
export const readCount: ReadReply<number> = (reply) =>
  typeof reply === 'number' && Number.isSafeInteger(reply) && reply >= 0 ? reply : undefined;

/** Whether an event was counted: 1 or 0. */
export const readTold: ReadReply<boolean> = (reply) => (reply === 1 ? true : reply === 0 ? false : undefined);

/** Ids and scores in turn. */
export const readRanking: ReadReply<readonly Scored[]> = (reply) => {
  if (!Array.isArray(reply) || reply.length % 2 !== 0) return undefined;
  const scored: Scored[] = [];
  for (let at = 0; at < reply.length; at += 2) {
    const [id, score] = [reply[at], reply[at + 1]] as readonly unknown[];
    if (typeof id !== 'string' || typeof score !== 'string' || !Number.isFinite(Number(score))) return undefined;
    scored.push({ id: id as ArticleId, score: Number(score) });
  }
  return scored;
};

/** `count` replies in one, each by `read`; undefined: it is not that many, or one of them is none. */
export const readEach = <Reply>(
  reply: unknown,
  count: number,
  read: ReadReply<Reply>,
): readonly Reply[] | undefined => {
  if (!Array.isArray(reply) || reply.length !== count) return undefined;
  const replies = reply.map(read);
  return replies.every((each) => each !== undefined) ? replies : undefined;
};
