import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { Edition as EditionSource, Link as LinkSource } from '../src/content/edition.ts';
import type { NavigationSource, TagConnectionSource, TagEdgeSource, AuthorConnectionSource, AuthorEdgeSource, ArticleConnectionSource, ArticleEdgeSource, SearchConnectionSource, SearchEdgeSource, BreadcrumbSource, CorrectionSource, RightsSource, EngagementSource, ReadMoreSource, SeoSource, RouteSource, ChangeConnectionSource, ChangeEdgeSource } from './sources.ts';
import type { LiveStream as LiveStreamSource, Section as SectionSource, Tag as TagSource, Author as AuthorSource, Article as ArticleSource, Source as SourceSource } from '../src/content/entities.ts';
import type { Image as ImageSource, ImageRendition as ImageRenditionSource, Video as VideoMediaSource, VideoSource as VideoFileSource, Gallery as GallerySource, Infographic as InfographicSource } from '../src/content/media.ts';
import type { Paragraph as ParagraphSource, Heading as HeadingSource, Quote as QuoteSource, ListBlock as ListBlockSource, ListItem as ListItemSource, Figure as FigureSource, Embed as EmbedSource, HtmlBlock as HtmlBlockSource } from '../src/content/body.ts';
import type { ArticleChange as ArticleChangeSource } from '../src/content/delta.ts';
import type { Context } from './context.ts';
export type Maybe<T> = T | null;
export type InputMaybe<T> = Maybe<T>;
export type Omit<T, K extends keyof T> = Pick<T, Exclude<keyof T, K>>;
export type RequireFields<T, K extends keyof T> = Omit<T, K> & { [P in K]-?: NonNullable<T[P]> };
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  /**
   * RFC 3339 instant with offset, whole seconds, e.g. `2026-11-23T10:31:00+03:00`. Instants of content carry the offset of the
   * edition's time zone at that instant. As input any offset is taken, `Z` included; fractions of a second are dropped.
   */
  DateTime: { input: number; output: string; }
  /** BCP 47 language tag, e.g. `en`, `ar`, `es-419`. */
  Locale: { input: string; output: string; }
  /**
   * Absolute URL, `https:` or `http:`. Characters outside ASCII are percent-encoded on the way out; on the way in both forms are
   * taken.
   */
  URL: { input: string; output: string; }
};

/**
 * A published piece of one edition. It is there only while it may be seen: what is not yet published, under embargo, expired, withdrawn
 * or not to be passed on to this caller is absent from every field, counts included.
 */
export type Article = Node & {
  readonly __typename?: 'Article';
  /** Former addresses, newest first; each still finds the article. */
  readonly aliases: ReadonlyArray<Scalars['URL']['output']>;
  /** Who signs, in editorial order: people, the outlet itself, several, or none. */
  readonly authors?: Maybe<ReadonlyArray<Author>>;
  /** The text, block by block. Null without an error: withheld from this caller (`rights.syndication` is EXCERPT). */
  readonly body?: Maybe<ReadonlyArray<BodyBlock>>;
  /**
   * The text as one piece of HTML, sanitised: no script, iframe, style or event handler. Null without an error: withheld from this
   * caller.
   */
  readonly bodyHtml?: Maybe<Scalars['String']['output']>;
  /** The text without markup, a blank line between blocks. Null without an error: withheld from this caller. */
  readonly bodyText?: Maybe<Scalars['String']['output']>;
  /** The way from the edition's front page over the primary section and those above it to the article, in that order. */
  readonly breadcrumbs?: Maybe<ReadonlyArray<Breadcrumb>>;
  /** True while it is breaking news: a stored flag with a recorded end. */
  readonly breaking: Scalars['Boolean']['output'];
  /** Who signs, as the desk wrote it, without a leading "By"; plain text. Null: the desk wrote none, use `authors`. */
  readonly byline?: Maybe<Scalars['String']['output']>;
  /** Who signs, as one line: `byline`, or the names of `authors` joined as the edition's language joins them. Null: nobody. */
  readonly bylineText?: Maybe<Scalars['String']['output']>;
  /** What was put right after publication, newest first; empty: nothing. */
  readonly corrections?: Maybe<ReadonlyArray<Correction>>;
  /** How its text runs, by the script of `language`: an article of the edition's own language runs as its edition does. */
  readonly direction: TextDirection;
  /** The edition it was published in. */
  readonly edition: Edition;
  /** How often it was seen and shared. */
  readonly engagement?: Maybe<Engagement>;
  /**
   * The beginning of the text, plain, cut between words, an ellipsis at a cut. There for callers from whom the other body fields are
   * withheld. Null: the text is empty.
   */
  readonly excerpt?: Maybe<Scalars['String']['output']>;
  /** Plain text, without added bidirectional control characters. */
  readonly headline: Scalars['String']['output'];
  /** See `Node.id`. */
  readonly id: Scalars['ID']['output'];
  /** The few words over the headline, e.g. `Europe`; plain text. Null: none. */
  readonly kicker?: Maybe<Scalars['String']['output']>;
  /** What it is in the newsroom's terms. */
  readonly kind: ArticleKind;
  /** The language it is written in: the edition's, unless the desk says another. */
  readonly language: Scalars['Locale']['output'];
  /** The picture, video, gallery or graphic on top. Null: none. */
  readonly lead?: Maybe<Media>;
  /** Everything shown with the article besides `lead`, in editorial order. */
  readonly media?: Maybe<ReadonlyArray<Media>>;
  /** When it was published, in the edition's offset. It moves only when the publishing system moves it: a back-dated or re-dated piece. */
  readonly publishedAt: Scalars['DateTime']['output'];
  /** `publishedAt` for readers: the day in full and the time, in the edition's locale and time zone, e.g. `7 October 2022 at 10:31`. */
  readonly publishedText: Scalars['String']['output'];
  /** Whole minutes to read the text at 200 words a minute, rounded up, at least 1. Null without an error: withheld from this caller. */
  readonly readingMinutes?: Maybe<Scalars['Int']['output']>;
  /**
   * `readingMinutes` for readers, in the edition's language and digits, e.g. `5 minutes`, `دقيقتان`. Null without an error: withheld from
   * this caller.
   */
  readonly readingText?: Maybe<Scalars['String']['output']>;
  /**
   * Articles of the same edition that share tags or the primary section, most in common first, newest among equals. At most 60
   * seconds old when the answer is made, and may live as long as the answer; an article taken down leaves at once.
   */
  readonly related?: Maybe<ReadonlyArray<Article>>;
  /** Who holds the rights, and what this caller may do with the article. */
  readonly rights: Rights;
  /** The primary section. It stands first in `sections`. */
  readonly section?: Maybe<Section>;
  /** The sections it was filed under, the primary one first, without their ancestors. */
  readonly sections?: Maybe<ReadonlyArray<Section>>;
  /** What goes into the head of the article's page. */
  readonly seo?: Maybe<Seo>;
  /**
   * As the desk spelled it: decoded, Unicode NFC; unique in its edition over all kinds. It may be renamed: the former slug still finds the
   * article. Whoever asks by a slug or a path may spell it otherwise, and finds the same: composed or decomposed, with or without
   * tatweel, joiners and marks of direction, in Arabic presentation forms, in full-width letters and digits.
   */
  readonly slug: Scalars['String']['output'];
  /** Where the story comes from: staff, agencies, partners; in editorial order. Agency copy usually may not be passed on: see `rights`. */
  readonly sources: ReadonlyArray<Source>;
  /** The paragraph under the headline; plain text, without added bidirectional control characters. Null: none. */
  readonly standfirst?: Maybe<Scalars['String']['output']>;
  /** In editorial order. */
  readonly tags?: Maybe<ReadonlyArray<Tag>>;
  /**
   * The same story in `edition` if it can be seen there, else in the first of `fallback` where it can. `edition` of the result says which
   * one was served. Null: it can be seen in none of them.
   */
  readonly translation?: Maybe<Article>;
  /**
   * The same story in other editions, in the editions' display order, without the article itself. An entry that could not be read is
   * null, with an error.
   */
  readonly translations?: Maybe<ReadonlyArray<Maybe<Article>>>;
  /** When a reader could last see a difference, in the edition's offset. A save that changes nothing visible does not move it. */
  readonly updatedAt: Scalars['DateTime']['output'];
  /** Its address now. Compare it with the address asked for: a former one finds the article too. */
  readonly url: Scalars['URL']['output'];
  /** The gateway's own counter, from 1. It grows by one when a reader could see a difference, and only then. */
  readonly version: Scalars['Int']['output'];
  /** Words in the text. Null without an error: withheld from this caller. */
  readonly wordCount?: Maybe<Scalars['Int']['output']>;
};


/**
 * A published piece of one edition. It is there only while it may be seen: what is not yet published, under embargo, expired, withdrawn
 * or not to be passed on to this caller is absent from every field, counts included.
 */
export type ArticleExcerptArgs = {
  maxLength?: InputMaybe<Scalars['Int']['input']>;
};


/**
 * A published piece of one edition. It is there only while it may be seen: what is not yet published, under embargo, expired, withdrawn
 * or not to be passed on to this caller is absent from every field, counts included.
 */
export type ArticleRelatedArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
};


/**
 * A published piece of one edition. It is there only while it may be seen: what is not yet published, under embargo, expired, withdrawn
 * or not to be passed on to this caller is absent from every field, counts included.
 */
export type ArticleTranslationArgs = {
  edition: EditionCode;
  fallback?: InputMaybe<ReadonlyArray<EditionCode>>;
};

/**
 * A page of a list of articles, in the order of the list. An article found gone while the page is made is left out, so a page may be
 * shorter than asked for.
 */
export type ArticleConnection = {
  readonly __typename?: 'ArticleConnection';
  /** The articles with their cursors. */
  readonly edges: ReadonlyArray<ArticleEdge>;
  /** The same articles without their cursors. */
  readonly nodes: ReadonlyArray<Article>;
  /** Where the page stands in the list. */
  readonly pageInfo: PageInfo;
  /** How many articles the whole list has: exact, or null above 10,000. It costs nothing when not asked for. */
  readonly totalCount?: Maybe<Scalars['Int']['output']>;
};

/** An article in a page. */
export type ArticleEdge = {
  readonly __typename?: 'ArticleEdge';
  /** Where it stands in the list. Opaque; good for this list and order only. */
  readonly cursor: Scalars['String']['output'];
  /** The article. */
  readonly node: Article;
};

