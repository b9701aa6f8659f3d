import type { Database } from '../../database/database.ts';
import type { ContentSource, SourceStory, UnfitStory } from '../../stores/content-source.ts';
import type { PreparedArticle } from '../prepare-document.ts';
import type { TaxonomyIndex } from './index-taxonomy.ts';
import type { IndexedDesk } from './indexed-desk.ts';
import type { Looked } from './judge-look.ts';
import { loadKnownNames, unknownNamesOf, withoutUnknown, type KnownNames } from './known-names.ts';
import type { StoryReading } from './read-story.ts';
import type { StoryRow } from './story-rows.ts';
import { findRivals } from './rivals.ts';
import type { LookResult } from './write-looked.ts';

export interface LookerOptions {
  readonly database: Database;
  readonly desk: IndexedDesk;
  readonly source: ContentSource;
  readonly reading: StoryReading;
  readonly taxonomy: Pick<TaxonomyIndex, 'write'>;
  readonly onLeftOut: (of: string, reasons: readonly string[]) => void;
}

/** How stories are read from their source. */
export interface Looker {
  /**
   * What is found of the stories that stand as `rows`, filed under what there is, by one call: what they name and is not
   * known is asked for once, and so are those that name it still.
   */
  lookAt(rows: readonly StoryRow[]): Promise<readonly Looked[]>;
  /**
   * Looks again at stories that found their address taken, together with those that have it: what they have it by may be
   * older. Those that are at odds still stay bad.
   */
  settle(
    results: readonly LookResult[],
    lookOnce: (sourceIds: readonly string[]) => Promise<readonly LookResult[]>,
  ): Promise<readonly LookResult[]>;
  /** What stories are filed under has changed. */
  forgetNames(): void;
}

type Fit = Extract<Looked, { found: 'fit' }>;

/** Reads stories of one desk. */
export const createLooker = ({ database, desk, source, reading, taxonomy, onLeftOut }: LookerOptions): Looker => {
  let names: Promise<KnownNames> | undefined;
  const knownNames = (): Promise<KnownNames> =>
    (names ??= loadKnownNames(database, desk.edition).catch((error: unknown) => {
      names = undefined;
      throw error;
    }));

  const lookAtOne = (row: StoryRow, story: SourceStory | UnfitStory | undefined): Looked => {
    const { sourceId, articleId, look, badReason } = row;
    const looked = { sourceId, articleId, look };
    if (story === undefined) return { ...looked, found: 'missing' };
    const unfitFor = (reason: string): Looked => {
      if (reason !== badReason) onLeftOut(sourceId, [reason]);
      return { ...looked, found: 'unfit', modifiedAt: story.modifiedAt, reason };
    };
    if ('reason' in story) return unfitFor(story.reason);
    const read = reading.prepare(story);
    if (read.made === null) return unfitFor(read.reason);
    if (read.leftOut.length > 0) onLeftOut(sourceId, read.leftOut);
    return { ...looked, found: 'fit', modifiedAt: story.modifiedAt, article: read.made };
  };

  const isUnknown = (article: PreparedArticle, known: KnownNames): boolean => unknownNamesOf(article, known).length > 0;

  const fileOne = (looked: Fit, known: KnownNames): Looked => {
    const unknown = unknownNamesOf(looked.article, known);
    if (unknown.length === 0) return looked;
    const article = withoutUnknown(looked.article, known);
    onLeftOut(looked.sourceId, [`its source does not have ${unknown.join(', ')}`]);
    if (article !== null) return { ...looked, article };
    const { sourceId, articleId, look, modifiedAt } = looked;
    return { sourceId, articleId, look, modifiedAt, found: 'unfit', reason: 'it stands in no section that there is' };
  };

  const read = async (rows: readonly StoryRow[]): Promise<readonly Looked[]> => {
    const unfit: UnfitStory[] = [];
    const stories = await source.stories(
      rows.map(({ sourceId }) => sourceId),
      { withHtml: true, onUnfit: (story) => void unfit.push(story) },
    );
    const bySourceId = new Map([...unfit, ...stories].map((story) => [story.sourceId, story]));
    return rows.map((row) => lookAtOne(row, bySourceId.get(row.sourceId)));
  };

  const misfiled = (looked: readonly Looked[], known: KnownNames): ReadonlySet<string> =>
    new Set(looked.flatMap((one) => (one.found === 'fit' && isUnknown(one.article, known) ? [one.sourceId] : [])));

  return {
    async lookAt(rows) {
      let looked = await read(rows);
      let known = await knownNames();
      if (misfiled(looked, known).size > 0) {
        await taxonomy.write();
        names = undefined;
        known = await knownNames();
        // The source may have named them by what it knew before it was asked for its taxonomy.
        const asked = misfiled(looked, known);
        const again = asked.size === 0 ? [] : await read(rows.filter(({ sourceId }) => asked.has(sourceId)));
        const bySourceId = new Map(again.map((one) => [one.sourceId, one]));
        looked = looked.map((one) => bySourceId.get(one.sourceId) ?? one);
      }
      return looked.map((one) => (one.found === 'fit' ? fileOne(one, known) : one));
    },
    async settle(results, lookOnce) {
      const refused = results.filter(({ wants }) => wants !== undefined);
      if (refused.length === 0) return results;
      // What they name may have been removed by another process.
      names = undefined;
      const own = refused.map(({ sourceId }) => sourceId);
      const found = await findRivals(
        database,
        desk,
        refused.flatMap(({ wants = [] }) => wants),
      );
      const together = [...new Set([...found, ...own])];
      const again = new Map((await lookOnce(together)).map((result) => [result.sourceId, result]));
      const asked = new Set(results.map(({ sourceId }) => sourceId));
      const others = [...again.values()].filter(({ sourceId }) => !asked.has(sourceId));
      return [...results.map((result) => again.get(result.sourceId) ?? result), ...others];
    },
    forgetNames() {
      names = undefined;
    },
  };
};
