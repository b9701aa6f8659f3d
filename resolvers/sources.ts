import type { ReadMore } from '../src/content/body.ts';
import type { ArticleChange } from '../src/content/delta.ts';
import type { Edition, EditionCode, NavigationEntry } from '../src/content/edition.ts';
import type { Article, Author, Correction, Rights, Section, Tag } from '../src/content/entities.ts';
import type { ArticleId } from '../src/content/ids.ts';
import type { ListingQuery } from '../src/content/listing.ts';
import type { SearchQuery } from '../src/content/search.ts';
import type { PageInfo, RouteStatus } from './types.generated.ts';

/** What a resolver is handed for a `NavigationItem`: the entry, and the edition whose addresses and stream it uses. */
export interface NavigationSource {
  readonly entry: NavigationEntry;
  readonly edition: Edition;
}

/** What a resolver is handed for an edge whose fields are plain: `Node` is what it holds. */
export interface EdgeSource<Node> {
  readonly cursor: string;
  readonly node: Node;
}

/** What a resolver is handed for a connection: a page already read, in the list's order. `nodes` are those of `edges`. */
interface ConnectionSource<Edge> {
  readonly edges: readonly Edge[];
  readonly pageInfo: PageInfo;
}

/** What a resolver is handed for an `ArticleEdge`. */
export type ArticleEdgeSource = EdgeSource<Article>;

/** What a resolver is handed for an `ArticleConnection`: most who ask for a list ask for nodes alone. */
export interface ArticleConnectionSource extends Omit<ConnectionSource<ArticleEdgeSource>, 'edges'> {
  readonly nodes: readonly Article[];
  /** Where an article stands in the list. */
  readonly cursorOf: (article: Article) => string;
  /** The whole list, for `totalCount`: it is counted only when asked for. */
  readonly query: ListingQuery;
}

/** What a resolver is handed for a `SearchEdge`. */
export interface SearchEdgeSource extends EdgeSource<Article> {
  /** Escaped text with `<mark>` only; null: nothing to show. */
  readonly snippetHtml: string | null;
}

/** What a resolver is handed for a `SearchConnection`. */
export interface SearchConnectionSource extends ConnectionSource<SearchEdgeSource> {
  /** The whole search, for `totalCount`: it is counted only when asked for. */
  readonly query: SearchQuery;
}

/** What a resolver is handed for a `TagEdge`. */
export type TagEdgeSource = EdgeSource<Tag>;

/** What a resolver is handed for a `TagConnection`. */
export type TagConnectionSource = ConnectionSource<TagEdgeSource>;

/** What a resolver is handed for an `AuthorEdge`. */
export type AuthorEdgeSource = EdgeSource<Author>;

/** What a resolver is handed for an `AuthorConnection`. */
export type AuthorConnectionSource = ConnectionSource<AuthorEdgeSource>;

/** What a resolver is handed for a `Breadcrumb`. */
export interface BreadcrumbSource {
  readonly label: string;
  /** Absolute. */
  readonly url: string;
  /** Null: the front page, or the article itself. */
  readonly section: Section | null;
}

/** What a resolver is handed for an article's `Seo`: its fields fall back on the article's own. */
export interface SeoSource {
  readonly article: Article;
}

/** What a resolver is handed for an article's `Engagement`: its fields read the counters. */
export interface EngagementSource {
  readonly articleId: ArticleId;
  readonly edition: EditionCode;
}

/** What a resolver is handed for a `ReadMore`: the block, and the edition under whose address a path of it stands. */
export interface ReadMoreSource extends ReadMore {
  readonly edition: EditionCode;
}

/** What a resolver is handed for a `Route`. */
export interface RouteSource {
  readonly status: RouteStatus;
  /** Absolute. */
  readonly url: string;
  /** Null when gone. */
  readonly node: Edition | Section | Tag | Author | Article | null;
}

/** What a resolver is handed for a `Correction`: its instants are written in its edition's offset. */
export interface CorrectionSource extends Correction {
  readonly edition: EditionCode;
}

/** What a resolver is handed for `Rights`: its instants are written in its edition's offset. */
export interface RightsSource extends Rights {
  readonly edition: EditionCode;
}

/** What a resolver is handed for a `ChangeEdge`. */
export type ChangeEdgeSource = EdgeSource<ArticleChange>;

/** What a resolver is handed for a `ChangeConnection`. */
export interface ChangeConnectionSource extends ConnectionSource<ChangeEdgeSource> {
  readonly cursor: string;
}