/**
 * Which articles of a list to give. An article must satisfy every field given; within a list one entry is enough. A field left out or
 * null, and an empty list, restrict nothing.
 */
export type ArticleFilter = {
  /** Signed by any of these authors. Percent-encoded or decoded, as in `Author.slug`. An unknown slug finds nothing. */
  readonly authorSlugs?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** True: breaking news only. False: everything else. */
  readonly breaking?: InputMaybe<Scalars['Boolean']['input']>;
  /** Of any of these kinds. */
  readonly kinds?: InputMaybe<ReadonlyArray<ArticleKind>>;
  /** Published at this instant or later. */
  readonly publishedAfter?: InputMaybe<Scalars['DateTime']['input']>;
  /** Published earlier than this instant. */
  readonly publishedBefore?: InputMaybe<Scalars['DateTime']['input']>;
  /**
   * Filed under any of these sections or a section below them; each article once. Percent-encoded or decoded, as in `Section.path`.
   * An unknown path finds nothing.
   */
  readonly sectionPaths?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** With any of these tags. Percent-encoded or decoded, as in `Tag.slug`. An unknown slug finds nothing. */
  readonly tagSlugs?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** Updated at this instant or later. */
  readonly updatedAfter?: InputMaybe<Scalars['DateTime']['input']>;
};

/**
 * What an article is in the newsroom's terms. A kind the gateway cannot map is NEWS. Values may be added: keep a default
 * branch.
 */
export type ArticleKind =
  /** An explanation of what happened and why. */
  | 'ANALYSIS'
  /** A personal or informal piece. */
  | 'BLOG'
  /** A long, told story. */
  | 'FEATURE'
  /** Told by pictures, its lead. */
  | 'GALLERY'
  /** Told by an information graphic, its lead. */
  | 'INFOGRAPHIC'
  /** An event followed while it happens. */
  | 'LIVE_BLOG'
  /** A report of what happened. */
  | 'NEWS'
  /** A signed view. */
  | 'OPINION'
  /** Told by a video, its lead. */
  | 'VIDEO';

/** How a list of articles is sorted; ties are broken by id. Values may be added: keep a default branch. */
export type ArticleOrder =
  /** By `publishedAt`, oldest first. */
  | 'PUBLISHED_ASC'
  /** By `publishedAt`, newest first. */
  | 'PUBLISHED_DESC'
  /** By `updatedAt`, newest first. An article that changes while pages are read moves to the front. */
  | 'UPDATED_DESC';

/** A person or organisation that signs articles, in one edition. */
export type Author = Node & {
  readonly __typename?: 'Author';
  /** The articles they signed, alone or with others. */
  readonly articles?: Maybe<ArticleConnection>;
  /** Their picture. Null: none. */
  readonly avatar?: Maybe<Image>;
  /** A few plain sentences about them. Null: nothing written. */
  readonly bio?: Maybe<Scalars['String']['output']>;
  /** The edition it belongs to. */
  readonly edition: Edition;
  /** See `Node.id`. */
  readonly id: Scalars['ID']['output'];
  /** Person or organisation. */
  readonly kind: AuthorKind;
  /** As signed, in the edition's language. */
  readonly name: Scalars['String']['output'];
  /** What they do, e.g. `Diplomatic correspondent`; plain text. Null: not said. */
  readonly role?: Maybe<Scalars['String']['output']>;
  /** Decoded, Unicode NFC; unique among the edition's authors. */
  readonly slug: Scalars['String']['output'];
  /** Their counterparts in other editions, in the editions' display order, without themselves. An entry that could not be read is null, with an error. */
  readonly translations?: Maybe<ReadonlyArray<Maybe<Author>>>;
  /** Address of their page. */
  readonly url: Scalars['URL']['output'];
};


/** A person or organisation that signs articles, in one edition. */
export type AuthorArticlesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<ArticleFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<ArticleOrder>;
};

/** A page of an edition's authors, in the order of the list. */
export type AuthorConnection = {
  readonly __typename?: 'AuthorConnection';
  /** The authors with their cursors. */
  readonly edges: ReadonlyArray<AuthorEdge>;
  /** The same authors without their cursors. */
  readonly nodes: ReadonlyArray<Author>;
  /** Where the page stands in the list. */
  readonly pageInfo: PageInfo;
};

/** An author in a page. */
export type AuthorEdge = {
  readonly __typename?: 'AuthorEdge';
  /** Where it stands in the list. Opaque; good for this list and order only. */
  readonly cursor: Scalars['String']['output'];
  /** The author. */
  readonly node: Author;
};

/** Who an author is. Values may be added: keep a default branch. */
export type AuthorKind =
  /** A desk, an agency, or the outlet itself. */
  | 'ORGANIZATION'
  /** Somebody with a name. */
  | 'PERSON';

/** A block of an article's text. Types may be added: a client that does not know one shows its `html`. */
export type BodyBlock = {
  /** The whole block as HTML, sanitised: no script, iframe, style or event handler. */
  readonly html: Scalars['String']['output'];
};

/** A step on the way from an edition's front page to an article. */
export type Breadcrumb = {
  readonly __typename?: 'Breadcrumb';
  /** Plain text, in the edition's language. */
  readonly label: Scalars['String']['output'];
  /** The section of this step. Null: the front page, or the article itself. */
  readonly section?: Maybe<Section>;
  /** Where the step leads. */
  readonly url: Scalars['URL']['output'];
};

/** Who may share a kept answer. */
export type CacheControlScope =
  /** Nobody but the caller it was made for; it is not kept here. */
  | 'PRIVATE'
  /** Everybody who asks the same with the same rights. */
  | 'PUBLIC';

/** What happened to one article. */
export type Change = {
  readonly __typename?: 'Change';
  /** The article as it stands now: it may be newer than `version`. Null: it is gone. */
  readonly article?: Maybe<Article>;
  /** The `Article.id`. */
  readonly articleId: Scalars['ID']['output'];
  /** Whose article it is. */
  readonly edition: EditionCode;
  /** Opaque and URL-safe, at most 128 characters, unique over all types: the same whenever you are told of it. */
  readonly id: Scalars['ID']['output'];
  /** What happened, for you: an article that comes into what you may have is a PUBLISH, one that leaves it a KILL. */
  readonly kind: ChangeKind;
  /** When it happened, with Z. */
  readonly occurredAt: Scalars['DateTime']['output'];
  /** The address of the article; after a KILL the one at which it could be seen last, or its edition's if nobody knows that. */
  readonly url: Scalars['URL']['output'];
  /** `Article.version` as the change made it. */
  readonly version: Scalars['Int']['output'];
};

/** A part of what happened, in order. */
export type ChangeConnection = {
  readonly __typename?: 'ChangeConnection';
  /** Where to go on, even when there is nothing here: it moves on past what you may not have. */
  readonly cursor: Scalars['String']['output'];
  /** Oldest first. */
  readonly edges: ReadonlyArray<ChangeEdge>;
  /** Whether there is more now, with edges or without. */
  readonly pageInfo: PageInfo;
};

/** A change where it stands among the others. */
export type ChangeEdge = {
  readonly __typename?: 'ChangeEdge';
  /** Where to go on after this change. */
  readonly cursor: Scalars['String']['output'];
  /** The change itself. */
  readonly node: Change;
};

/** What happened to an article. New kinds may come: treat one you do not know as an UPDATE. */
export type ChangeKind =
  /** Something of it was wrong and was put right: `Article.corrections` says what. */
  | 'CORRECTION'
  /** Its embargo has ended: everybody may see it. */
  | 'EMBARGO_LIFT'
  /** It is gone: withdrawn, expired, unpublished, taken down, or no longer yours to have. Drop it at once. */
  | 'KILL'
  /** It is there now, for the first time or again; or it came into what you may have. */
  | 'PUBLISH'
  /** Somebody may do something else with it: read `Article.rights`, and drop what they no longer allow. */
  | 'RIGHTS_CHANGE'
  /** Something of it is told otherwise. */
  | 'UPDATE';

/** What was put right in an article after publication. */
export type Correction = {
  readonly __typename?: 'Correction';
  /** When it was put right, in the edition's offset. */
  readonly correctedAt: Scalars['DateTime']['output'];
  /** What was wrong and is right now; plain text. */
  readonly text: Scalars['String']['output'];
};

/** An edition: one desk with its sections, tags, authors and articles. What it holds is its own: slugs and paths are looked up in it alone. */
export type Edition = Node & {
  readonly __typename?: 'Edition';
  /**
   * The article with this slug. A former slug still finds it: compare `url`. Null: nothing visible in this edition; another edition's
   * article with the same slug is not an answer.
   */
  readonly article?: Maybe<Article>;
  /** The edition's articles. */
  readonly articles?: Maybe<ArticleConnection>;
  /** The author with this slug. Null: there is none in this edition. */
  readonly author?: Maybe<Author>;
  /** The edition's authors, by name. */
  readonly authors?: Maybe<AuthorConnection>;
  /** Its short name in arguments. */
  readonly code: EditionCode;
  /** How the edition's own texts run. */
  readonly direction: TextDirection;
  /** See `Node.id`. */
  readonly id: Scalars['ID']['output'];
  /** The language of the edition's own texts, and of its articles unless they say otherwise. */
  readonly language: Scalars['Locale']['output'];
  /** Links for the foot of a page (about us, contact, apps), in display order. */
  readonly links: ReadonlyArray<Link>;
  /** Its live stream, on air or announced. Null: it has none. */
  readonly live?: Maybe<LiveStream>;
  /**
   * How dates and numbers are written for its readers: `language` with a region and the digits of `numberingSystem`, e.g.
   * `ar-LB-u-nu-latn`. `new Intl.DateTimeFormat(edition.locale, { timeZone: edition.timeZone })` and `new Intl.NumberFormat(edition.locale)`
   * write as the desk does.
   */
  readonly locale: Scalars['Locale']['output'];
  /**
   * The articles with the most views in a window, most first. At most 60 seconds old when the answer is made, and may live as long as
   * the answer; an article taken down leaves at once.
   */
  readonly mostRead?: Maybe<ReadonlyArray<Article>>;
  /** The outlet's name as readers see it, in the edition's language. */
  readonly name: Scalars['String']['output'];
  /** The menu, as a tree, in display order. */
  readonly navigation?: Maybe<ReadonlyArray<NavigationItem>>;
  /** The digits of `locale`, as Unicode names them: `latn` are 0123, `arab` are ٠١٢٣. */
  readonly numberingSystem: Scalars['String']['output'];
  /** The edition's articles that match a text, best first. */
  readonly search?: Maybe<SearchConnection>;
  /** The section at this path. Null: there is none in this edition. */
  readonly section?: Maybe<Section>;
  /** The top level of the section tree, in display order. */
  readonly sections?: Maybe<ReadonlyArray<Section>>;
  /** The tag with this slug. Null: there is none in this edition. */
  readonly tag?: Maybe<Tag>;
  /** One plain line about the outlet, for the foot of a page. Null: none. */
  readonly tagline?: Maybe<Scalars['String']['output']>;
  /** The edition's tags, by name. */
  readonly tags?: Maybe<TagConnection>;
  /** IANA name of the time zone of its desk, e.g. `Asia/Beirut`. Instants of its content carry this zone's offset. */
  readonly timeZone: Scalars['String']['output'];
  /**
   * What readers turn to now: views and shares, weighed down with their age, best first. At most 60 seconds old when the answer is
   * made, and may live as long as the answer; an article taken down leaves at once.
   */
  readonly trending?: Maybe<ReadonlyArray<Article>>;
  /** Address of its front page, without a trailing slash. */
  readonly url: Scalars['URL']['output'];
};


