import type DataLoader from 'dataloader';
import type { EditionCode } from '../content/edition.ts';
import type { Article } from '../content/entities.ts';
import type { Viewpoint } from '../content/listing.ts';
import { narrowToRights, type SectionScope } from '../content/plan.ts';
import { tagOf } from '../content/tags.ts';
import { nextBoundaryOf, visibilityOf, type Visibility } from '../content/visibility.ts';
import type { LoaderSetting } from './batch-loader.ts';
import type { Recorder } from './recorder.ts';
import type { SectionTree } from './section-tree.ts';

/** An article as whoever asks is given it; what is not visible is for telling why. */
export interface Seen {
  readonly visibility: Visibility;
  readonly article: Article;
}

/** The editions of what is asked for. */
export const editionsOf = (keys: readonly { readonly edition: EditionCode }[]): ReadonlySet<EditionCode> =>
  new Set(keys.map(({ edition }) => edition));

/** What whoever asks may see of articles: the one place where loaders find it out. */
export interface Sight {
  /** Who looks and when; the sections of its plan are not looked up. */
  readonly view: Viewpoint;
  /** The same, with the sections of its plan in the editions that are looked at. */
  from(editions: Iterable<EditionCode>): Promise<Viewpoint>;
  /** `article` as it may be had; it is recorded whether or not it may be seen, for it may come or go. */
  look(article: Article, view: Viewpoint): Seen;
  /** Null: not to be seen. */
  show(article: Article | null, view: Viewpoint): Article | null;
}

export interface SightOptions {
  readonly view: Viewpoint;
  readonly sectionTree: DataLoader<EditionCode, SectionTree, unknown>;
}

/** The eyes of one caller at one instant. */
export const createSight = (
  { tombstones }: Pick<LoaderSetting, 'tombstones'>,
  recorder: Pick<Recorder, 'tag' | 'boundary' | 'gave'>,
  { view, sectionTree }: SightOptions,
): Sight => {
  const { now, plan } = view;
  /** It is told of as what was withdrawn: to those who could have seen it, and not before they could. */
  const lookAtTakenDown = (article: Article, from: Viewpoint): Seen => {
    const gone = { ...article, withdrawnAt: article.withdrawnAt ?? now };
    recorder.boundary(nextBoundaryOf(gone, now));
    return { visibility: visibilityOf(gone, from), article };
  };
  const look = (article: Article, from: Viewpoint): Seen => {
    recorder.tag(tagOf.article(article.id));
    if (tombstones.hidesId(article.id)) return lookAtTakenDown(article, from);
    recorder.boundary(nextBoundaryOf(article, now));
    const visibility = visibilityOf(article, from);
    if (visibility === 'visible') recorder.gave(article, 'named');
    return { visibility, article: narrowToRights(article, from) };
  };
  return {
    view,
    async from(editions) {
      if (plan === null || plan.sections === null) return view;
      const sections = new Map<EditionCode, SectionScope>();
      await Promise.all(
        [...new Set(editions)].map(async (edition) => {
          const paths = plan.sections?.[edition];
          if (paths !== undefined) sections.set(edition, (await sectionTree.load(edition)).scopeOf(paths));
        }),
      );
      return { ...view, sections };
    },
    look,
    show(article, from) {
      if (article === null) return null;
      const seen = look(article, from);
      return seen.visibility === 'visible' ? seen.article : null;
    },
  };
};
