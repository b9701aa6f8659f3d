import type { NewChange } from '../changes/change.ts';
import type { EditionCode } from '../content/edition.ts';
import type { ArticleId } from '../content/ids.ts';
import { coversOf } from '../content/list-keys.ts';
import { tagOf, type CacheTag } from '../content/tags.ts';
import type { TombstoneOrder } from '../content/tombstones.ts';
import type { Queryable } from '../database/database.ts';
import type { ArticleReport, ChangeReport, ReportedKind, TagPurge } from './intake/change-request.ts';
import { loadKnownArticles, type KnownArticle } from './intake/load-known-articles.ts';
import { changeTagsOf } from './write/change-of-article.ts';

/** Turns what a publishing system reports into changes, in their order, one each. */
export interface Intake {
  /** @throws {StoreError} when what is reported cannot be looked up: nothing is recorded then. */
  mapReports(reports: readonly ChangeReport[]): Promise<readonly NewChange[]>;
}

/** Everything that read `article` or its absence: who reports a change does not say what of it has changed. */
export const tagsOfKnown = (article: KnownArticle): readonly CacheTag[] => {
  const { edition, slugs, paths } = article;
  return changeTagsOf(edition, [article], { losers: [], slugs, paths });
};

/** As if they were named by hand: what is narrower than one of them, nobody here can tell apart. */
export const withCovers = (tags: readonly CacheTag[]): readonly CacheTag[] => [
  ...new Set(tags.flatMap((tag) => [tag, ...coversOf(tag)])),
];

/** What can be known from an id alone: it may stand in any list of its edition. */
export const tagsOfUnknown = (id: ArticleId, edition: EditionCode): readonly CacheTag[] =>
  withCovers([tagOf.article(id), tagOf.list.all(edition), tagOf.search(edition), tagOf.updated(edition)]);

const tombstoneOf = (
  kind: ReportedKind,
  { articleId, edition }: ArticleReport,
  known: KnownArticle | undefined,
): TombstoneOrder | null => {
  switch (kind) {
    case 'KILL':
      return { order: 'lay', articleId, edition, slugs: known?.slugs ?? [], paths: known?.paths ?? [] };
    case 'PUBLISH':
      return { order: 'lift', articleId };
    case 'UPDATE':
    case 'CORRECTION':
    case 'EMBARGO_LIFT':
    case 'RIGHTS_CHANGE':
      return null;
  }
};

const mapArticleReport = (report: ArticleReport, known: KnownArticle | undefined): NewChange => {
  const { kind, articleId, edition } = report;
  return {
    kind,
    articleId,
    edition,
    tags: known === undefined ? tagsOfUnknown(articleId, edition) : tagsOfKnown(known),
    version: known?.version ?? null,
    isSoft: false,
    tombstone: tombstoneOf(kind, report, known),
  };
};

/** The change that tags named by hand stand for. */
export const mapTagPurge = ({ tags, isSoft }: TagPurge): NewChange => {
  const editions = new Set(tags.map(({ edition }) => edition));
  const [edition = null] = editions;
  return {
    kind: 'PURGE',
    articleId: null,
    edition: editions.size === 1 ? edition : null,
    tags: withCovers(tags.map(({ tag }) => tag)),
    version: null,
    isSoft,
    tombstone: null,
  };
};

/** An intake over the gateway's own store: what is reported is looked up there, the report itself is never believed. */
export const createIntake = (database: Queryable): Intake => ({
  async mapReports(reports) {
    const ids = new Set(reports.flatMap((report) => ('articleId' in report ? [report.articleId] : [])));
    const known = await loadKnownArticles(database, [...ids]);
    return reports.map((report) =>
      'articleId' in report ? mapArticleReport(report, known.get(report.articleId)) : mapTagPurge(report),
    );
  },
});