/** An edition: one desk with its sections, tags, authors and articles. What it holds is its own: slugs and paths are looked up in it alone. */
export type EditionArticleArgs = {
  slug: Scalars['String']['input'];
};


/** An edition: one desk with its sections, tags, authors and articles. What it holds is its own: slugs and paths are looked up in it alone. */
export type EditionArticlesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<ArticleFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<ArticleOrder>;
};


/** An edition: one desk with its sections, tags, authors and articles. What it holds is its own: slugs and paths are looked up in it alone. */
export type EditionAuthorArgs = {
  slug: Scalars['String']['input'];
};


/** An edition: one desk with its sections, tags, authors and articles. What it holds is its own: slugs and paths are looked up in it alone. */
export type EditionAuthorsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** An edition: one desk with its sections, tags, authors and articles. What it holds is its own: slugs and paths are looked up in it alone. */
export type EditionMostReadArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  window?: InputMaybe<EngagementWindow>;
};


/** An edition: one desk with its sections, tags, authors and articles. What it holds is its own: slugs and paths are looked up in it alone. */
export type EditionSearchArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<ArticleFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  query: Scalars['String']['input'];
};


/** An edition: one desk with its sections, tags, authors and articles. What it holds is its own: slugs and paths are looked up in it alone. */
export type EditionSectionArgs = {
  path: Scalars['String']['input'];
};


/** An edition: one desk with its sections, tags, authors and articles. What it holds is its own: slugs and paths are looked up in it alone. */
export type EditionTagArgs = {
  slug: Scalars['String']['input'];
};


/** An edition: one desk with its sections, tags, authors and articles. What it holds is its own: slugs and paths are looked up in it alone. */
export type EditionTagsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** An edition: one desk with its sections, tags, authors and articles. What it holds is its own: slugs and paths are looked up in it alone. */
export type EditionTrendingArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
};

/**
 * A desk: the namespace of everything published under one name in one language. An edition is a desk, not a language: two may share
 * one. Values may be added: keep a default branch.
 */
export type EditionCode =
  /** The Arabic desk. */
  | 'AR'
  /** The English desk. */
  | 'EN'
  /** The Spanish desk. */
  | 'ES';

/** Something another site serves: a post, a video, a map. The gateway never puts the other site's code into `html`. */
export type Embed = BodyBlock & {
  readonly __typename?: 'Embed';
  /** The block as HTML, sanitised: no script, iframe, style or event handler; a link to `url`. */
  readonly html: Scalars['String']['output'];
  /** Who serves it, e.g. `YouTube`; a host name when it has no name here. */
  readonly provider: Scalars['String']['output'];
  /** Plain text. Null: not known. */
  readonly title?: Maybe<Scalars['String']['output']>;
  /** The page it stands on. */
  readonly url: Scalars['URL']['output'];
};

/** How often an article was seen and shared. */
export type Engagement = {
  readonly __typename?: 'Engagement';
  /** Shares in the window. Null: not counted; with an error: the counter could not be read. */
  readonly shares?: Maybe<Scalars['Int']['output']>;
  /** `shares` for readers, e.g. `1 share`, `مشاركة واحدة`; null as `viewsText`. */
  readonly sharesText?: Maybe<Scalars['String']['output']>;
  /** Views in the window. Null: not counted; with an error: the counter could not be read. */
  readonly views?: Maybe<Scalars['Int']['output']>;
  /**
   * `views` for readers, in the edition's language and digits. Null: not counted, or the gateway has no words for it in that
   * language; with an error: the counter could not be read.
   */
  readonly viewsText?: Maybe<Scalars['String']['output']>;
};


/** How often an article was seen and shared. */
export type EngagementSharesArgs = {
  window?: InputMaybe<EngagementWindow>;
};


/** How often an article was seen and shared. */
export type EngagementSharesTextArgs = {
  window?: InputMaybe<EngagementWindow>;
};


/** How often an article was seen and shared. */
export type EngagementViewsArgs = {
  window?: InputMaybe<EngagementWindow>;
};


/** How often an article was seen and shared. */
export type EngagementViewsTextArgs = {
  window?: InputMaybe<EngagementWindow>;
};

/** What a reader did with an article. Values may be added: keep a default branch. */
export type EngagementKind =
  /** Passed it on. */
  | 'SHARE'
  /** Opened it. */
  | 'VIEW';

/** Over how long views and shares are counted: whole hours, the running one included. Values may be added: keep a default branch. */
export type EngagementWindow =
  /** 24 hours. */
  | 'DAY'
  /** 1 hour: the running one. */
  | 'HOUR'
  /** 720 hours, 30 days. */
  | 'MONTH'
  /** 168 hours. */
  | 'WEEK';

/** A picture, video, gallery or graphic inside the text. */
export type Figure = BodyBlock & {
  readonly __typename?: 'Figure';
  /** The whole block as HTML, sanitised: no script, iframe, style or event handler. */
  readonly html: Scalars['String']['output'];
  /** What is shown. Null: the importer could not tell; show `html`. */
  readonly media?: Maybe<Media>;
};

/** Pictures to be seen in a row. */
export type Gallery = Media & {
  readonly __typename?: 'Gallery';
  /** What they show together, without the credit; plain text, without added bidirectional control characters. Null: none. */
  readonly caption?: Maybe<Scalars['String']['output']>;
  /** Who made them or where they come from, without brackets; plain text. Null: not said. */
  readonly credit?: Maybe<Scalars['String']['output']>;
  /** In display order. */
  readonly images: ReadonlyArray<Image>;
};

/** A heading inside the text. */
export type Heading = BodyBlock & {
  readonly __typename?: 'Heading';
  /** Fragment identifier to link to it, without `#`; unique in the article. */
  readonly anchor: Scalars['String']['output'];
  /** The whole block as HTML, sanitised: no script, iframe, style or event handler. */
  readonly html: Scalars['String']['output'];
  /** 2 to 6; 1 is the headline. */
  readonly level: Scalars['Int']['output'];
  /** Plain text. */
  readonly text: Scalars['String']['output'];
};

/** A block the importer could not name, e.g. a table. */
export type HtmlBlock = BodyBlock & {
  readonly __typename?: 'HtmlBlock';
  /** The whole block as HTML, sanitised: no script, iframe, style or event handler. */
  readonly html: Scalars['String']['output'];
  /** The same without markup. */
  readonly text: Scalars['String']['output'];
};

/** A picture. */
export type Image = Media & {
  readonly __typename?: 'Image';
  /** What to say instead of the picture; plain text. Empty: it is decorative. Null: unknown. */
  readonly alt?: Maybe<Scalars['String']['output']>;
  /** What it shows, without the credit; plain text, without added bidirectional control characters. Null: none. */
  readonly caption?: Maybe<Scalars['String']['output']>;
  /** Who made it or where it comes from, e.g. `AP Photo` or `Archive`, without brackets; plain text. Null: not said. */
  readonly credit?: Maybe<Scalars['String']['output']>;
  /** In pixels. Null: not known. */
  readonly height?: Maybe<Scalars['Int']['output']>;
  /** The sizes it is kept in, narrowest first; empty: `url` alone. */
  readonly renditions: ReadonlyArray<ImageRendition>;
  /** The file, in its largest size. */
  readonly url: Scalars['URL']['output'];
  /** In pixels. Null: not known. */
  readonly width?: Maybe<Scalars['Int']['output']>;
};

/** One of the sizes in which a picture is kept. */
export type ImageRendition = {
  readonly __typename?: 'ImageRendition';
  /** In pixels. */
  readonly height: Scalars['Int']['output'];
  /** The file. */
  readonly url: Scalars['URL']['output'];
  /** In pixels. */
  readonly width: Scalars['Int']['output'];
};

/** A picture that explains: a chart, a map, a diagram. */
export type Infographic = Media & {
  readonly __typename?: 'Infographic';
  /** What it explains, without the credit; plain text, without added bidirectional control characters. Null: none. */
  readonly caption?: Maybe<Scalars['String']['output']>;
  /** Who made it or where it comes from, without brackets; plain text. Null: not said. */
  readonly credit?: Maybe<Scalars['String']['output']>;
  /** The picture itself. */
  readonly image: Image;
};

/** A labelled address that stands for nothing else in the graph. */
export type Link = {
  readonly __typename?: 'Link';
  /** Plain text, in the edition's language. */
  readonly label: Scalars['String']['output'];
  /** What the target is to the outlet, as in HTML's `rel`, e.g. `about`. Null: not said. */
  readonly rel?: Maybe<Scalars['String']['output']>;
  /** Where it leads. */
  readonly url: Scalars['URL']['output'];
};

/** A list. */
export type ListBlock = BodyBlock & {
  readonly __typename?: 'ListBlock';
  /** The whole block as HTML, sanitised: no script, iframe, style or event handler. */
  readonly html: Scalars['String']['output'];
  /** The entries, in order. */
  readonly items: ReadonlyArray<ListItem>;
  /** True: the entries are numbered. */
  readonly ordered: Scalars['Boolean']['output'];
};

/** An entry of a list. */
export type ListItem = {
  readonly __typename?: 'ListItem';
  /** The inside of the entry as HTML, sanitised; links stand here. */
  readonly html: Scalars['String']['output'];
  /** The same without markup. */
  readonly text: Scalars['String']['output'];
};

