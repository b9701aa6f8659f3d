import type { NewChange } from '../../changes/change.ts';
import type { Clock, Instant } from '../../clock.ts';
import type { ArticleId } from '../../content/ids.ts';
import { tagOf, type CacheTag } from '../../content/tags.ts';
import type { Database } from '../../database/database.ts';
import { withinLimit } from '../../database/store-failure.ts';
import { StoreError } from '../../errors.ts';
import { tagsOfKnown, tagsOfUnknown, withCovers } from '../intake.ts';
import type { HookReport } from '../intake/hook-request.ts';
import { loadKnownArticles } from '../intake/load-known-articles.ts';
import { urgeTask } from './index-tasks.ts';
import { articleIdOf, type IndexedDesk } from './indexed-desk.ts';
import type { Indexer } from './indexer.ts';
import { scheduleRelooks } from './relooks.ts';
import type { LookResult } from './write-looked.ts';

/** Turns what a store reports of its own stories into changes. */
export interface HookIntake {
  /**
   * Looks at the stories, writes what is found, and gives what is to be recorded of it. The report is not believed, but
   * for a withdrawal, which is carried out whatever the store still shows. A store that cannot be read is looked at
   * later: until then, everything that read the stories ends.
   *
   * @returns the same changes in kind and order for the same reports, whatever is found.
   * @throws {StoreError} when the gateway's own database fails: nothing is known to be recorded then.
   */
  mapReports(reports: readonly HookReport[]): Promise<readonly NewChange[]>;
}

export interface HookIntakeOptions {
  readonly database: Database;
  readonly clock: Clock;
  readonly desk: IndexedDesk;
  /** `StoreError.store` of the store. */
  readonly storeName: string;
  readonly indexer: Indexer;
  /** How long the store may take to be looked at before its answer is no longer waited for. */
  readonly lookLimitMs?: number;
}

type StoryReport = Exclude<HookReport, { readonly taxonomy: true }>;
const isStory = (report: HookReport): report is StoryReport => 'sourceId' in report;

/** An editor waits for it, and the whole has ten seconds. */
const LOOK_LIMIT_MS = 3_000;

/** Outcomes by which a store may not show yet what it has told. */
const AS_BEFORE: ReadonlySet<string> = new Set<LookResult['outcome']>(['unchanged', 'hidden']);

/** An intake of what one store signs. */
export const createHookIntake = (options: HookIntakeOptions): HookIntake => {
  const { database, clock, desk, storeName, indexer, lookLimitMs = LOOK_LIMIT_MS } = options;
  const { edition } = desk;
  const lagMs = desk.lagSeconds * 1_000;

  /** What `work` gives; undefined when the store could not be read, or not in time. */
  const ifReadable = async <T>(work: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await withinLimit(storeName, lookLimitMs, work());
    } catch (error) {
      if (error instanceof StoreError && error.store === storeName) return undefined;
      throw error;
    }
  };

  const relook = async (
    sourceIds: readonly string[],
    lifts: ReadonlyMap<string, Instant>,
    waits: readonly number[],
  ): Promise<void> => {
    const now = clock.now();
    await scheduleRelooks(
      database,
      desk,
      waits.flatMap((wait) =>
        sourceIds.map((sourceId) => ({ sourceId, at: now + wait, liftedAt: lifts.get(sourceId) ?? null })),
      ),
    );
  };

  const kill = async (sourceIds: readonly string[]): Promise<readonly LookResult[]> => {
    if (sourceIds.length === 0) return [];
    const results = await indexer.kill(sourceIds);
    // Once its store says so too, whatever it shows afterwards counts again.
    await relook(sourceIds, new Map(), [lagMs]);
    return results;
  };

  /** Undefined: the store cannot be read. */
  const look = async (
    sourceIds: readonly string[],
    lifts: ReadonlyMap<string, Instant>,
  ): Promise<readonly LookResult[] | undefined> => {
    if (sourceIds.length === 0) return [];
    const results = await ifReadable(() => indexer.look(sourceIds, { reason: 'told', lifts }));
    if (results === undefined) await relook(sourceIds, lifts, [0, lagMs]);
    else {
      const asBefore = results.filter(({ outcome }) => AS_BEFORE.has(outcome)).map(({ sourceId }) => sourceId);
      await relook(asBefore, lifts, [lagMs]);
    }
    return results;
  };

  const lookAtTaxonomy = async (): Promise<void> => {
    const isDone = await ifReadable(async () => {
      await indexer.lookAtTaxonomy();
      return true;
    });
    if (isDone === undefined) await urgeTask(database, desk, 'inventory', clock.now());
  };

  return {
    async mapReports(reports) {
      const toldAt = clock.now();
      const latest = new Map(reports.filter(isStory).map(({ sourceId, kind }) => [sourceId, kind]));
      const ids = new Map([...latest.keys()].map((sourceId) => [sourceId, articleIdOf(desk, sourceId)]));
      const idsOf = (isKill: boolean): readonly string[] =>
        [...latest].filter(([, kind]) => (kind === 'KILL') === isKill).map(([sourceId]) => sourceId);
      const before = await loadKnownArticles(database, [...ids.values()]);
      const killed = await kill(idsOf(true));
      if (reports.some((report) => !isStory(report))) await lookAtTaxonomy();
      const lifts = new Map(
        [...latest].filter(([, kind]) => kind === 'PUBLISH').map(([sourceId]) => [sourceId, toldAt]),
      );
      const looked = await look(idsOf(false), lifts);
      const after = await loadKnownArticles(database, [...ids.values()]);
      const found = new Map([...killed, ...(looked ?? [])].map((result) => [result.sourceId, result]));

      const tagsOfStory = (sourceId: string, articleId: ArticleId): readonly CacheTag[] => {
        const result = found.get(sourceId);
        // Exactly what is told, once it has been seen; else everything that may have read it.
        if (result !== undefined && latest.get(sourceId) !== 'KILL')
          return [tagOf.article(articleId), ...(result.tags ?? [])];
        const known = [before.get(articleId), after.get(articleId)].filter((one) => one !== undefined);
        return known.length === 0 ? tagsOfUnknown(articleId, edition) : known.flatMap(tagsOfKnown);
      };
      const changeOf = (report: HookReport): NewChange => {
        const plain = { edition, version: null, isSoft: false, tombstone: null };
        if (!isStory(report))
          return { ...plain, kind: 'TAXONOMY', articleId: null, tags: withCovers([tagOf.edition(edition)]) };
        const articleId = articleIdOf(desk, report.sourceId);
        return {
          ...plain,
          // What has happened is told by who has looked; this says that somebody told of it.
          kind: report.kind === 'KILL' ? 'KILL' : 'UPDATE',
          articleId,
          tags: [...new Set(tagsOfStory(report.sourceId, articleId))],
          version: after.get(articleId)?.version ?? null,
        };
      };
      return reports.map(changeOf);
    },
  };
};
