import type { Follower } from '../../changes/follower.ts';
import type { Instant } from '../../clock.ts';
import { urlOf } from '../../content/addresses.ts';
import type { Caller } from '../../content/caller.ts';
import { changeIdOf, type ArticleChange, type DeltaPage, type DeltaRange } from '../../content/delta.ts';
import type { Edition } from '../../content/edition.ts';
import type { Article } from '../../content/entities.ts';
import type { ArticleId } from '../../content/ids.ts';
import type { Queryable } from '../../database/database.ts';
import { StoreError } from '../../errors.ts';
import {
  beginDeltas,
  encodeDeltaCursor,
  expired,
  parseDeltaCursor,
  passageKeyOf,
  passTo,
  sortEditions,
  type DeltaCursor,
} from './delta-cursor.ts';
import type { Sight } from './facets.ts';
import { judgeDelta, judgePassage, SKEW_MS, type Verdict, type Viewers } from './judge-delta.ts';
import { loadCursorKey, loadDeltas, type Delta, type LoadedDeltas } from './load-deltas.ts';

/** The articles that a caller may see, in the order of `ids`; null for the others. */
export type ArticlesOf = (ids: readonly ArticleId[]) => Promise<readonly (Article | null)[]>;

export interface DeltaRequest extends DeltaRange {
  readonly caller: Caller;
  readonly now: Instant;
  /** Whether `after` is of the page before in the same answer: nobody has brought it back, so nobody is known to have read up to it. */
  readonly isSameAnswer?: boolean;
  /** Whether nothing of the page is handed over: only the head of the answer is wanted. Default: it is. */
  readonly isHeadOnly?: boolean;
  /** Default: loaders of this request's own. */
  readonly articles?: ArticlesOf;
}

/**
 * What happened to articles that `caller` may see, or saw until then, in the order of the log.
 *
 * @throws {GatewayError} BAD_USER_INPUT for a cursor that is not one of these, CURSOR_EXPIRED for one that too much has
 *   happened since; {StoreError} when something cannot be read: never a short answer.
 */
export type ReadDeltas = (request: DeltaRequest) => Promise<DeltaPage>;

export interface DeltasOptions {
  readonly database: Queryable;
  readonly follower: Pick<Follower, 'applied' | 'epoch'>;
  readonly editions: readonly Edition[];
  /** What an audience may see, that of `caller` or a former one of it; undefined: nobody knows any more. */
  readonly sightOf: (audience: string, caller: Caller) => Promise<Sight | undefined>;
  readonly articlesFor: (caller: Caller, now: Instant) => ArticlesOf;
}