/** A live broadcast of an edition. */
export type LiveStream = {
  readonly __typename?: 'LiveStream';
  /** True while it is on air: a stored flag with a recorded end. */
  readonly isLive: Scalars['Boolean']['output'];
  /** When it went, or will go, on air. Null: not known. */
  readonly startedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Its name, plain text. */
  readonly title: Scalars['String']['output'];
  /** The page to watch it on. */
  readonly url: Scalars['URL']['output'];
};

/** Something shown or played. Types may be added: keep a default branch. */
export type Media = {
  /** What it shows, without the credit; plain text, without added bidirectional control characters. Null: none. */
  readonly caption?: Maybe<Scalars['String']['output']>;
  /** Who made it or where it comes from, e.g. `AP Photo` or `Archive`, without brackets; plain text. Null: not said. */
  readonly credit?: Maybe<Scalars['String']['output']>;
};

/** Everything that can be changed through the graph. Content itself is changed in the publishing systems behind it. */
export type Mutation = {
  readonly __typename?: 'Mutation';
  /**
   * Counts one view or share of an article, in the running hour: once for a client (its address), an article, a kind and a minute,
   * however often it is told. A client that tells too much within a minute is refused with the code BUDGET_EXHAUSTED and
   * `retryAfterSeconds`. Answers already kept show the new number within five seconds.
   */
  readonly recordEngagement: RecordEngagementPayload;
};


/** Everything that can be changed through the graph. Content itself is changed in the publishing systems behind it. */
export type MutationRecordEngagementArgs = {
  input: RecordEngagementInput;
};

/** An entry of an edition's menu. */
export type NavigationItem = {
  readonly __typename?: 'NavigationItem';
  /** The entries below it, in display order; empty: none. */
  readonly children: ReadonlyArray<NavigationItem>;
  /** Plain text, in the edition's language. */
  readonly label: Scalars['String']['output'];
  /** True for the entry of the live stream while the stream is on air; false for every other. */
  readonly live: Scalars['Boolean']['output'];
  /** The section it leads to. Null: it leads elsewhere, or nowhere. */
  readonly section?: Maybe<Section>;
  /** Where it leads. Null: it only heads its children. */
  readonly url?: Maybe<Scalars['URL']['output']>;
};

/** Something with an id: Edition, Section, Tag, Author, Article. */
export type Node = {
  /**
   * Opaque and URL-safe, at most 128 characters, unique over all types, never reused, unchanged by a rename or a move to
   * another store. Clients select it on every entity, and pass it on as it came.
   */
  readonly id: Scalars['ID']['output'];
};

/** Where a page stands in its list. */
export type PageInfo = {
  readonly __typename?: 'PageInfo';
  /**
   * Cursor of the last entry; null: there is nothing on the page, nor was; never null while the list goes on. Give it as `after` to
   * read on towards the end.
   */
  readonly endCursor?: Maybe<Scalars['String']['output']>;
  /** Whether the list goes on after the page. Read backwards, it says only that `before` was given. */
  readonly hasNextPage: Scalars['Boolean']['output'];
  /** Whether the list has something before the page. Read forwards, it says only that `after` was given. */
  readonly hasPreviousPage: Scalars['Boolean']['output'];
  /** Cursor of the first entry; null: there is nothing on the page, nor was. Give it as `before` to read on towards the start. */
  readonly startCursor?: Maybe<Scalars['String']['output']>;
};

/** A paragraph. */
export type Paragraph = BodyBlock & {
  readonly __typename?: 'Paragraph';
  /** The whole block as HTML, sanitised: no script, iframe, style or event handler. Links stand here. */
  readonly html: Scalars['String']['output'];
  /** The same without markup. */
  readonly text: Scalars['String']['output'];
};

/** An outlet that republishes, and what its plan lets it have. */
export type Partner = {
  readonly __typename?: 'Partner';
  /** Whose articles it may have, in display order; of some of them perhaps not all. */
  readonly editions: ReadonlyArray<EditionCode>;
  /** As people call it. */
  readonly name: Scalars['String']['output'];
  /** What it may do with articles that its plan holds, and that are not withheld from everybody. */
  readonly syndication: SyndicationRight;
};

/**
 * Everything that can be read. Null means absent, or withheld from this caller, unless an error with the field's path comes with
 * it: then the read failed. An argument given as null counts as left out.
 */
export type Query = {
  readonly __typename?: 'Query';
  /** The article with this id. Null: unknown, the id of something else, not published, or withdrawn. */
  readonly article?: Maybe<Article>;
  /**
   * The article at this address, in whichever edition. A former address still finds it: compare `url` with what was asked.
   * Null: nothing visible stands there, or the host is not one of ours.
   */
  readonly articleByUrl?: Maybe<Article>;
  /**
   * What happened to the articles you may have, in the order in which it happened; null only with an error. Follow it by giving
   * `ChangeConnection.cursor` as `after`, and keep the cursor with what you have: whoever goes on from it misses nothing, for at
   * least 30 days.
   */
  readonly changes?: Maybe<ChangeConnection>;
  /** One edition. Null: this gateway does not serve it. */
  readonly edition?: Maybe<Edition>;
  /** Every edition, in display order. */
  readonly editions: ReadonlyArray<Edition>;
  /** Whatever has this id. Null: unknown, not published, or withdrawn. */
  readonly node?: Maybe<Node>;
  /** One entry per id, in the order of `ids`; null in the place of an id that is unknown, not published, or withdrawn. */
  readonly nodes: ReadonlyArray<Maybe<Node>>;
  /** Where an address leads: found, moved, or gone. Null: nothing ever stood there, or the host is not one of ours. */
  readonly route?: Maybe<Route>;
  /** Whoever asks, by the key that comes with the request. */
  readonly viewer: Viewer;
};


/**
 * Everything that can be read. Null means absent, or withheld from this caller, unless an error with the field's path comes with
 * it: then the read failed. An argument given as null counts as left out.
 */
export type QueryArticleArgs = {
  id: Scalars['ID']['input'];
};


/**
 * Everything that can be read. Null means absent, or withheld from this caller, unless an error with the field's path comes with
 * it: then the read failed. An argument given as null counts as left out.
 */
export type QueryArticleByUrlArgs = {
  url: Scalars['URL']['input'];
};


/**
 * Everything that can be read. Null means absent, or withheld from this caller, unless an error with the field's path comes with
 * it: then the read failed. An argument given as null counts as left out.
 */
export type QueryChangesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  editions?: InputMaybe<ReadonlyArray<EditionCode>>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/**
 * Everything that can be read. Null means absent, or withheld from this caller, unless an error with the field's path comes with
 * it: then the read failed. An argument given as null counts as left out.
 */
export type QueryEditionArgs = {
  code: EditionCode;
};


/**
 * Everything that can be read. Null means absent, or withheld from this caller, unless an error with the field's path comes with
 * it: then the read failed. An argument given as null counts as left out.
 */
export type QueryNodeArgs = {
  id: Scalars['ID']['input'];
};


/**
 * Everything that can be read. Null means absent, or withheld from this caller, unless an error with the field's path comes with
 * it: then the read failed. An argument given as null counts as left out.
 */
export type QueryNodesArgs = {
  ids: ReadonlyArray<Scalars['ID']['input']>;
};


/**
 * Everything that can be read. Null means absent, or withheld from this caller, unless an error with the field's path comes with
 * it: then the read failed. An argument given as null counts as left out.
 */
export type QueryRouteArgs = {
  url: Scalars['URL']['input'];
};

/** Words of somebody else, set apart. */
export type Quote = BodyBlock & {
  readonly __typename?: 'Quote';
  /** Who said it, where, or when; plain text. Null: not said. */
  readonly attribution?: Maybe<Scalars['String']['output']>;
  /** The whole block as HTML, sanitised: no script, iframe, style or event handler. */
  readonly html: Scalars['String']['output'];
  /** What was said; plain text. */
  readonly text: Scalars['String']['output'];
};

/** A budget of query cost: so much at once, and it fills again as time goes by. */
export type RateLimit = {
  readonly __typename?: 'RateLimit';
  /** All that can be spent at once. */
  readonly limit: Scalars['Int']['output'];
  /** What is left of it, as far as the process that answers knows. */
  readonly remaining: Scalars['Int']['output'];
  /** When all of it is there again, if nothing is spent until then; in UTC. */
  readonly resetAt: Scalars['DateTime']['output'];
};

/** A line that leads to another article. One that leads to a withdrawn article is dropped from the text. */
export type ReadMore = BodyBlock & {
  readonly __typename?: 'ReadMore';
  /** The article it leads to. Null: it is not one of ours. */
  readonly article?: Maybe<Article>;
  /** The whole block as HTML, sanitised: no script, iframe, style or event handler. */
  readonly html: Scalars['String']['output'];
  /** What it leads to, without a leading "Read more:"; plain text. */
  readonly label: Scalars['String']['output'];
  /** Where it leads. */
  readonly url: Scalars['URL']['output'];
};

/** What a reader did, with which article. */
export type RecordEngagementInput = {
  /** An `Article.id`. A malformed one is an error with the code BAD_USER_INPUT. */
  readonly articleId: Scalars['ID']['input'];
  /** What the reader did. */
  readonly kind: EngagementKind;
};

/** What came of counting. */
export type RecordEngagementPayload = {
  readonly __typename?: 'RecordEngagementPayload';
  /** The article it was counted for. Null: there is no such article for this caller, and nothing was counted. */
  readonly article?: Maybe<Article>;
};

/** Who holds the rights in an article, and what this caller may do with it. */
export type Rights = {
  readonly __typename?: 'Rights';
  /**
   * When an embargo on it ended, or ends, in the edition's offset. Null: none. Before it the article is absent, but for
   * partners whose plan holds what is embargoed.
   */
  readonly embargoedUntil?: Maybe<Scalars['DateTime']['output']>;
  /** When the right to show it ends, in the edition's offset; from then on it is absent. Null: it does not end. */
  readonly expiresAt?: Maybe<Scalars['DateTime']['output']>;
  /** Who holds the rights; plain text. Null: not said. */
  readonly holder?: Maybe<Scalars['String']['output']>;
  /** What this caller may do; another caller may see another value. */
  readonly syndication: SyndicationRight;
  /** The holder's terms, plain text. Null: not said. */
  readonly usageTerms?: Maybe<Scalars['String']['output']>;
};

