import type { Clock, Instant } from '../../clock.ts';
import type { Article } from '../../content/entities.ts';
import type { ArticleId } from '../../content/ids.ts';
import { earliestVisibilityOf } from '../../content/visibility.ts';
import type { Queryable, Row } from '../../database/database.ts';
import type { ContentSource, SourceStory } from '../content-source.ts';
import type { StoryReader, StoryReading } from './story-reading.ts';

/**
 * How a story was found otherwise than the index has it: not there, or not fit to be shown; saved since it was looked
 * at; as it was before that.
 */
export type Doubt = 'missing' | 'newer' | 'older';

export interface ReadStoriesOptions {
  /** The gateway's own database. */
  readonly database: Queryable;
  readonly source: ContentSource;
  /** What article ids were born from: `articles.source`. */
  readonly sourceName: string;
  readonly reader: StoryReader;
  /** How long the source may go on to answer from before a save. */
  readonly lagSeconds: number;
  readonly clock: Clock;
  /** Told of every story that is found otherwise. Must return at once. */
  readonly onDoubt: (sourceId: string, doubt: Doubt) => void;
}

/** A story as it is read beside its article. */
export interface FoundStory {
  /** Null: the source does not have it, or not fit to be shown. */
  readonly told: { readonly story: SourceStory; readonly reading: StoryReading } | null;
  readonly doubt: Doubt | null;
}

interface StandingRow extends Row {
  readonly id: ArticleId;
  readonly source: string;
  readonly source_id: string;
  readonly modified_at: Date | null;
}

const STANDINGS_SQL = `SELECT a.id, a.source, a.source_id, s.modified_at
  FROM articles a LEFT JOIN index_stories s ON s.article_id = a.id WHERE a.id = ANY ($1::text[])`;

/** As for who may see everything, embargoed as well: what is withheld from some is shown to others. */
const mayBeSeen = (article: Article, now: Instant): boolean => {
  const { expiresAt } = article.rights;
  if (article.withdrawnAt !== null || (expiresAt !== null && expiresAt <= now)) return false;
  const visibility = earliestVisibilityOf(article, now);
  return visibility === 'visible' || visibility === 'forbidden';
};

/** When what a source says that may be behind is no longer relied on. */
export const lookAgainAtOf = ({ clock, lagSeconds }: Pick<ReadStoriesOptions, 'clock' | 'lagSeconds'>): Instant =>
  clock.now() + Math.max(1, lagSeconds) * 1_000;

const doubtOf = (story: SourceStory, known: Date | null): Doubt | null => {
  if (known === null || story.modifiedAt > known.getTime()) return 'newer';
  return story.modifiedAt < known.getTime() ? 'older' : null;
};

/**
 * The stories of those of `articles` that may be seen at `now`, in one statement and one call of the source; every doubt
 * is reported. What nobody may see is not read: it has no story here.
 */
export const readStories = async (
  options: ReadStoriesOptions,
  articles: readonly Article[],
  { now, withHtml }: { readonly now: Instant; readonly withHtml: boolean },
): Promise<ReadonlyMap<ArticleId, FoundStory>> => {
  const { database, source, sourceName, reader, onDoubt } = options;
  const wanted = [...new Set(articles.filter((article) => mayBeSeen(article, now)).map(({ id }) => id))];
  if (wanted.length === 0) return new Map();
  const standings = await database.query<StandingRow>(STANDINGS_SQL, [wanted]);
  const own = standings.filter((standing) => standing.source === sourceName);
  const sourceIds = own.map(({ source_id: sourceId }) => sourceId);
  const stories = sourceIds.length === 0 ? [] : await source.stories(sourceIds, { withHtml });
  const bySourceId = new Map(stories.map((story) => [story.sourceId, story]));

  const find = ({ source: named, source_id: sourceId, modified_at: modifiedAt }: StandingRow): FoundStory => {
    // Of another system, from before the edition lived in this one: nobody can say what it is now.
    const story = named === sourceName ? bySourceId.get(sourceId) : undefined;
    const reading = story === undefined ? null : reader.readStory(story);
    if (story === undefined || reading === null) return { told: null, doubt: 'missing' };
    return { told: { story, reading }, doubt: doubtOf(story, modifiedAt) };
  };
  return new Map(
    standings.map((standing) => {
      const found = find(standing);
      if (found.doubt !== null && standing.source === sourceName) onDoubt(standing.source_id, found.doubt);
      return [standing.id, found];
    }),
  );
};