/** Reads deltas; two statements a page, however long it is. */
export const createDeltas = ({ database, follower, editions, sightOf, articlesFor }: DeltasOptions): ReadDeltas => {
  const bases = new Map(editions.map((edition) => [edition.code, edition]));
  let key: Promise<string> | undefined;
  const readKey = (): Promise<string> => {
    key ??= loadCursorKey(database).catch((error: unknown) => {
      key = undefined;
      throw error;
    });
    return key;
  };

  const findViewers = async ({ passage }: DeltaCursor, caller: Caller, now: Instant): Promise<Viewers> => {
    const [own, ...former] = await Promise.all([
      sightOf(caller.audience, caller),
      ...(passage?.former ?? []).map(async ({ audience, until }) => {
        const sight = await sightOf(audience, caller);
        return sight && { sight, until };
      }),
    ]);
    const known = former.filter((one) => one !== undefined);
    if (own === undefined || known.length < former.length)
      throw expired('What you could see once is not known any more');
    return { own, former: known, now };
  };

  const check = (loaded: LoadedDeltas, cursor: DeltaCursor | null, epoch: string): void => {
    if (cursor !== null && cursor.epoch !== loaded.epoch) throw expired('The change log was begun anew');
    // What this process keeps may be of before: it takes the new log up within a lease.
    if (loaded.epoch !== epoch) throw new StoreError('change log', 'STORE_FAILED');
    const { trimmedTo } = loaded;
    if (cursor !== null && trimmedTo !== null && Math.max(cursor.at, cursor.floor ?? cursor.at) < trimmedTo)
      throw expired('This cursor is older than what is kept');
  };

  const changeOf = (delta: Delta, verdict: Verdict, article: Article | null, cursor: DeltaCursor): ArticleChange => {
    const base = bases.get(delta.edition);
    if (base === undefined) throw new TypeError(`A delta of ${delta.edition}, which is not served`);
    const shown = verdict.kind === 'KILL' ? null : article;
    return {
      id: changeIdOf(cursor.epoch, delta.sequence, passageKeyOf(cursor)),
      kind: verdict.kind,
      articleId: delta.articleId,
      url: urlOf.path(base, verdict.path ?? article?.path ?? ''),
      edition: delta.edition,
      occurredAt: delta.occurredAt,
      version: delta.version ?? shown?.version ?? 1,
      article: shown,
    };
  };

  return async ({ caller, after, first, editions: wanted, now, articles = articlesFor(caller, now) }) => {
    // Before anything is read: what is loaded is at least as new.
    const [upTo, epoch] = [follower.applied(), follower.epoch()];
    const asked = sortEditions(wanted);
    const [signedBy, holder] = [await readKey(), caller.partner?.id ?? null];
    const given = after === null ? null : parseDeltaCursor(after, { key: signedBy, editions: asked, holder });
    const start = passTo(
      given ?? beginDeltas({ epoch, editions: asked, holder, audience: caller.audience, givenAt: now, floor: upTo }),
      caller.audience,
    );
    const walked = start.passage?.walked ?? null;
    const viewers = await findViewers(start, caller, now);
    const wantedCodes = [...bases.keys()].filter((code) => asked.length === 0 || asked.includes(code));
    const sights = [viewers.own, ...viewers.former.map(({ sight }) => sight)];
    const loaded = await loadDeltas(database, {
      editions: wantedCodes.filter((code) => sights.some((sight) => sight.covers(code))),
      named: holder === null ? undefined : { partnerId: holder, editions: wantedCodes },
      after: walked ?? start.at,
      upTo: walked === null ? upTo : Math.min(start.at, upTo),
      limit: first + 1,
      withEnds: start.passage !== null,
      ...(walked === null ? {} : { lastUpTo: upTo }),
    });
    check(loaded, given, epoch);

    // Clocks that are further apart are wrong, and wait for nobody.
    const isDue = ({ occurredAt }: Delta): boolean => occurredAt <= now || occurredAt > now + SKEW_MS;
    const page = loaded.deltas.slice(0, first);
    const early = walked === null ? page.findIndex((delta) => !isDue(delta)) : -1;
    const due = early === -1 ? page : page.slice(0, early);
    const isCutShort = early !== -1 || loaded.deltas.length > first;

    const ids = [...new Set(due.map(({ articleId }) => articleId))];
    const seen = new Map((await articles(ids)).map((article, index) => [ids[index], article]));
    const judge = walked === null ? judgeDelta : judgePassage;
    const cursorAt = (place: number): DeltaCursor => ({ ...moveTo(start, place, upTo), givenAt: now });
    const changes = due.flatMap((delta) => {
      const article = seen.get(delta.articleId) ?? null;
      const verdict = judge(delta, article !== null, viewers);
      if (verdict === null) return [];
      const change = changeOf(delta, verdict, article, start);
      return [{ cursor: encodeDeltaCursor(cursorAt(delta.sequence), signedBy), change }];
    });
    const last = due.at(-1)?.sequence ?? walked ?? start.at;
    const end = isCutShort ? cursorAt(last) : { ...endOf(start, upTo), givenAt: now };
    return {
      ...(given === null ? {} : { from: { epoch: given.epoch, sequence: given.at } }),
      changes,
      cursor: encodeDeltaCursor(end, signedBy),
      hasMore: early === -1 && (isCutShort || walked !== null),
    };
  };
};

/** `cursor` once the change at `place` was told. */
const moveTo = (cursor: DeltaCursor, place: number, upTo: number): DeltaCursor => {
  const { passage, floor } = cursor;
  if (passage !== null && passage.walked !== null)
    return { ...cursor, passage: { ...passage, walked: place, until: Math.max(passage.until, upTo) } };
  return {
    ...cursor,
    at: place,
    floor: floor !== null && place >= floor ? null : floor,
    passage: passage !== null && place >= passage.until ? null : passage,
  };
};

/** `cursor` once there is nothing more up to `upTo`. */
const endOf = (cursor: DeltaCursor, upTo: number): DeltaCursor => {
  const { passage } = cursor;
  if (passage === null || passage.walked === null) return moveTo(cursor, Math.max(cursor.at, upTo), upTo);
  // All was looked at again; what happened meanwhile follows.
  return { ...cursor, passage: { ...passage, walked: null, until: Math.max(passage.until, upTo) } };
};