/** Where an address leads. */
export type Route = {
  readonly __typename?: 'Route';
  /** What stands at `url`. Null when GONE. */
  readonly node?: Maybe<Node>;
  /** Found, moved or gone. */
  readonly status: RouteStatus;
  /** FOUND: its address as the gateway writes it. MOVED: the new address. GONE: the address asked for. */
  readonly url: Scalars['URL']['output'];
};

/** What an address leads to. Values may be added: keep a default branch. */
export type RouteStatus =
  /** Something stands there now. */
  | 'FOUND'
  /** What stood there was withdrawn or has expired. */
  | 'GONE'
  /** What stood there has another address now: redirect to `Route.url`. */
  | 'MOVED';

/**
 * A page of what a search found, best first. The ranking is fixed at the first page's instant, which the cursors carry. An article found
 * gone while the page is made is left out, so a page may be shorter than asked for.
 */
export type SearchConnection = {
  readonly __typename?: 'SearchConnection';
  /** The matches with their cursors and snippets. */
  readonly edges: ReadonlyArray<SearchEdge>;
  /** The articles alone, in the same order. */
  readonly nodes: ReadonlyArray<Article>;
  /** Where the page stands among the matches. */
  readonly pageInfo: PageInfo;
  /** How many articles match: exact, or null above 10,000. It costs nothing when not asked for. */
  readonly totalCount?: Maybe<Scalars['Int']['output']>;
};

/** A match of a search. */
export type SearchEdge = {
  readonly __typename?: 'SearchEdge';
  /** Where it stands among the matches. Opaque; good for this search only. */
  readonly cursor: Scalars['String']['output'];
  /** The article that matched. */
  readonly node: Article;
  /**
   * The passage that matched, as escaped text in which `<mark>` is the only element: safe to insert as HTML. Null: nothing to show, or withheld
   * from this caller.
   */
  readonly snippetHtml?: Maybe<Scalars['String']['output']>;
};

/** A place in an edition's tree of topics, regions and formats. */
export type Section = Node & {
  readonly __typename?: 'Section';
  /** The sections above it, from the top of the tree down to its parent; empty at the top level. */
  readonly ancestors?: Maybe<ReadonlyArray<Section>>;
  /** The articles of the section and of every section below it, each once. */
  readonly articles?: Maybe<ArticleConnection>;
  /** The sections directly below it, in display order; empty: none. */
  readonly children?: Maybe<ReadonlyArray<Section>>;
  /** What it gathers, in plain text. Null: nothing written. */
  readonly description?: Maybe<Scalars['String']['output']>;
  /** The edition it belongs to. */
  readonly edition: Edition;
  /** See `Node.id`. */
  readonly id: Scalars['ID']['output'];
  /** What it gathers by. */
  readonly kind: SectionKind;
  /** Plain text, in the edition's language. */
  readonly name: Scalars['String']['output'];
  /** The section above it. Null: it stands at the top level. */
  readonly parent?: Maybe<Section>;
  /** Its slugs from the top of the tree, e.g. `news/politics`: decoded, Unicode NFC, no outer slash. Unique in its edition. */
  readonly path: Scalars['String']['output'];
  /** Last step of `path`: decoded, Unicode NFC. */
  readonly slug: Scalars['String']['output'];
  /** Its counterparts in other editions, in the editions' display order, without itself. An entry that could not be read is null, with an error. */
  readonly translations?: Maybe<ReadonlyArray<Maybe<Section>>>;
  /** Address of its page. */
  readonly url: Scalars['URL']['output'];
};


/** A place in an edition's tree of topics, regions and formats. */
export type SectionArticlesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<ArticleFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<ArticleOrder>;
};

/** What a section gathers by. A kind the gateway cannot map is TOPIC. Values may be added: keep a default branch. */
export type SectionKind =
  /** What form they have, e.g. Videos. */
  | 'FORMAT'
  /** Where they play, e.g. Europe. */
  | 'REGION'
  /** What articles are about, e.g. Politics. */
  | 'TOPIC';

/** What goes into the head of a page, for search engines and cards in social networks: the desk's own words, else taken from the article. */
export type Seo = {
  readonly __typename?: 'Seo';
  /** The address search engines should keep: the desk's, else the article's own. */
  readonly canonicalUrl: Scalars['URL']['output'];
  /** Plain text: the desk's, else the standfirst. Null: neither. */
  readonly description?: Maybe<Scalars['String']['output']>;
  /** The picture for cards: the desk's, else taken from the lead. Null: neither. */
  readonly image?: Maybe<Image>;
  /** True: search engines are asked not to list the page. */
  readonly noIndex: Scalars['Boolean']['output'];
  /** Plain text: the desk's, else the headline. */
  readonly title: Scalars['String']['output'];
};

/** Where a story, or a part of it, comes from. */
export type Source = {
  readonly __typename?: 'Source';
  /** Staff, agency or partner. */
  readonly kind: SourceKind;
  /** E.g. `Agencies`; plain text. */
  readonly name: Scalars['String']['output'];
  /** Its page. Null: not said. */
  readonly url?: Maybe<Scalars['URL']['output']>;
};

/** Where a story comes from. Values may be added: keep a default branch. */
export type SourceKind =
  /** A news agency. */
  | 'AGENCY'
  /** Another outlet, by agreement. */
  | 'PARTNER'
  /** The outlet's own people. */
  | 'STAFF';

/** What a caller may do with an article. Values may be added: keep a default branch. */
export type SyndicationRight =
  /** Pass on the head and `excerpt`; the other body fields are null. */
  | 'EXCERPT'
  /** Pass the whole of it on. */
  | 'FULL'
  /** Nothing: the article is absent everywhere, counts included. */
  | 'NONE';

/** A person, place or matter that articles are about, in one edition: people and places have a tag per edition. */
export type Tag = Node & {
  readonly __typename?: 'Tag';
  /** The articles that carry the tag. */
  readonly articles?: Maybe<ArticleConnection>;
  /** The edition it belongs to. */
  readonly edition: Edition;
  /** See `Node.id`. */
  readonly id: Scalars['ID']['output'];
  /** Plain text, in the edition's language. */
  readonly name: Scalars['String']['output'];
  /** Decoded, Unicode NFC; unique among the edition's tags. */
  readonly slug: Scalars['String']['output'];
  /** Its counterparts in other editions, in the editions' display order, without itself. An entry that could not be read is null, with an error. */
  readonly translations?: Maybe<ReadonlyArray<Maybe<Tag>>>;
  /** Address of its page. */
  readonly url: Scalars['URL']['output'];
};


/** A person, place or matter that articles are about, in one edition: people and places have a tag per edition. */
export type TagArticlesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<ArticleFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<ArticleOrder>;
};

/** A page of an edition's tags, in the order of the list. */
export type TagConnection = {
  readonly __typename?: 'TagConnection';
  /** The tags with their cursors. */
  readonly edges: ReadonlyArray<TagEdge>;
  /** The same tags without their cursors. */
  readonly nodes: ReadonlyArray<Tag>;
  /** Where the page stands in the list. */
  readonly pageInfo: PageInfo;
};

/** A tag in a page. */
export type TagEdge = {
  readonly __typename?: 'TagEdge';
  /** Where it stands in the list. Opaque; good for this list and order only. */
  readonly cursor: Scalars['String']['output'];
  /** The tag. */
  readonly node: Tag;
};

/** The way a text runs on its lines. Values may be added: keep a default branch. */
export type TextDirection =
  /** Left to right: English, Spanish. */
  | 'LTR'
  /** Right to left: Arabic. */
  | 'RTL';

/** A video. */
export type Video = Media & {
  readonly __typename?: 'Video';
  /** What it shows, without the credit; plain text, without added bidirectional control characters. Null: none. */
  readonly caption?: Maybe<Scalars['String']['output']>;
  /** Who made it or where it comes from, without brackets; plain text. Null: not said. */
  readonly credit?: Maybe<Scalars['String']['output']>;
  /** Its length in whole seconds. Null: not known, or it is running. */
  readonly durationSeconds?: Maybe<Scalars['Int']['output']>;
  /** The picture to show before it plays. Null: none. */
  readonly poster?: Maybe<Image>;
  /** The files, in order of preference; empty: it can only be watched at `url`. */
  readonly sources: ReadonlyArray<VideoSource>;
  /** The page to watch it on. The files are `sources`. */
  readonly url: Scalars['URL']['output'];
};

/** One of the files in which a video is kept. */
export type VideoSource = {
  readonly __typename?: 'VideoSource';
  /** In pixels. Null: not known, or it varies. */
  readonly height?: Maybe<Scalars['Int']['output']>;
  /** E.g. `video/mp4`, `application/vnd.apple.mpegurl`. */
  readonly mimeType: Scalars['String']['output'];
  /** The file, or its playlist. */
  readonly url: Scalars['URL']['output'];
  /** In pixels. Null: not known, or it varies. */
  readonly width?: Maybe<Scalars['Int']['output']>;
};

/** Whoever asks. An answer that holds it is private, and kept nowhere. */
export type Viewer = {
  readonly __typename?: 'Viewer';
  /** The partner outlet whose key came with the request. Null: none did. */
  readonly partner?: Maybe<Partner>;
  /** What whoever asks may still spend, this query paid for. Null: nobody counts it. */
  readonly rateLimit?: Maybe<RateLimit>;
};



export type ResolverTypeWrapper<T> = Promise<T> | T;


export type ResolverWithResolve<TResult, TParent, TContext, TArgs> = {
  resolve: ResolverFn<TResult, TParent, TContext, TArgs>;
};
export type Resolver<TResult, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = ResolverFn<TResult, TParent, TContext, TArgs> | ResolverWithResolve<TResult, TParent, TContext, TArgs>;

export type ResolverFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => Promise<TResult> | TResult;

export type SubscriptionSubscribeFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => AsyncIterable<TResult> | Promise<AsyncIterable<TResult>>;

export type SubscriptionResolveFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

export interface SubscriptionSubscriberObject<TResult, TKey extends string, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<{ [key in TKey]: TResult }, TParent, TContext, TArgs>;
  resolve?: SubscriptionResolveFn<TResult, { [key in TKey]: TResult }, TContext, TArgs>;
}

export interface SubscriptionResolverObject<TResult, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<any, TParent, TContext, TArgs>;
  resolve: SubscriptionResolveFn<TResult, any, TContext, TArgs>;
}

export type SubscriptionObject<TResult, TKey extends string, TParent, TContext, TArgs> =
  | SubscriptionSubscriberObject<TResult, TKey, TParent, TContext, TArgs>
  | SubscriptionResolverObject<TResult, TParent, TContext, TArgs>;

export type SubscriptionResolver<TResult, TKey extends string, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> =
  | ((...args: any[]) => SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>)
  | SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>;

export type TypeResolveFn<TTypes, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (
  parent: TParent,
  context: TContext,
  info: GraphQLResolveInfo
) => Maybe<TTypes> | Promise<Maybe<TTypes>>;

export type IsTypeOfResolverFn<T = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (obj: T, context: TContext, info: GraphQLResolveInfo) => boolean | Promise<boolean>;

export type NextResolverFn<T> = () => Promise<T>;

export type DirectiveResolverFn<TResult = Record<PropertyKey, never>, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = (
  next: NextResolverFn<TResult>,
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;




/** Mapping of interface types */
export type ResolversInterfaceTypes<_RefType extends Record<string, unknown>> = {
  BodyBlock:
    | ( EmbedSource )
    | ( FigureSource )
    | ( HeadingSource )
    | ( HtmlBlockSource )
    | ( ListBlockSource )
    | ( ParagraphSource )
    | ( QuoteSource )
    | ( ReadMoreSource )
  ;
  Media:
    | ( GallerySource )
    | ( ImageSource )
    | ( InfographicSource )
    | ( VideoMediaSource )
  ;
  Node:
    | ( ArticleSource )
    | ( AuthorSource )
    | ( EditionSource )
    | ( SectionSource )
    | ( TagSource )
  ;
};

/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  Article: ResolverTypeWrapper<ArticleSource>;
  ArticleConnection: ResolverTypeWrapper<ArticleConnectionSource>;
  ArticleEdge: ResolverTypeWrapper<ArticleEdgeSource>;
  ArticleFilter: ArticleFilter;
  ArticleKind: ArticleKind;
  ArticleOrder: ArticleOrder;
  Author: ResolverTypeWrapper<AuthorSource>;
  AuthorConnection: ResolverTypeWrapper<AuthorConnectionSource>;
  AuthorEdge: ResolverTypeWrapper<AuthorEdgeSource>;
  AuthorKind: AuthorKind;
  BodyBlock: ResolverTypeWrapper<ResolversInterfaceTypes<ResolversTypes>['BodyBlock']>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  Breadcrumb: ResolverTypeWrapper<BreadcrumbSource>;
  CacheControlScope: CacheControlScope;
  Change: ResolverTypeWrapper<ArticleChangeSource>;
  ChangeConnection: ResolverTypeWrapper<ChangeConnectionSource>;
  ChangeEdge: ResolverTypeWrapper<ChangeEdgeSource>;
  ChangeKind: ChangeKind;
  Correction: ResolverTypeWrapper<CorrectionSource>;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  Edition: ResolverTypeWrapper<EditionSource>;
  EditionCode: EditionCode;
  Embed: ResolverTypeWrapper<EmbedSource>;
  Engagement: ResolverTypeWrapper<EngagementSource>;
  EngagementKind: EngagementKind;
  EngagementWindow: EngagementWindow;
  Figure: ResolverTypeWrapper<FigureSource>;
  Gallery: ResolverTypeWrapper<GallerySource>;
  Heading: ResolverTypeWrapper<HeadingSource>;
  HtmlBlock: ResolverTypeWrapper<HtmlBlockSource>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  Image: ResolverTypeWrapper<ImageSource>;
  ImageRendition: ResolverTypeWrapper<ImageRenditionSource>;
  Infographic: ResolverTypeWrapper<InfographicSource>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  Link: ResolverTypeWrapper<LinkSource>;
  ListBlock: ResolverTypeWrapper<ListBlockSource>;
  ListItem: ResolverTypeWrapper<ListItemSource>;
  LiveStream: ResolverTypeWrapper<LiveStreamSource>;
  Locale: ResolverTypeWrapper<Scalars['Locale']['output']>;
  Media: ResolverTypeWrapper<ResolversInterfaceTypes<ResolversTypes>['Media']>;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  NavigationItem: ResolverTypeWrapper<NavigationSource>;
  Node: ResolverTypeWrapper<ResolversInterfaceTypes<ResolversTypes>['Node']>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  Paragraph: ResolverTypeWrapper<ParagraphSource>;
  Partner: ResolverTypeWrapper<Partner>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Quote: ResolverTypeWrapper<QuoteSource>;
  RateLimit: ResolverTypeWrapper<RateLimit>;
  ReadMore: ResolverTypeWrapper<ReadMoreSource>;
  RecordEngagementInput: RecordEngagementInput;
  RecordEngagementPayload: ResolverTypeWrapper<Omit<RecordEngagementPayload, 'article'> & { article?: Maybe<ResolversTypes['Article']> }>;
  Rights: ResolverTypeWrapper<RightsSource>;
  Route: ResolverTypeWrapper<RouteSource>;
  RouteStatus: RouteStatus;
  SearchConnection: ResolverTypeWrapper<SearchConnectionSource>;
  SearchEdge: ResolverTypeWrapper<SearchEdgeSource>;
  Section: ResolverTypeWrapper<SectionSource>;
  SectionKind: SectionKind;
  Seo: ResolverTypeWrapper<SeoSource>;
  Source: ResolverTypeWrapper<SourceSource>;
  SourceKind: SourceKind;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  SyndicationRight: SyndicationRight;
  Tag: ResolverTypeWrapper<TagSource>;
  TagConnection: ResolverTypeWrapper<TagConnectionSource>;
  TagEdge: ResolverTypeWrapper<TagEdgeSource>;
  TextDirection: TextDirection;
  URL: ResolverTypeWrapper<Scalars['URL']['output']>;
  Video: ResolverTypeWrapper<VideoMediaSource>;
  VideoSource: ResolverTypeWrapper<VideoFileSource>;
  Viewer: ResolverTypeWrapper<Viewer>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  Article: ArticleSource;
  ArticleConnection: ArticleConnectionSource;
  ArticleEdge: ArticleEdgeSource;
  ArticleFilter: ArticleFilter;
  Author: AuthorSource;
  AuthorConnection: AuthorConnectionSource;
  AuthorEdge: AuthorEdgeSource;
  BodyBlock: ResolversInterfaceTypes<ResolversParentTypes>['BodyBlock'];
  Boolean: Scalars['Boolean']['output'];
  Breadcrumb: BreadcrumbSource;
  Change: ArticleChangeSource;
  ChangeConnection: ChangeConnectionSource;
  ChangeEdge: ChangeEdgeSource;
  Correction: CorrectionSource;
  DateTime: Scalars['DateTime']['output'];
  Edition: EditionSource;
  Embed: EmbedSource;
  Engagement: EngagementSource;
  Figure: FigureSource;
  Gallery: GallerySource;
  Heading: HeadingSource;
  HtmlBlock: HtmlBlockSource;
  ID: Scalars['ID']['output'];
  Image: ImageSource;
  ImageRendition: ImageRenditionSource;
  Infographic: InfographicSource;
  Int: Scalars['Int']['output'];
  Link: LinkSource;
  ListBlock: ListBlockSource;
  ListItem: ListItemSource;
  LiveStream: LiveStreamSource;
  Locale: Scalars['Locale']['output'];
  Media: ResolversInterfaceTypes<ResolversParentTypes>['Media'];
  Mutation: Record<PropertyKey, never>;
  NavigationItem: NavigationSource;
  Node: ResolversInterfaceTypes<ResolversParentTypes>['Node'];
  PageInfo: PageInfo;
  Paragraph: ParagraphSource;
  Partner: Partner;
  Query: Record<PropertyKey, never>;
  Quote: QuoteSource;
  RateLimit: RateLimit;
  ReadMore: ReadMoreSource;
  RecordEngagementInput: RecordEngagementInput;
  RecordEngagementPayload: Omit<RecordEngagementPayload, 'article'> & { article?: Maybe<ResolversParentTypes['Article']> };
  Rights: RightsSource;
  Route: RouteSource;
  SearchConnection: SearchConnectionSource;
  SearchEdge: SearchEdgeSource;
  Section: SectionSource;
  Seo: SeoSource;
  Source: SourceSource;
  String: Scalars['String']['output'];
  Tag: TagSource;
  TagConnection: TagConnectionSource;
  TagEdge: TagEdgeSource;
  URL: Scalars['URL']['output'];
  Video: VideoMediaSource;
  VideoSource: VideoFileSource;
  Viewer: Viewer;
};

export type CacheControlDirectiveArgs = {
  inheritMaxAge?: Maybe<Scalars['Boolean']['input']>;
  maxAge?: Maybe<Scalars['Int']['input']>;
  scope?: Maybe<CacheControlScope>;
};

export type CacheControlDirectiveResolver<Result, Parent, ContextType = Context, Args = CacheControlDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type CostDirectiveArgs = {
  weight: Scalars['String']['input'];
};

export type CostDirectiveResolver<Result, Parent, ContextType = Context, Args = CostDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type ListSizeDirectiveArgs = {
  assumedSize?: Maybe<Scalars['Int']['input']>;
  requireOneSlicingArgument?: Maybe<Scalars['Boolean']['input']>;
  sizedFields?: Maybe<ReadonlyArray<Scalars['String']['input']>>;
  slicingArguments?: Maybe<ReadonlyArray<Scalars['String']['input']>>;
};

export type ListSizeDirectiveResolver<Result, Parent, ContextType = Context, Args = ListSizeDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type SemanticNonNullDirectiveArgs = {
  levels?: Maybe<ReadonlyArray<Maybe<Scalars['Int']['input']>>>;
};

export type SemanticNonNullDirectiveResolver<Result, Parent, ContextType = Context, Args = SemanticNonNullDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type ArticleResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Article'] = ResolversParentTypes['Article']> = {
  aliases?: Resolver<ReadonlyArray<ResolversTypes['URL']>, ParentType, ContextType>;
  authors?: Resolver<Maybe<ReadonlyArray<ResolversTypes['Author']>>, ParentType, ContextType>;
  body?: Resolver<Maybe<ReadonlyArray<ResolversTypes['BodyBlock']>>, ParentType, ContextType>;
  bodyHtml?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  bodyText?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  breadcrumbs?: Resolver<Maybe<ReadonlyArray<ResolversTypes['Breadcrumb']>>, ParentType, ContextType>;
  breaking?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  byline?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  bylineText?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  corrections?: Resolver<Maybe<ReadonlyArray<ResolversTypes['Correction']>>, ParentType, ContextType>;
  direction?: Resolver<ResolversTypes['TextDirection'], ParentType, ContextType>;
  edition?: Resolver<ResolversTypes['Edition'], ParentType, ContextType>;
  engagement?: Resolver<Maybe<ResolversTypes['Engagement']>, ParentType, ContextType>;
  excerpt?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType, RequireFields<ArticleExcerptArgs, 'maxLength'>>;
  headline?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  kicker?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['ArticleKind'], ParentType, ContextType>;
  language?: Resolver<ResolversTypes['Locale'], ParentType, ContextType>;
  lead?: Resolver<Maybe<ResolversTypes['Media']>, ParentType, ContextType>;
  media?: Resolver<Maybe<ReadonlyArray<ResolversTypes['Media']>>, ParentType, ContextType>;
  publishedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  publishedText?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  readingMinutes?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  readingText?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  related?: Resolver<Maybe<ReadonlyArray<ResolversTypes['Article']>>, ParentType, ContextType, RequireFields<ArticleRelatedArgs, 'first'>>;
  rights?: Resolver<ResolversTypes['Rights'], ParentType, ContextType>;
  section?: Resolver<Maybe<ResolversTypes['Section']>, ParentType, ContextType>;
  sections?: Resolver<Maybe<ReadonlyArray<ResolversTypes['Section']>>, ParentType, ContextType>;
  seo?: Resolver<Maybe<ResolversTypes['Seo']>, ParentType, ContextType>;
  slug?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  sources?: Resolver<ReadonlyArray<ResolversTypes['Source']>, ParentType, ContextType>;
  standfirst?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  tags?: Resolver<Maybe<ReadonlyArray<ResolversTypes['Tag']>>, ParentType, ContextType>;
  translation?: Resolver<Maybe<ResolversTypes['Article']>, ParentType, ContextType, RequireFields<ArticleTranslationArgs, 'edition'>>;
  translations?: Resolver<Maybe<ReadonlyArray<Maybe<ResolversTypes['Article']>>>, ParentType, ContextType>;
  updatedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  url?: Resolver<ResolversTypes['URL'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  wordCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ArticleConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ArticleConnection'] = ResolversParentTypes['ArticleConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['ArticleEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Article']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type ArticleEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ArticleEdge'] = ResolversParentTypes['ArticleEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Article'], ParentType, ContextType>;
};

export type AuthorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Author'] = ResolversParentTypes['Author']> = {
  articles?: Resolver<Maybe<ResolversTypes['ArticleConnection']>, ParentType, ContextType, RequireFields<AuthorArticlesArgs, 'orderBy'>>;
  avatar?: Resolver<Maybe<ResolversTypes['Image']>, ParentType, ContextType>;
  bio?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  edition?: Resolver<ResolversTypes['Edition'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['AuthorKind'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  role?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  slug?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  translations?: Resolver<Maybe<ReadonlyArray<Maybe<ResolversTypes['Author']>>>, ParentType, ContextType>;
  url?: Resolver<ResolversTypes['URL'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type AuthorConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AuthorConnection'] = ResolversParentTypes['AuthorConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['AuthorEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Author']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type AuthorEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AuthorEdge'] = ResolversParentTypes['AuthorEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Author'], ParentType, ContextType>;
};

export type BodyBlockResolvers<ContextType = Context, ParentType extends ResolversParentTypes['BodyBlock'] = ResolversParentTypes['BodyBlock']> = {
  __resolveType: TypeResolveFn<'Embed' | 'Figure' | 'Heading' | 'HtmlBlock' | 'ListBlock' | 'Paragraph' | 'Quote' | 'ReadMore', ParentType, ContextType>;
};

export type BreadcrumbResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Breadcrumb'] = ResolversParentTypes['Breadcrumb']> = {
  label?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  section?: Resolver<Maybe<ResolversTypes['Section']>, ParentType, ContextType>;
  url?: Resolver<ResolversTypes['URL'], ParentType, ContextType>;
};

export type ChangeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Change'] = ResolversParentTypes['Change']> = {
  article?: Resolver<Maybe<ResolversTypes['Article']>, ParentType, ContextType>;
  articleId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  edition?: Resolver<ResolversTypes['EditionCode'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['ChangeKind'], ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  url?: Resolver<ResolversTypes['URL'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type ChangeConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ChangeConnection'] = ResolversParentTypes['ChangeConnection']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  edges?: Resolver<ReadonlyArray<ResolversTypes['ChangeEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type ChangeEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ChangeEdge'] = ResolversParentTypes['ChangeEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Change'], ParentType, ContextType>;
};

export type CorrectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Correction'] = ResolversParentTypes['Correction']> = {
  correctedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  text?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export type EditionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Edition'] = ResolversParentTypes['Edition']> = {
  article?: Resolver<Maybe<ResolversTypes['Article']>, ParentType, ContextType, RequireFields<EditionArticleArgs, 'slug'>>;
  articles?: Resolver<Maybe<ResolversTypes['ArticleConnection']>, ParentType, ContextType, RequireFields<EditionArticlesArgs, 'orderBy'>>;
  author?: Resolver<Maybe<ResolversTypes['Author']>, ParentType, ContextType, RequireFields<EditionAuthorArgs, 'slug'>>;
  authors?: Resolver<Maybe<ResolversTypes['AuthorConnection']>, ParentType, ContextType, RequireFields<EditionAuthorsArgs, 'first'>>;
  code?: Resolver<ResolversTypes['EditionCode'], ParentType, ContextType>;
  direction?: Resolver<ResolversTypes['TextDirection'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  language?: Resolver<ResolversTypes['Locale'], ParentType, ContextType>;
  links?: Resolver<ReadonlyArray<ResolversTypes['Link']>, ParentType, ContextType>;
  live?: Resolver<Maybe<ResolversTypes['LiveStream']>, ParentType, ContextType>;
  locale?: Resolver<ResolversTypes['Locale'], ParentType, ContextType>;
  mostRead?: Resolver<Maybe<ReadonlyArray<ResolversTypes['Article']>>, ParentType, ContextType, RequireFields<EditionMostReadArgs, 'first' | 'window'>>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  navigation?: Resolver<Maybe<ReadonlyArray<ResolversTypes['NavigationItem']>>, ParentType, ContextType>;
  numberingSystem?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  search?: Resolver<Maybe<ResolversTypes['SearchConnection']>, ParentType, ContextType, RequireFields<EditionSearchArgs, 'first' | 'query'>>;
  section?: Resolver<Maybe<ResolversTypes['Section']>, ParentType, ContextType, RequireFields<EditionSectionArgs, 'path'>>;
  sections?: Resolver<Maybe<ReadonlyArray<ResolversTypes['Section']>>, ParentType, ContextType>;
  tag?: Resolver<Maybe<ResolversTypes['Tag']>, ParentType, ContextType, RequireFields<EditionTagArgs, 'slug'>>;
  tagline?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  tags?: Resolver<Maybe<ResolversTypes['TagConnection']>, ParentType, ContextType, RequireFields<EditionTagsArgs, 'first'>>;
  timeZone?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  trending?: Resolver<Maybe<ReadonlyArray<ResolversTypes['Article']>>, ParentType, ContextType, RequireFields<EditionTrendingArgs, 'first'>>;
  url?: Resolver<ResolversTypes['URL'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type EmbedResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Embed'] = ResolversParentTypes['Embed']> = {
  html?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  provider?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  title?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  url?: Resolver<ResolversTypes['URL'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type EngagementResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Engagement'] = ResolversParentTypes['Engagement']> = {
  shares?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType, Partial<EngagementSharesArgs>>;
  sharesText?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType, Partial<EngagementSharesTextArgs>>;
  views?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType, Partial<EngagementViewsArgs>>;
  viewsText?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType, Partial<EngagementViewsTextArgs>>;
};

export type FigureResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Figure'] = ResolversParentTypes['Figure']> = {
  html?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  media?: Resolver<Maybe<ResolversTypes['Media']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type GalleryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Gallery'] = ResolversParentTypes['Gallery']> = {
  caption?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  credit?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  images?: Resolver<ReadonlyArray<ResolversTypes['Image']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type HeadingResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Heading'] = ResolversParentTypes['Heading']> = {
  anchor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  html?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  level?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  text?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type HtmlBlockResolvers<ContextType = Context, ParentType extends ResolversParentTypes['HtmlBlock'] = ResolversParentTypes['HtmlBlock']> = {
  html?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  text?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ImageResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Image'] = ResolversParentTypes['Image']> = {
  alt?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  caption?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  credit?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  height?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  renditions?: Resolver<ReadonlyArray<ResolversTypes['ImageRendition']>, ParentType, ContextType>;
  url?: Resolver<ResolversTypes['URL'], ParentType, ContextType>;
  width?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ImageRenditionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ImageRendition'] = ResolversParentTypes['ImageRendition']> = {
  height?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  url?: Resolver<ResolversTypes['URL'], ParentType, ContextType>;
  width?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type InfographicResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Infographic'] = ResolversParentTypes['Infographic']> = {
  caption?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  credit?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  image?: Resolver<ResolversTypes['Image'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type LinkResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Link'] = ResolversParentTypes['Link']> = {
  label?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  rel?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  url?: Resolver<ResolversTypes['URL'], ParentType, ContextType>;
};

export type ListBlockResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ListBlock'] = ResolversParentTypes['ListBlock']> = {
  html?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  items?: Resolver<ReadonlyArray<ResolversTypes['ListItem']>, ParentType, ContextType>;
  ordered?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ListItemResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ListItem'] = ResolversParentTypes['ListItem']> = {
  html?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  text?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type LiveStreamResolvers<ContextType = Context, ParentType extends ResolversParentTypes['LiveStream'] = ResolversParentTypes['LiveStream']> = {
  isLive?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  title?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  url?: Resolver<ResolversTypes['URL'], ParentType, ContextType>;
};

export interface LocaleScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['Locale'], any> {
  name: 'Locale';
}

export type MediaResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Media'] = ResolversParentTypes['Media']> = {
  __resolveType: TypeResolveFn<'Gallery' | 'Image' | 'Infographic' | 'Video', ParentType, ContextType>;
};

export type MutationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  recordEngagement?: Resolver<ResolversTypes['RecordEngagementPayload'], ParentType, ContextType, RequireFields<MutationRecordEngagementArgs, 'input'>>;
};

export type NavigationItemResolvers<ContextType = Context, ParentType extends ResolversParentTypes['NavigationItem'] = ResolversParentTypes['NavigationItem']> = {
  children?: Resolver<ReadonlyArray<ResolversTypes['NavigationItem']>, ParentType, ContextType>;
  label?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  live?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  section?: Resolver<Maybe<ResolversTypes['Section']>, ParentType, ContextType>;
  url?: Resolver<Maybe<ResolversTypes['URL']>, ParentType, ContextType>;
};

export type NodeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Node'] = ResolversParentTypes['Node']> = {
  __resolveType: TypeResolveFn<'Article' | 'Author' | 'Edition' | 'Section' | 'Tag', ParentType, ContextType>;
};

export type PageInfoResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasPreviousPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type ParagraphResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Paragraph'] = ResolversParentTypes['Paragraph']> = {
  html?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  text?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type PartnerResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Partner'] = ResolversParentTypes['Partner']> = {
  editions?: Resolver<ReadonlyArray<ResolversTypes['EditionCode']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  syndication?: Resolver<ResolversTypes['SyndicationRight'], ParentType, ContextType>;
};

export type QueryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  article?: Resolver<Maybe<ResolversTypes['Article']>, ParentType, ContextType, RequireFields<QueryArticleArgs, 'id'>>;
  articleByUrl?: Resolver<Maybe<ResolversTypes['Article']>, ParentType, ContextType, RequireFields<QueryArticleByUrlArgs, 'url'>>;
  changes?: Resolver<Maybe<ResolversTypes['ChangeConnection']>, ParentType, ContextType, RequireFields<QueryChangesArgs, 'first'>>;
  edition?: Resolver<Maybe<ResolversTypes['Edition']>, ParentType, ContextType, RequireFields<QueryEditionArgs, 'code'>>;
  editions?: Resolver<ReadonlyArray<ResolversTypes['Edition']>, ParentType, ContextType>;
  node?: Resolver<Maybe<ResolversTypes['Node']>, ParentType, ContextType, RequireFields<QueryNodeArgs, 'id'>>;
  nodes?: Resolver<ReadonlyArray<Maybe<ResolversTypes['Node']>>, ParentType, ContextType, RequireFields<QueryNodesArgs, 'ids'>>;
  route?: Resolver<Maybe<ResolversTypes['Route']>, ParentType, ContextType, RequireFields<QueryRouteArgs, 'url'>>;
  viewer?: Resolver<ResolversTypes['Viewer'], ParentType, ContextType>;
};

export type QuoteResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Quote'] = ResolversParentTypes['Quote']> = {
  attribution?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  html?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  text?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type RateLimitResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RateLimit'] = ResolversParentTypes['RateLimit']> = {
  limit?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  remaining?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  resetAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type ReadMoreResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReadMore'] = ResolversParentTypes['ReadMore']> = {
  article?: Resolver<Maybe<ResolversTypes['Article']>, ParentType, ContextType>;
  html?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  label?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  url?: Resolver<ResolversTypes['URL'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type RecordEngagementPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RecordEngagementPayload'] = ResolversParentTypes['RecordEngagementPayload']> = {
  article?: Resolver<Maybe<ResolversTypes['Article']>, ParentType, ContextType>;
};

export type RightsResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Rights'] = ResolversParentTypes['Rights']> = {
  embargoedUntil?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  expiresAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  holder?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  syndication?: Resolver<ResolversTypes['SyndicationRight'], ParentType, ContextType>;
  usageTerms?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type RouteResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Route'] = ResolversParentTypes['Route']> = {
  node?: Resolver<Maybe<ResolversTypes['Node']>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['RouteStatus'], ParentType, ContextType>;
  url?: Resolver<ResolversTypes['URL'], ParentType, ContextType>;
};

export type SearchConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SearchConnection'] = ResolversParentTypes['SearchConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['SearchEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Article']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type SearchEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SearchEdge'] = ResolversParentTypes['SearchEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Article'], ParentType, ContextType>;
  snippetHtml?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type SectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Section'] = ResolversParentTypes['Section']> = {
  ancestors?: Resolver<Maybe<ReadonlyArray<ResolversTypes['Section']>>, ParentType, ContextType>;
  articles?: Resolver<Maybe<ResolversTypes['ArticleConnection']>, ParentType, ContextType, RequireFields<SectionArticlesArgs, 'orderBy'>>;
  children?: Resolver<Maybe<ReadonlyArray<ResolversTypes['Section']>>, ParentType, ContextType>;
  description?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  edition?: Resolver<ResolversTypes['Edition'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['SectionKind'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  parent?: Resolver<Maybe<ResolversTypes['Section']>, ParentType, ContextType>;
  path?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  slug?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  translations?: Resolver<Maybe<ReadonlyArray<Maybe<ResolversTypes['Section']>>>, ParentType, ContextType>;
  url?: Resolver<ResolversTypes['URL'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type SeoResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Seo'] = ResolversParentTypes['Seo']> = {
  canonicalUrl?: Resolver<ResolversTypes['URL'], ParentType, ContextType>;
  description?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  image?: Resolver<Maybe<ResolversTypes['Image']>, ParentType, ContextType>;
  noIndex?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  title?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type SourceResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Source'] = ResolversParentTypes['Source']> = {
  kind?: Resolver<ResolversTypes['SourceKind'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  url?: Resolver<Maybe<ResolversTypes['URL']>, ParentType, ContextType>;
};

export type TagResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Tag'] = ResolversParentTypes['Tag']> = {
  articles?: Resolver<Maybe<ResolversTypes['ArticleConnection']>, ParentType, ContextType, RequireFields<TagArticlesArgs, 'orderBy'>>;
  edition?: Resolver<ResolversTypes['Edition'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  slug?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  translations?: Resolver<Maybe<ReadonlyArray<Maybe<ResolversTypes['Tag']>>>, ParentType, ContextType>;
  url?: Resolver<ResolversTypes['URL'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type TagConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TagConnection'] = ResolversParentTypes['TagConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['TagEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Tag']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type TagEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TagEdge'] = ResolversParentTypes['TagEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Tag'], ParentType, ContextType>;
};

export interface UrlScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['URL'], any> {
  name: 'URL';
}

export type VideoResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Video'] = ResolversParentTypes['Video']> = {
  caption?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  credit?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  durationSeconds?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  poster?: Resolver<Maybe<ResolversTypes['Image']>, ParentType, ContextType>;
  sources?: Resolver<ReadonlyArray<ResolversTypes['VideoSource']>, ParentType, ContextType>;
  url?: Resolver<ResolversTypes['URL'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type VideoSourceResolvers<ContextType = Context, ParentType extends ResolversParentTypes['VideoSource'] = ResolversParentTypes['VideoSource']> = {
  height?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  mimeType?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  url?: Resolver<ResolversTypes['URL'], ParentType, ContextType>;
  width?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type ViewerResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Viewer'] = ResolversParentTypes['Viewer']> = {
  partner?: Resolver<Maybe<ResolversTypes['Partner']>, ParentType, ContextType>;
  rateLimit?: Resolver<Maybe<ResolversTypes['RateLimit']>, ParentType, ContextType>;
};

export type Resolvers<ContextType = Context> = {
  Article?: ArticleResolvers<ContextType>;
  ArticleConnection?: ArticleConnectionResolvers<ContextType>;
  ArticleEdge?: ArticleEdgeResolvers<ContextType>;
  Author?: AuthorResolvers<ContextType>;
  AuthorConnection?: AuthorConnectionResolvers<ContextType>;
  AuthorEdge?: AuthorEdgeResolvers<ContextType>;
  BodyBlock?: BodyBlockResolvers<ContextType>;
  Breadcrumb?: BreadcrumbResolvers<ContextType>;
  Change?: ChangeResolvers<ContextType>;
  ChangeConnection?: ChangeConnectionResolvers<ContextType>;
  ChangeEdge?: ChangeEdgeResolvers<ContextType>;
  Correction?: CorrectionResolvers<ContextType>;
  DateTime?: GraphQLScalarType;
  Edition?: EditionResolvers<ContextType>;
  Embed?: EmbedResolvers<ContextType>;
  Engagement?: EngagementResolvers<ContextType>;
  Figure?: FigureResolvers<ContextType>;
  Gallery?: GalleryResolvers<ContextType>;
  Heading?: HeadingResolvers<ContextType>;
  HtmlBlock?: HtmlBlockResolvers<ContextType>;
  Image?: ImageResolvers<ContextType>;
  ImageRendition?: ImageRenditionResolvers<ContextType>;
  Infographic?: InfographicResolvers<ContextType>;
  Link?: LinkResolvers<ContextType>;
  ListBlock?: ListBlockResolvers<ContextType>;
  ListItem?: ListItemResolvers<ContextType>;
  LiveStream?: LiveStreamResolvers<ContextType>;
  Locale?: GraphQLScalarType;
  Media?: MediaResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  NavigationItem?: NavigationItemResolvers<ContextType>;
  Node?: NodeResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  Paragraph?: ParagraphResolvers<ContextType>;
  Partner?: PartnerResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  Quote?: QuoteResolvers<ContextType>;
  RateLimit?: RateLimitResolvers<ContextType>;
  ReadMore?: ReadMoreResolvers<ContextType>;
  RecordEngagementPayload?: RecordEngagementPayloadResolvers<ContextType>;
  Rights?: RightsResolvers<ContextType>;
  Route?: RouteResolvers<ContextType>;
  SearchConnection?: SearchConnectionResolvers<ContextType>;
  SearchEdge?: SearchEdgeResolvers<ContextType>;
  Section?: SectionResolvers<ContextType>;
  Seo?: SeoResolvers<ContextType>;
  Source?: SourceResolvers<ContextType>;
  Tag?: TagResolvers<ContextType>;
  TagConnection?: TagConnectionResolvers<ContextType>;
  TagEdge?: TagEdgeResolvers<ContextType>;
  URL?: GraphQLScalarType;
  Video?: VideoResolvers<ContextType>;
  VideoSource?: VideoSourceResolvers<ContextType>;
  Viewer?: ViewerResolvers<ContextType>;
};

export type DirectiveResolvers<ContextType = Context> = {
  cacheControl?: CacheControlDirectiveResolver<any, any, ContextType>;
  cost?: CostDirectiveResolver<any, any, ContextType>;
  listSize?: ListSizeDirectiveResolver<any, any, ContextType>;
  semanticNonNull?: SemanticNonNullDirectiveResolver<any, any, ContextType>;
};
