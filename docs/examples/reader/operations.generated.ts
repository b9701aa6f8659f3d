/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
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

/** Who an author is. Values may be added: keep a default branch. */
export type AuthorKind =
  /** A desk, an agency, or the outlet itself. */
  | 'ORGANIZATION'
  /** Somebody with a name. */
  | 'PERSON';

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

/** What a reader did with an article. Values may be added: keep a default branch. */
export type EngagementKind =
  /** Passed it on. */
  | 'SHARE'
  /** Opened it. */
  | 'VIEW';

/** What a reader did, with which article. */
export type RecordEngagementInput = {
  /** An `Article.id`. A malformed one is an error with the code BAD_USER_INPUT. */
  readonly articleId: string;
  /** What the reader did. */
  readonly kind: EngagementKind;
};

/** What an address leads to. Values may be added: keep a default branch. */
export type RouteStatus =
  /** Something stands there now. */
  | 'FOUND'
  /** What stood there was withdrawn or has expired. */
  | 'GONE'
  /** What stood there has another address now: redirect to `Route.url`. */
  | 'MOVED';

/** What a section gathers by. A kind the gateway cannot map is TOPIC. Values may be added: keep a default branch. */
export type SectionKind =
  /** What form they have, e.g. Videos. */
  | 'FORMAT'
  /** Where they play, e.g. Europe. */
  | 'REGION'
  /** What articles are about, e.g. Politics. */
  | 'TOPIC';

/** The way a text runs on its lines. Values may be added: keep a default branch. */
export type TextDirection =
  /** Left to right: English, Spanish. */
  | 'LTR'
  /** Right to left: Arabic. */
  | 'RTL';

export type ArticlePageFragment = { readonly id: string, readonly kind: ArticleKind, readonly slug: string, readonly url: string, readonly language: string, readonly direction: TextDirection, readonly kicker: string | null, readonly headline: string, readonly standfirst: string | null, readonly byline: string | null, readonly publishedAt: string, readonly updatedAt: string, readonly breaking: boolean, readonly wordCount: number | null, readonly readingMinutes: number | null, readonly excerpt: string | null, readonly breadcrumbs: ReadonlyArray<{ readonly label: string, readonly url: string, readonly section: { readonly id: string } | null }> | null, readonly section: { readonly id: string, readonly name: string, readonly path: string, readonly url: string } | null, readonly authors: ReadonlyArray<{ readonly id: string, readonly kind: AuthorKind, readonly name: string, readonly role: string | null, readonly url: string, readonly avatar: { readonly url: string, readonly width: number | null, readonly height: number | null } | null }> | null, readonly sources: ReadonlyArray<{ readonly name: string, readonly url: string | null }>, readonly engagement: { readonly shares: number | null } | null, readonly lead:
    | { readonly caption: string | null, readonly credit: string | null, readonly type: 'Gallery', readonly images: ReadonlyArray<{ readonly caption: string | null, readonly credit: string | null, readonly url: string, readonly width: number | null, readonly height: number | null, readonly alt: string | null, readonly renditions: ReadonlyArray<{ readonly url: string, readonly width: number }> }> }
    | { readonly caption: string | null, readonly credit: string | null, readonly url: string, readonly width: number | null, readonly height: number | null, readonly alt: string | null, readonly type: 'Image', readonly renditions: ReadonlyArray<{ readonly url: string, readonly width: number }> }
    | { readonly caption: string | null, readonly credit: string | null, readonly type: 'Infographic', readonly image: { readonly url: string, readonly width: number | null, readonly height: number | null, readonly alt: string | null, readonly renditions: ReadonlyArray<{ readonly url: string, readonly width: number }> } }
    | { readonly url: string, readonly durationSeconds: number | null, readonly caption: string | null, readonly credit: string | null, readonly type: 'Video', readonly sources: ReadonlyArray<{ readonly url: string, readonly mimeType: string }>, readonly poster: { readonly url: string, readonly width: number | null, readonly height: number | null, readonly alt: string | null, readonly renditions: ReadonlyArray<{ readonly url: string, readonly width: number }> } | null }
   | null, readonly body: ReadonlyArray<
    | { readonly provider: string, readonly url: string, readonly title: string | null, readonly html: string, readonly type: 'Embed' }
    | { readonly html: string, readonly type: 'Figure', readonly media:
        | { readonly caption: string | null, readonly credit: string | null, readonly type: 'Gallery', readonly images: ReadonlyArray<{ readonly caption: string | null, readonly credit: string | null, readonly url: string, readonly width: number | null, readonly height: number | null, readonly alt: string | null, readonly renditions: ReadonlyArray<{ readonly url: string, readonly width: number }> }> }
        | { readonly caption: string | null, readonly credit: string | null, readonly url: string, readonly width: number | null, readonly height: number | null, readonly alt: string | null, readonly type: 'Image', readonly renditions: ReadonlyArray<{ readonly url: string, readonly width: number }> }
        | { readonly caption: string | null, readonly credit: string | null, readonly type: 'Infographic', readonly image: { readonly url: string, readonly width: number | null, readonly height: number | null, readonly alt: string | null, readonly renditions: ReadonlyArray<{ readonly url: string, readonly width: number }> } }
        | { readonly url: string, readonly durationSeconds: number | null, readonly caption: string | null, readonly credit: string | null, readonly type: 'Video', readonly sources: ReadonlyArray<{ readonly url: string, readonly mimeType: string }>, readonly poster: { readonly url: string, readonly width: number | null, readonly height: number | null, readonly alt: string | null, readonly renditions: ReadonlyArray<{ readonly url: string, readonly width: number }> } | null }
       | null }
    | { readonly level: number, readonly text: string, readonly anchor: string, readonly html: string, readonly type: 'Heading' }
    | { readonly html: string, readonly type: 'HtmlBlock' }
    | { readonly html: string, readonly type: 'ListBlock' }
    | { readonly html: string, readonly type: 'Paragraph' }
    | { readonly text: string, readonly attribution: string | null, readonly html: string, readonly type: 'Quote' }
    | { readonly label: string, readonly url: string, readonly html: string, readonly type: 'ReadMore', readonly article: { readonly id: string, readonly headline: string, readonly url: string, readonly language: string, readonly direction: TextDirection } | null }
  > | null, readonly tags: ReadonlyArray<{ readonly id: string, readonly name: string, readonly url: string }> | null, readonly corrections: ReadonlyArray<{ readonly text: string, readonly correctedAt: string }> | null, readonly rights: { readonly holder: string | null, readonly usageTerms: string | null }, readonly seo: { readonly title: string, readonly description: string | null, readonly canonicalUrl: string, readonly noIndex: boolean, readonly image: { readonly url: string, readonly width: number | null, readonly height: number | null, readonly alt: string | null } | null } | null, readonly related: ReadonlyArray<{ readonly id: string, readonly kind: ArticleKind, readonly url: string, readonly language: string, readonly direction: TextDirection, readonly kicker: string | null, readonly headline: string, readonly standfirst: string | null, readonly publishedAt: string, readonly breaking: boolean, readonly section: { readonly id: string, readonly name: string, readonly url: string, readonly path: string } | null, readonly lead:
      | { readonly credit: string | null, readonly type: 'Gallery' }
      | { readonly credit: string | null, readonly url: string, readonly width: number | null, readonly height: number | null, readonly alt: string | null, readonly type: 'Image', readonly renditions: ReadonlyArray<{ readonly url: string, readonly width: number }> }
      | { readonly credit: string | null, readonly type: 'Infographic', readonly image: { readonly url: string, readonly width: number | null, readonly height: number | null, readonly alt: string | null } }
      | { readonly durationSeconds: number | null, readonly credit: string | null, readonly type: 'Video', readonly poster: { readonly url: string, readonly width: number | null, readonly height: number | null, readonly alt: string | null } | null }
     | null, readonly seo: { readonly image: { readonly url: string, readonly width: number | null, readonly height: number | null, readonly alt: string | null } | null } | null }> | null, readonly translations: ReadonlyArray<{ readonly id: string, readonly url: string, readonly headline: string, readonly language: string, readonly direction: TextDirection, readonly edition: { readonly id: string, readonly code: EditionCode } } | null> | null };

export type AuthorsQueryVariables = Exact<{
  edition: EditionCode;
  after?: string | null | undefined;
}>;


export type AuthorsQuery = { readonly editions: ReadonlyArray<{ readonly id: string, readonly code: EditionCode, readonly name: string, readonly language: string, readonly direction: TextDirection, readonly locale: string, readonly timeZone: string, readonly url: string }>, readonly edition: { readonly tagline: string | null, readonly id: string, readonly code: EditionCode, readonly name: string, readonly language: string, readonly direction: TextDirection, readonly locale: string, readonly timeZone: string, readonly url: string, readonly authors: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly name: string, readonly role: string | null, readonly bio: string | null, readonly url: string, readonly avatar: { readonly url: string, readonly width: number | null, readonly height: number | null } | null }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } | null, readonly live: { readonly title: string, readonly url: string, readonly isLive: boolean } | null, readonly links: ReadonlyArray<{ readonly label: string, readonly url: string, readonly rel: string | null }>, readonly navigation: ReadonlyArray<{ readonly label: string, readonly url: string | null, readonly live: boolean, readonly section: { readonly id: string, readonly path: string } | null, readonly children: ReadonlyArray<{ readonly label: string, readonly url: string | null, readonly section: { readonly id: string, readonly path: string } | null }> }> | null, readonly trending: ReadonlyArray<{ readonly id: string, readonly kind: ArticleKind, readonly url: string, readonly language: string, readonly direction: TextDirection, readonly kicker: string | null, readonly headline: string, readonly standfirst: string | null, readonly publishedAt: string, readonly breaking: boolean, readonly section: { readonly id: string, readonly name: string, readonly url: string, readonly path: string } | null, readonly lead:
        | { readonly credit: string | null, readonly type: 'Gallery' }
        | { readonly credit: string | null, readonly url: string, readonly width: number | null, readonly height: number | null, readonly alt: string | null, readonly type: 'Image', readonly renditions: ReadonlyArray<{ readonly url: string, readonly width: number }> }
        | { readonly credit: string | null, readonly type: 'Infographic', readonly image: { readonly url: string, readonly width: number | null, readonly height: number | null, readonly alt: string | null } }
        | { readonly durationSeconds: number | null, readonly credit: string | null, readonly type: 'Video', readonly poster: { readonly url: string, readonly width: number | null, readonly height: number | null, readonly alt: string | null } | null }
       | null, readonly seo: { readonly image: { readonly url: string, readonly width: number | null, readonly height: number | null, readonly alt: string | null } | null } | null }> | null, readonly mostRead: ReadonlyArray<{ readonly id: string, readonly kind: ArticleKind, readonly url: string, readonly language: string, readonly direction: TextDirection, readonly kicker: string | null, readonly headline: string, readonly standfirst: string | null, readonly publishedAt: string, readonly breaking: boolean, readonly section: { readonly id: string, readonly name: string, readonly url: string, readonly path: string } | null, readonly lead:
        | { readonly credit: string | null, readonly type: 'Gallery' }
        | { readonly credit: string | null, readonly url: string, readonly width: number | null, readonly height: number | null, readonly alt: string | null, readonly type: 'Image', readonly renditions: ReadonlyArray<{ readonly url: string, readonly width: number }> }
        | { readonly credit: string | null, readonly type: 'Infographic', readonly image: { readonly url: string, readonly width: number | null, readonly height: number | null, readonly alt: string | null } }
        | { readonly durationSeconds: number | null, readonly credit: string | null, readonly type: 'Video', readonly poster: { readonly url: string, readonly width: number | null, readonly height: number | null, readonly alt: string | null } | null }
       | null, readonly seo: { readonly image: { readonly url: string, readonly width: number | null, readonly height: number | null, readonly alt: string | null } | null } | null }> | null } | null };

export type CardFragment = { readonly id: string, readonly kind: ArticleKind, readonly url: string, readonly language: string, readonly direction: TextDirection, readonly kicker: string | null, readonly headline: string, readonly standfirst: string | null, readonly publishedAt: string, readonly breaking: boolean, readonly section: { readonly id: string, readonly name: string, readonly url: string, readonly path: string } | null, readonly lead:
    | { readonly credit: string | null, readonly type: 'Gallery' }
    | { readonly credit: string | null, readonly url: string, readonly width: number | null, readonly height: number | null, readonly alt: string | null, readonly type: 'Image', readonly renditions: ReadonlyArray<{ readonly url: string, readonly width: number }> }
    | { readonly credit: string | null, readonly type: 'Infographic', readonly image: { readonly url: string, readonly width: number | null, readonly height: number | null, readonly alt: string | null } }
    | { readonly durationSeconds: number | null, readonly credit: string | null, readonly type: 'Video', readonly poster: { readonly url: string, readonly width: number | null, readonly height: number | null, readonly alt: string | null } | null }
   | null, readonly seo: { readonly image: { readonly url: string, readonly width: number | null, readonly height: number | null, readonly alt: string | null } | null } | null };

export type PictureFragment = { readonly url: string, readonly width: number | null, readonly height: number | null, readonly alt: string | null, readonly renditions: ReadonlyArray<{ readonly url: string, readonly width: number }> };

type Medium_Gallery_Fragment = { readonly caption: string | null, readonly credit: string | null, readonly type: 'Gallery', readonly images: ReadonlyArray<{ readonly caption: string | null, readonly credit: string | null, readonly url: string, readonly width: number | null, readonly height: number | null, readonly alt: string | null, readonly renditions: ReadonlyArray<{ readonly url: string, readonly width: number }> }> };

type Medium_Image_Fragment = { readonly caption: string | null, readonly credit: string | null, readonly url: string, readonly width: number | null, readonly height: number | null, readonly alt: string | null, readonly type: 'Image', readonly renditions: ReadonlyArray<{ readonly url: string, readonly width: number }> };

type Medium_Infographic_Fragment = { readonly caption: string | null, readonly credit: string | null, readonly type: 'Infographic', readonly image: { readonly url: string, readonly width: number | null, readonly height: number | null, readonly alt: string | null, readonly renditions: ReadonlyArray<{ readonly url: string, readonly width: number }> } };

type Medium_Video_Fragment = { readonly url: string, readonly durationSeconds: number | null, readonly caption: string | null, readonly credit: string | null, readonly type: 'Video', readonly sources: ReadonlyArray<{ readonly url: string, readonly mimeType: string }>, readonly poster: { readonly url: string, readonly width: number | null, readonly height: number | null, readonly alt: string | null, readonly renditions: ReadonlyArray<{ readonly url: string, readonly width: number }> } | null };

export type MediumFragment =
  | Medium_Gallery_Fragment
  | Medium_Image_Fragment
  | Medium_Infographic_Fragment
  | Medium_Video_Fragment
;

export type EditionsQueryVariables = Exact<{ [key: string]: never; }>;


export type EditionsQuery = { readonly editions: ReadonlyArray<{ readonly id: string, readonly code: EditionCode, readonly name: string, readonly language: string, readonly direction: TextDirection, readonly locale: string, readonly timeZone: string, readonly url: string }> };

export type FramePageQueryVariables = Exact<{
  edition: EditionCode;
}>;


export type FramePageQuery = { readonly editions: ReadonlyArray<{ readonly id: string, readonly code: EditionCode, readonly name: string, readonly language: string, readonly direction: TextDirection, readonly locale: string, readonly timeZone: string, readonly url: string }>, readonly edition: { readonly tagline: string | null, readonly id: string, readonly code: EditionCode, readonly name: string, readonly language: string, readonly direction: TextDirection, readonly locale: string, readonly timeZone: string, readonly url: string, readonly live: { readonly title: string, readonly url: string, readonly isLive: boolean } | null, readonly links: ReadonlyArray<{ readonly label: string, readonly url: string, readonly rel: string | null }>, readonly navigation: ReadonlyArray<{ readonly label: string, readonly url: string | null, readonly live: boolean, readonly section: { readonly id: string, readonly path: string } | null, readonly children: ReadonlyArray<{ readonly label: string, readonly url: string | null, readonly section: { readonly id: string, readonly path: string } | null }> }> | null, readonly trending: ReadonlyArray<{ readonly id: string, readonly kind: ArticleKind, readonly url: string, readonly language: string, readonly direction: TextDirection, readonly kicker: string | null, readonly headline: string, readonly standfirst: string | null, readonly publishedAt: string, readonly breaking: boolean, readonly section: { readonly id: string, readonly name: string, readonly url: string, readonly path: string } | null, readonly lead:
        | { readonly credit: string | null, readonly type: 'Gallery' }
        | { readonly credit: string | null, readonly url: string, readonly width: number | null, readonly height: number | null, readonly alt: string | null, readonly type: 'Image', readonly renditions: ReadonlyArray<{ readonly url: string, readonly width: number }> }
        | { readonly credit: string | null, readonly type: 'Infographic', readonly image: { readonly url: string, readonly width: number | null, readonly height: number | null, readonly alt: string | null } }
        | { readonly durationSeconds: number | null, readonly credit: string | null, readonly type: 'Video', readonly poster: { readonly url: string, readonly width: number | null, readonly height: number | null, readonly alt: string | null } | null }
       | null, readonly seo: { readonly image: { readonly url: string, readonly width: number | null, readonly height: number | null, readonly alt: string | null } | null } | null }> | null, readonly mostRead: ReadonlyArray<{ readonly id: string, readonly kind: ArticleKind, readonly url: string, readonly language: string, readonly direction: TextDirection, readonly kicker: string | null, readonly headline: string, readonly standfirst: string | null, readonly publishedAt: string, readonly breaking: boolean, readonly section: { readonly id: string, readonly name: string, readonly url: string, readonly path: string } | null, readonly lead:
        | { readonly credit: string | null, readonly type: 'Gallery' }
        | { readonly credit: string | null, readonly url: string, readonly width: number | null, readonly height: number | null, readonly alt: string | null, readonly type: 'Image', readonly renditions: ReadonlyArray<{ readonly url: string, readonly width: number }> }
        | { readonly credit: string | null, readonly type: 'Infographic', readonly image: { readonly url: string, readonly width: number | null, readonly height: number | null, readonly alt: string | null } }
        | { readonly durationSeconds: number | null, readonly credit: string | null, readonly type: 'Video', readonly poster: { readonly url: string, readonly width: number | null, readonly height: number | null, readonly alt: string | null } | null }
       | null, readonly seo: { readonly image: { readonly url: string, readonly width: number | null, readonly height: number | null, readonly alt: string | null } | null } | null }> | null } | null };

export type FrameFragment = { readonly tagline: string | null, readonly id: string, readonly code: EditionCode, readonly name: string, readonly language: string, readonly direction: TextDirection, readonly locale: string, readonly timeZone: string, readonly url: string, readonly live: { readonly title: string, readonly url: string, readonly isLive: boolean } | null, readonly links: ReadonlyArray<{ readonly label: string, readonly url: string, readonly rel: string | null }>, readonly navigation: ReadonlyArray<{ readonly label: string, readonly url: string | null, readonly live: boolean, readonly section: { readonly id: string, readonly path: string } | null, readonly children: ReadonlyArray<{ readonly label: string, readonly url: string | null, readonly section: { readonly id: string, readonly path: string } | null }> }> | null };

export type DeskFragment = { readonly id: string, readonly code: EditionCode, readonly name: string, readonly language: string, readonly direction: TextDirection, readonly locale: string, readonly timeZone: string, readonly url: string };

export type SideColumnFragment = { readonly id: string, readonly trending: ReadonlyArray<{ readonly id: string, readonly kind: ArticleKind, readonly url: string, readonly language: string, readonly direction: TextDirection, readonly kicker: string | null, readonly headline: string, readonly standfirst: string | null, readonly publishedAt: string, readonly breaking: boolean, readonly section: { readonly id: string, readonly name: string, readonly url: string, readonly path: string } | null, readonly lead:
      | { readonly credit: string | null, readonly type: 'Gallery' }
      | { readonly credit: string | null, readonly url: string, readonly width: number | null, readonly height: number | null, readonly alt: string | null, readonly type: 'Image', readonly renditions: ReadonlyArray<{ readonly url: string, readonly width: number }> }
      | { readonly credit: string | null, readonly type: 'Infographic', readonly image: { readonly url: string, readonly width: number | null, readonly height: number | null, readonly alt: string | null } }
      | { readonly durationSeconds: number | null, readonly credit: string | null, readonly type: 'Video', readonly poster: { readonly url: string, readonly width: number | null, readonly height: number | null, readonly alt: string | null } | null }
     | null, readonly seo: { readonly image: { readonly url: string, readonly width: number | null, readonly height: number | null, readonly alt: string | null } | null } | null }> | null, readonly mostRead: ReadonlyArray<{ readonly id: string, readonly kind: ArticleKind, readonly url: string, readonly language: string, readonly direction: TextDirection, readonly kicker: string | null, readonly headline: string, readonly standfirst: string | null, readonly publishedAt: string, readonly breaking: boolean, readonly section: { readonly id: string, readonly name: string, readonly url: string, readonly path: string } | null, readonly lead:
      | { readonly credit: string | null, readonly type: 'Gallery' }
      | { readonly credit: string | null, readonly url: string, readonly width: number | null, readonly height: number | null, readonly alt: string | null, readonly type: 'Image', readonly renditions: ReadonlyArray<{ readonly url: string, readonly width: number }> }
      | { readonly credit: string | null, readonly type: 'Infographic', readonly image: { readonly url: string, readonly width: number | null, readonly height: number | null, readonly alt: string | null } }
      | { readonly durationSeconds: number | null, readonly credit: string | null, readonly type: 'Video', readonly poster: { readonly url: string, readonly width: number | null, readonly height: number | null, readonly alt: string | null } | null }
     | null, readonly seo: { readonly image: { readonly url: string, readonly width: number | null, readonly height: number | null, readonly alt: string | null } | null } | null }> | null };

export type FrontPageQueryVariables = Exact<{
  edition: EditionCode;
}>;


export type FrontPageQuery = { readonly editions: ReadonlyArray<{ readonly id: string, readonly code: EditionCode, readonly name: string, readonly language: string, readonly direction: TextDirection, readonly locale: string, readonly timeZone: string, readonly url: string }>, readonly edition: { readonly tagline: string | null, readonly id: string, readonly code: EditionCode, readonly name: string, readonly language: string, readonly direction: TextDirection, readonly locale: string, readonly timeZone: string, readonly url: string, readonly breaking: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly kind: ArticleKind, readonly url: string, readonly language: string, readonly direction: TextDirection, readonly kicker: string | null, readonly headline: string, readonly standfirst: string | null, readonly publishedAt: string, readonly breaking: boolean, readonly section: { readonly id: string, readonly name: string, readonly url: string, readonly path: string } | null, readonly lead:
          | { readonly credit: string | null, readonly type: 'Gallery' }
          | { readonly credit: string | null, readonly url: string, readonly width: number | null, readonly height: number | null, readonly alt: string | null, readonly type: 'Image', readonly renditions: ReadonlyArray<{ readonly url: string, readonly width: number }> }
          | { readonly credit: string | null, readonly type: 'Infographic', readonly image: { readonly url: string, readonly width: number | null, readonly height: number | null, readonly alt: string | null } }
          | { readonly durationSeconds: number | null, readonly credit: string | null, readonly type: 'Video', readonly poster: { readonly url: string, readonly width: number | null, readonly height: number | null, readonly alt: string | null } | null }
         | null, readonly seo: { readonly image: { readonly url: string, readonly width: number | null, readonly height: number | null, readonly alt: string | null } | null } | null }> } | null, readonly latest: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly kind: ArticleKind, readonly url: string, readonly language: string, readonly direction: TextDirection, readonly kicker: string | null, readonly headline: string, readonly standfirst: string | null, readonly publishedAt: string, readonly breaking: boolean, readonly section: { readonly id: string, readonly name: string, readonly url: string, readonly path: string } | null, readonly lead:
          | { readonly credit: string | null, readonly type: 'Gallery' }
          | { readonly credit: string | null, readonly url: string, readonly width: number | null, readonly height: number | null, readonly alt: string | null, readonly type: 'Image', readonly renditions: ReadonlyArray<{ readonly url: string, readonly width: number }> }
          | { readonly credit: string | null, readonly type: 'Infographic', readonly image: { readonly url: string, readonly width: number | null, readonly height: number | null, readonly alt: string | null } }
          | { readonly durationSeconds: number | null, readonly credit: string | null, readonly type: 'Video', readonly poster: { readonly url: string, readonly width: number | null, readonly height: number | null, readonly alt: string | null } | null }
         | null, readonly seo: { readonly image: { readonly url: string, readonly width: number | null, readonly height: number | null, readonly alt: string | null } | null } | null }> } | null, readonly bands: ReadonlyArray<{ readonly label: string, readonly section: { readonly id: string, readonly kind: SectionKind, readonly name: string, readonly path: string, readonly url: string, readonly articles: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly kind: ArticleKind, readonly url: string, readonly language: string, readonly direction: TextDirection, readonly kicker: string | null, readonly headline: string, readonly standfirst: string | null, readonly publishedAt: string, readonly breaking: boolean, readonly authors: ReadonlyArray<{ readonly id: string, readonly name: string, readonly avatar: { readonly url: string, readonly width: number | null, readonly height: number | null } | null }> | null, readonly section: { readonly id: string, readonly name: string, readonly url: string, readonly path: string } | null, readonly lead:
              | { readonly credit: string | null, readonly type: 'Gallery' }
              | { readonly credit: string | null, readonly url: string, readonly width: number | null, readonly height: number | null, readonly alt: string | null, readonly type: 'Image', readonly renditions: ReadonlyArray<{ readonly url: string, readonly width: number }> }
              | { readonly credit: string | null, readonly type: 'Infographic', readonly image: { readonly url: string, readonly width: number | null, readonly height: number | null, readonly alt: string | null } }
              | { readonly durationSeconds: number | null, readonly credit: string | null, readonly type: 'Video', readonly poster: { readonly url: string, readonly width: number | null, readonly height: number | null, readonly alt: string | null } | null }
             | null, readonly seo: { readonly image: { readonly url: string, readonly width: number | null, readonly height: number | null, readonly alt: string | null } | null } | null }> } | null } | null, readonly children: ReadonlyArray<{ readonly label: string, readonly section: { readonly id: string, readonly name: string, readonly path: string, readonly url: string, readonly articles: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly kind: ArticleKind, readonly url: string, readonly language: string, readonly direction: TextDirection, readonly kicker: string | null, readonly headline: string, readonly standfirst: string | null, readonly publishedAt: string, readonly breaking: boolean, readonly section: { readonly id: string, readonly name: string, readonly url: string, readonly path: string } | null, readonly lead:
                | { readonly credit: string | null, readonly type: 'Gallery' }
                | { readonly credit: string | null, readonly url: string, readonly width: number | null, readonly height: number | null, readonly alt: string | null, readonly type: 'Image', readonly renditions: ReadonlyArray<{ readonly url: string, readonly width: number }> }
                | { readonly credit: string | null, readonly type: 'Infographic', readonly image: { readonly url: string, readonly width: number | null, readonly height: number | null, readonly alt: string | null } }
                | { readonly durationSeconds: number | null, readonly credit: string | null, readonly type: 'Video', readonly poster: { readonly url: string, readonly width: number | null, readonly height: number | null, readonly alt: string | null } | null }
               | null, readonly seo: { readonly image: { readonly url: string, readonly width: number | null, readonly height: number | null, readonly alt: string | null } | null } | null }> } | null } | null }> }> | null, readonly live: { readonly title: string, readonly url: string, readonly isLive: boolean } | null, readonly links: ReadonlyArray<{ readonly label: string, readonly url: string, readonly rel: string | null }>, readonly navigation: ReadonlyArray<{ readonly label: string, readonly url: string | null, readonly live: boolean, readonly section: { readonly id: string, readonly path: string } | null, readonly children: ReadonlyArray<{ readonly label: string, readonly url: string | null, readonly section: { readonly id: string, readonly path: string } | null }> }> | null, readonly trending: ReadonlyArray<{ readonly id: string, readonly kind: ArticleKind, readonly url: string, readonly language: string, readonly direction: TextDirection, readonly kicker: string | null, readonly headline: string, readonly standfirst: string | null, readonly publishedAt: string, readonly breaking: boolean, readonly section: { readonly id: string, readonly name: string, readonly url: string, readonly path: string } | null, readonly lead:
        | { readonly credit: string | null, readonly type: 'Gallery' }
        | { readonly credit: string | null, readonly url: string, readonly width: number | null, readonly height: number | null, readonly alt: string | null, readonly type: 'Image', readonly renditions: ReadonlyArray<{ readonly url: string, readonly width: number }> }
        | { readonly credit: string | null, readonly type: 'Infographic', readonly image: { readonly url: string, readonly width: number | null, readonly height: number | null, readonly alt: string | null } }
        | { readonly durationSeconds: number | null, readonly credit: string | null, readonly type: 'Video', readonly poster: { readonly url: string, readonly width: number | null, readonly height: number | null, readonly alt: string | null } | null }
       | null, readonly seo: { readonly image: { readonly url: string, readonly width: number | null, readonly height: number | null, readonly alt: string | null } | null } | null }> | null, readonly mostRead: ReadonlyArray<{ readonly id: string, readonly kind: ArticleKind, readonly url: string, readonly language: string, readonly direction: TextDirection, readonly kicker: string | null, readonly headline: string, readonly standfirst: string | null, readonly publishedAt: string, readonly breaking: boolean, readonly section: { readonly id: string, readonly name: string, readonly url: string, readonly path: string } | null, readonly lead:
        | { readonly credit: string | null, readonly type: 'Gallery' }
        | { readonly credit: string | null, readonly url: string, readonly width: number | null, readonly height: number | null, readonly alt: string | null, readonly type: 'Image', readonly renditions: ReadonlyArray<{ readonly url: string, readonly width: number }> }
        | { readonly credit: string | null, readonly type: 'Infographic', readonly image: { readonly url: string, readonly width: number | null, readonly height: number | null, readonly alt: string | null } }
        | { readonly durationSeconds: number | null, readonly credit: string | null, readonly type: 'Video', readonly poster: { readonly url: string, readonly width: number | null, readonly height: number | null, readonly alt: string | null } | null }
       | null, readonly seo: { readonly image: { readonly url: string, readonly width: number | null, readonly height: number | null, readonly alt: string | null } | null } | null }> | null } | null };

export type BandFragment = { readonly id: string, readonly name: string, readonly path: string, readonly url: string };

export type SectionPageFragment = { readonly id: string, readonly name: string, readonly description: string | null, readonly url: string, readonly path: string, readonly ancestors: ReadonlyArray<{ readonly id: string, readonly name: string, readonly url: string }> | null, readonly children: ReadonlyArray<{ readonly id: string, readonly name: string, readonly url: string }> | null, readonly translations: ReadonlyArray<{ readonly id: string, readonly url: string, readonly edition: { readonly id: string, readonly code: EditionCode } } | null> | null, readonly articles: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly kind: ArticleKind, readonly url: string, readonly language: string, readonly direction: TextDirection, readonly kicker: string | null, readonly headline: string, readonly standfirst: string | null, readonly publishedAt: string, readonly breaking: boolean, readonly section: { readonly id: string, readonly name: string, readonly url: string, readonly path: string } | null, readonly lead:
        | { readonly credit: string | null, readonly type: 'Gallery' }
        | { readonly credit: string | null, readonly url: string, readonly width: number | null, readonly height: number | null, readonly alt: string | null, readonly type: 'Image', readonly renditions: ReadonlyArray<{ readonly url: string, readonly width: number }> }
        | { readonly credit: string | null, readonly type: 'Infographic', readonly image: { readonly url: string, readonly width: number | null, readonly height: number | null, readonly alt: string | null } }
        | { readonly durationSeconds: number | null, readonly credit: string | null, readonly type: 'Video', readonly poster: { readonly url: string, readonly width: number | null, readonly height: number | null, readonly alt: string | null } | null }
       | null, readonly seo: { readonly image: { readonly url: string, readonly width: number | null, readonly height: number | null, readonly alt: string | null } | null } | null }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } | null };

export type TagPageFragment = { readonly id: string, readonly name: string, readonly url: string, readonly translations: ReadonlyArray<{ readonly id: string, readonly url: string, readonly edition: { readonly id: string, readonly code: EditionCode } } | null> | null, readonly articles: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly kind: ArticleKind, readonly url: string, readonly language: string, readonly direction: TextDirection, readonly kicker: string | null, readonly headline: string, readonly standfirst: string | null, readonly publishedAt: string, readonly breaking: boolean, readonly section: { readonly id: string, readonly name: string, readonly url: string, readonly path: string } | null, readonly lead:
        | { readonly credit: string | null, readonly type: 'Gallery' }
        | { readonly credit: string | null, readonly url: string, readonly width: number | null, readonly height: number | null, readonly alt: string | null, readonly type: 'Image', readonly renditions: ReadonlyArray<{ readonly url: string, readonly width: number }> }
        | { readonly credit: string | null, readonly type: 'Infographic', readonly image: { readonly url: string, readonly width: number | null, readonly height: number | null, readonly alt: string | null } }
        | { readonly durationSeconds: number | null, readonly credit: string | null, readonly type: 'Video', readonly poster: { readonly url: string, readonly width: number | null, readonly height: number | null, readonly alt: string | null } | null }
       | null, readonly seo: { readonly image: { readonly url: string, readonly width: number | null, readonly height: number | null, readonly alt: string | null } | null } | null }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } | null };

export type AuthorPageFragment = { readonly id: string, readonly name: string, readonly role: string | null, readonly bio: string | null, readonly url: string, readonly avatar: { readonly url: string, readonly width: number | null, readonly height: number | null, readonly alt: string | null } | null, readonly translations: ReadonlyArray<{ readonly id: string, readonly url: string, readonly edition: { readonly id: string, readonly code: EditionCode } } | null> | null, readonly articles: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly kind: ArticleKind, readonly url: string, readonly language: string, readonly direction: TextDirection, readonly kicker: string | null, readonly headline: string, readonly standfirst: string | null, readonly publishedAt: string, readonly breaking: boolean, readonly section: { readonly id: string, readonly name: string, readonly url: string, readonly path: string } | null, readonly lead:
        | { readonly credit: string | null, readonly type: 'Gallery' }
        | { readonly credit: string | null, readonly url: string, readonly width: number | null, readonly height: number | null, readonly alt: string | null, readonly type: 'Image', readonly renditions: ReadonlyArray<{ readonly url: string, readonly width: number }> }
        | { readonly credit: string | null, readonly type: 'Infographic', readonly image: { readonly url: string, readonly width: number | null, readonly height: number | null, readonly alt: string | null } }
        | { readonly durationSeconds: number | null, readonly credit: string | null, readonly type: 'Video', readonly poster: { readonly url: string, readonly width: number | null, readonly height: number | null, readonly alt: string | null } | null }
       | null, readonly seo: { readonly image: { readonly url: string, readonly width: number | null, readonly height: number | null, readonly alt: string | null } | null } | null }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } | null };

export type CardPageFragment = { readonly nodes: ReadonlyArray<{ readonly id: string, readonly kind: ArticleKind, readonly url: string, readonly language: string, readonly direction: TextDirection, readonly kicker: string | null, readonly headline: string, readonly standfirst: string | null, readonly publishedAt: string, readonly breaking: boolean, readonly section: { readonly id: string, readonly name: string, readonly url: string, readonly path: string } | null, readonly lead:
      | { readonly credit: string | null, readonly type: 'Gallery' }
      | { readonly credit: string | null, readonly url: string, readonly width: number | null, readonly height: number | null, readonly alt: string | null, readonly type: 'Image', readonly renditions: ReadonlyArray<{ readonly url: string, readonly width: number }> }
      | { readonly credit: string | null, readonly type: 'Infographic', readonly image: { readonly url: string, readonly width: number | null, readonly height: number | null, readonly alt: string | null } }
      | { readonly durationSeconds: number | null, readonly credit: string | null, readonly type: 'Video', readonly poster: { readonly url: string, readonly width: number | null, readonly height: number | null, readonly alt: string | null } | null }
     | null, readonly seo: { readonly image: { readonly url: string, readonly width: number | null, readonly height: number | null, readonly alt: string | null } | null } | null }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } };

export type PageQueryVariables = Exact<{
  edition: EditionCode;
  url: string;
  after?: string | null | undefined;
}>;


export type PageQuery = { readonly editions: ReadonlyArray<{ readonly id: string, readonly code: EditionCode, readonly name: string, readonly language: string, readonly direction: TextDirection, readonly locale: string, readonly timeZone: string, readonly url: string }>, readonly edition: { readonly tagline: string | null, readonly id: string, readonly code: EditionCode, readonly name: string, readonly language: string, readonly direction: TextDirection, readonly locale: string, readonly timeZone: string, readonly url: string, readonly live: { readonly title: string, readonly url: string, readonly isLive: boolean } | null, readonly links: ReadonlyArray<{ readonly label: string, readonly url: string, readonly rel: string | null }>, readonly navigation: ReadonlyArray<{ readonly label: string, readonly url: string | null, readonly live: boolean, readonly section: { readonly id: string, readonly path: string } | null, readonly children: ReadonlyArray<{ readonly label: string, readonly url: string | null, readonly section: { readonly id: string, readonly path: string } | null }> }> | null, readonly trending: ReadonlyArray<{ readonly id: string, readonly kind: ArticleKind, readonly url: string, readonly language: string, readonly direction: TextDirection, readonly kicker: string | null, readonly headline: string, readonly standfirst: string | null, readonly publishedAt: string, readonly breaking: boolean, readonly section: { readonly id: string, readonly name: string, readonly url: string, readonly path: string } | null, readonly lead:
        | { readonly credit: string | null, readonly type: 'Gallery' }
        | { readonly credit: string | null, readonly url: string, readonly width: number | null, readonly height: number | null, readonly alt: string | null, readonly type: 'Image', readonly renditions: ReadonlyArray<{ readonly url: string, readonly width: number }> }
        | { readonly credit: string | null, readonly type: 'Infographic', readonly image: { readonly url: string, readonly width: number | null, readonly height: number | null, readonly alt: string | null } }
        | { readonly durationSeconds: number | null, readonly credit: string | null, readonly type: 'Video', readonly poster: { readonly url: string, readonly width: number | null, readonly height: number | null, readonly alt: string | null } | null }
       | null, readonly seo: { readonly image: { readonly url: string, readonly width: number | null, readonly height: number | null, readonly alt: string | null } | null } | null }> | null, readonly mostRead: ReadonlyArray<{ readonly id: string, readonly kind: ArticleKind, readonly url: string, readonly language: string, readonly direction: TextDirection, readonly kicker: string | null, readonly headline: string, readonly standfirst: string | null, readonly publishedAt: string, readonly breaking: boolean, readonly section: { readonly id: string, readonly name: string, readonly url: string, readonly path: string } | null, readonly lead:
        | { readonly credit: string | null, readonly type: 'Gallery' }
        | { readonly credit: string | null, readonly url: string, readonly width: number | null, readonly height: number | null, readonly alt: string | null, readonly type: 'Image', readonly renditions: ReadonlyArray<{ readonly url: string, readonly width: number }> }
        | { readonly credit: string | null, readonly type: 'Infographic', readonly image: { readonly url: string, readonly width: number | null, readonly height: number | null, readonly alt: string | null } }
        | { readonly durationSeconds: number | null, readonly credit: string | null, readonly type: 'Video', readonly poster: { readonly url: string, readonly width: number | null, readonly height: number | null, readonly alt: string | null } | null }
       | null, readonly seo: { readonly image: { readonly url: string, readonly width: number | null, readonly height: number | null, readonly alt: string | null } | null } | null }> | null } | null, readonly route: { readonly status: RouteStatus, readonly url: string, readonly node:
      | { readonly id: string, readonly kind: ArticleKind, readonly slug: string, readonly url: string, readonly language: string, readonly direction: TextDirection, readonly kicker: string | null, readonly headline: string, readonly standfirst: string | null, readonly byline: string | null, readonly publishedAt: string, readonly updatedAt: string, readonly breaking: boolean, readonly wordCount: number | null, readonly readingMinutes: number | null, readonly excerpt: string | null, readonly type: 'Article', readonly breadcrumbs: ReadonlyArray<{ readonly label: string, readonly url: string, readonly section: { readonly id: string } | null }> | null, readonly section: { readonly id: string, readonly name: string, readonly path: string, readonly url: string } | null, readonly authors: ReadonlyArray<{ readonly id: string, readonly kind: AuthorKind, readonly name: string, readonly role: string | null, readonly url: string, readonly avatar: { readonly url: string, readonly width: number | null, readonly height: number | null } | null }> | null, readonly sources: ReadonlyArray<{ readonly name: string, readonly url: string | null }>, readonly engagement: { readonly shares: number | null } | null, readonly lead:
          | { readonly caption: string | null, readonly credit: string | null, readonly type: 'Gallery', readonly images: ReadonlyArray<{ readonly caption: string | null, readonly credit: string | null, readonly url: string, readonly width: number | null, readonly height: number | null, readonly alt: string | null, readonly renditions: ReadonlyArray<{ readonly url: string, readonly width: number }> }> }
          | { readonly caption: string | null, readonly credit: string | null, readonly url: string, readonly width: number | null, readonly height: number | null, readonly alt: string | null, readonly type: 'Image', readonly renditions: ReadonlyArray<{ readonly url: string, readonly width: number }> }
          | { readonly caption: string | null, readonly credit: string | null, readonly type: 'Infographic', readonly image: { readonly url: string, readonly width: number | null, readonly height: number | null, readonly alt: string | null, readonly renditions: ReadonlyArray<{ readonly url: string, readonly width: number }> } }
          | { readonly url: string, readonly durationSeconds: number | null, readonly caption: string | null, readonly credit: string | null, readonly type: 'Video', readonly sources: ReadonlyArray<{ readonly url: string, readonly mimeType: string }>, readonly poster: { readonly url: string, readonly width: number | null, readonly height: number | null, readonly alt: string | null, readonly renditions: ReadonlyArray<{ readonly url: string, readonly width: number }> } | null }
         | null, readonly body: ReadonlyArray<
          | { readonly provider: string, readonly url: string, readonly title: string | null, readonly html: string, readonly type: 'Embed' }
          | { readonly html: string, readonly type: 'Figure', readonly media:
              | { readonly caption: string | null, readonly credit: string | null, readonly type: 'Gallery', readonly images: ReadonlyArray<{ readonly caption: string | null, readonly credit: string | null, readonly url: string, readonly width: number | null, readonly height: number | null, readonly alt: string | null, readonly renditions: ReadonlyArray<{ readonly url: string, readonly width: number }> }> }
              | { readonly caption: string | null, readonly credit: string | null, readonly url: string, readonly width: number | null, readonly height: number | null, readonly alt: string | null, readonly type: 'Image', readonly renditions: ReadonlyArray<{ readonly url: string, readonly width: number }> }
              | { readonly caption: string | null, readonly credit: string | null, readonly type: 'Infographic', readonly image: { readonly url: string, readonly width: number | null, readonly height: number | null, readonly alt: string | null, readonly renditions: ReadonlyArray<{ readonly url: string, readonly width: number }> } }
              | { readonly url: string, readonly durationSeconds: number | null, readonly caption: string | null, readonly credit: string | null, readonly type: 'Video', readonly sources: ReadonlyArray<{ readonly url: string, readonly mimeType: string }>, readonly poster: { readonly url: string, readonly width: number | null, readonly height: number | null, readonly alt: string | null, readonly renditions: ReadonlyArray<{ readonly url: string, readonly width: number }> } | null }
             | null }
          | { readonly level: number, readonly text: string, readonly anchor: string, readonly html: string, readonly type: 'Heading' }
          | { readonly html: string, readonly type: 'HtmlBlock' }
          | { readonly html: string, readonly type: 'ListBlock' }
          | { readonly html: string, readonly type: 'Paragraph' }
          | { readonly text: string, readonly attribution: string | null, readonly html: string, readonly type: 'Quote' }
          | { readonly label: string, readonly url: string, readonly html: string, readonly type: 'ReadMore', readonly article: { readonly id: string, readonly headline: string, readonly url: string, readonly language: string, readonly direction: TextDirection } | null }
        > | null, readonly tags: ReadonlyArray<{ readonly id: string, readonly name: string, readonly url: string }> | null, readonly corrections: ReadonlyArray<{ readonly text: string, readonly correctedAt: string }> | null, readonly rights: { readonly holder: string | null, readonly usageTerms: string | null }, readonly seo: { readonly title: string, readonly description: string | null, readonly canonicalUrl: string, readonly noIndex: boolean, readonly image: { readonly url: string, readonly width: number | null, readonly height: number | null, readonly alt: string | null } | null } | null, readonly related: ReadonlyArray<{ readonly id: string, readonly kind: ArticleKind, readonly url: string, readonly language: string, readonly direction: TextDirection, readonly kicker: string | null, readonly headline: string, readonly standfirst: string | null, readonly publishedAt: string, readonly breaking: boolean, readonly section: { readonly id: string, readonly name: string, readonly url: string, readonly path: string } | null, readonly lead:
            | { readonly credit: string | null, readonly type: 'Gallery' }
            | { readonly credit: string | null, readonly url: string, readonly width: number | null, readonly height: number | null, readonly alt: string | null, readonly type: 'Image', readonly renditions: ReadonlyArray<{ readonly url: string, readonly width: number }> }
            | { readonly credit: string | null, readonly type: 'Infographic', readonly image: { readonly url: string, readonly width: number | null, readonly height: number | null, readonly alt: string | null } }
            | { readonly durationSeconds: number | null, readonly credit: string | null, readonly type: 'Video', readonly poster: { readonly url: string, readonly width: number | null, readonly height: number | null, readonly alt: string | null } | null }
           | null, readonly seo: { readonly image: { readonly url: string, readonly width: number | null, readonly height: number | null, readonly alt: string | null } | null } | null }> | null, readonly translations: ReadonlyArray<{ readonly id: string, readonly url: string, readonly headline: string, readonly language: string, readonly direction: TextDirection, readonly edition: { readonly id: string, readonly code: EditionCode } } | null> | null }
      | { readonly id: string, readonly name: string, readonly role: string | null, readonly bio: string | null, readonly url: string, readonly type: 'Author', readonly avatar: { readonly url: string, readonly width: number | null, readonly height: number | null, readonly alt: string | null } | null, readonly translations: ReadonlyArray<{ readonly id: string, readonly url: string, readonly edition: { readonly id: string, readonly code: EditionCode } } | null> | null, readonly articles: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly kind: ArticleKind, readonly url: string, readonly language: string, readonly direction: TextDirection, readonly kicker: string | null, readonly headline: string, readonly standfirst: string | null, readonly publishedAt: string, readonly breaking: boolean, readonly section: { readonly id: string, readonly name: string, readonly url: string, readonly path: string } | null, readonly lead:
              | { readonly credit: string | null, readonly type: 'Gallery' }
              | { readonly credit: string | null, readonly url: string, readonly width: number | null, readonly height: number | null, readonly alt: string | null, readonly type: 'Image', readonly renditions: ReadonlyArray<{ readonly url: string, readonly width: number }> }
              | { readonly credit: string | null, readonly type: 'Infographic', readonly image: { readonly url: string, readonly width: number | null, readonly height: number | null, readonly alt: string | null } }
              | { readonly durationSeconds: number | null, readonly credit: string | null, readonly type: 'Video', readonly poster: { readonly url: string, readonly width: number | null, readonly height: number | null, readonly alt: string | null } | null }
             | null, readonly seo: { readonly image: { readonly url: string, readonly width: number | null, readonly height: number | null, readonly alt: string | null } | null } | null }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } | null }
      | { readonly id: string, readonly type: 'Edition' }
      | { readonly id: string, readonly name: string, readonly description: string | null, readonly url: string, readonly path: string, readonly type: 'Section', readonly ancestors: ReadonlyArray<{ readonly id: string, readonly name: string, readonly url: string }> | null, readonly children: ReadonlyArray<{ readonly id: string, readonly name: string, readonly url: string }> | null, readonly translations: ReadonlyArray<{ readonly id: string, readonly url: string, readonly edition: { readonly id: string, readonly code: EditionCode } } | null> | null, readonly articles: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly kind: ArticleKind, readonly url: string, readonly language: string, readonly direction: TextDirection, readonly kicker: string | null, readonly headline: string, readonly standfirst: string | null, readonly publishedAt: string, readonly breaking: boolean, readonly section: { readonly id: string, readonly name: string, readonly url: string, readonly path: string } | null, readonly lead:
              | { readonly credit: string | null, readonly type: 'Gallery' }
              | { readonly credit: string | null, readonly url: string, readonly width: number | null, readonly height: number | null, readonly alt: string | null, readonly type: 'Image', readonly renditions: ReadonlyArray<{ readonly url: string, readonly width: number }> }
              | { readonly credit: string | null, readonly type: 'Infographic', readonly image: { readonly url: string, readonly width: number | null, readonly height: number | null, readonly alt: string | null } }
              | { readonly durationSeconds: number | null, readonly credit: string | null, readonly type: 'Video', readonly poster: { readonly url: string, readonly width: number | null, readonly height: number | null, readonly alt: string | null } | null }
             | null, readonly seo: { readonly image: { readonly url: string, readonly width: number | null, readonly height: number | null, readonly alt: string | null } | null } | null }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } | null }
      | { readonly id: string, readonly name: string, readonly url: string, readonly type: 'Tag', readonly translations: ReadonlyArray<{ readonly id: string, readonly url: string, readonly edition: { readonly id: string, readonly code: EditionCode } } | null> | null, readonly articles: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly kind: ArticleKind, readonly url: string, readonly language: string, readonly direction: TextDirection, readonly kicker: string | null, readonly headline: string, readonly standfirst: string | null, readonly publishedAt: string, readonly breaking: boolean, readonly section: { readonly id: string, readonly name: string, readonly url: string, readonly path: string } | null, readonly lead:
              | { readonly credit: string | null, readonly type: 'Gallery' }
              | { readonly credit: string | null, readonly url: string, readonly width: number | null, readonly height: number | null, readonly alt: string | null, readonly type: 'Image', readonly renditions: ReadonlyArray<{ readonly url: string, readonly width: number }> }
              | { readonly credit: string | null, readonly type: 'Infographic', readonly image: { readonly url: string, readonly width: number | null, readonly height: number | null, readonly alt: string | null } }
              | { readonly durationSeconds: number | null, readonly credit: string | null, readonly type: 'Video', readonly poster: { readonly url: string, readonly width: number | null, readonly height: number | null, readonly alt: string | null } | null }
             | null, readonly seo: { readonly image: { readonly url: string, readonly width: number | null, readonly height: number | null, readonly alt: string | null } | null } | null }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } | null }
     | null } | null };

export type RecordEngagementMutationVariables = Exact<{
  input: RecordEngagementInput;
}>;


export type RecordEngagementMutation = { readonly recordEngagement: { readonly article: { readonly id: string, readonly url: string, readonly headline: string } | null } };

export type SearchQueryVariables = Exact<{
  edition: EditionCode;
  query: string;
  after?: string | null | undefined;
}>;


export type SearchQuery = { readonly editions: ReadonlyArray<{ readonly id: string, readonly code: EditionCode, readonly name: string, readonly language: string, readonly direction: TextDirection, readonly locale: string, readonly timeZone: string, readonly url: string }>, readonly edition: { readonly tagline: string | null, readonly id: string, readonly code: EditionCode, readonly name: string, readonly language: string, readonly direction: TextDirection, readonly locale: string, readonly timeZone: string, readonly url: string, readonly search: { readonly totalCount: number | null, readonly edges: ReadonlyArray<{ readonly snippetHtml: string | null, readonly node: { readonly id: string, readonly kind: ArticleKind, readonly url: string, readonly language: string, readonly direction: TextDirection, readonly kicker: string | null, readonly headline: string, readonly standfirst: string | null, readonly publishedAt: string, readonly breaking: boolean, readonly section: { readonly id: string, readonly name: string, readonly url: string, readonly path: string } | null, readonly lead:
            | { readonly credit: string | null, readonly type: 'Gallery' }
            | { readonly credit: string | null, readonly url: string, readonly width: number | null, readonly height: number | null, readonly alt: string | null, readonly type: 'Image', readonly renditions: ReadonlyArray<{ readonly url: string, readonly width: number }> }
            | { readonly credit: string | null, readonly type: 'Infographic', readonly image: { readonly url: string, readonly width: number | null, readonly height: number | null, readonly alt: string | null } }
            | { readonly durationSeconds: number | null, readonly credit: string | null, readonly type: 'Video', readonly poster: { readonly url: string, readonly width: number | null, readonly height: number | null, readonly alt: string | null } | null }
           | null, readonly seo: { readonly image: { readonly url: string, readonly width: number | null, readonly height: number | null, readonly alt: string | null } | null } | null } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } | null, readonly live: { readonly title: string, readonly url: string, readonly isLive: boolean } | null, readonly links: ReadonlyArray<{ readonly label: string, readonly url: string, readonly rel: string | null }>, readonly navigation: ReadonlyArray<{ readonly label: string, readonly url: string | null, readonly live: boolean, readonly section: { readonly id: string, readonly path: string } | null, readonly children: ReadonlyArray<{ readonly label: string, readonly url: string | null, readonly section: { readonly id: string, readonly path: string } | null }> }> | null, readonly trending: ReadonlyArray<{ readonly id: string, readonly kind: ArticleKind, readonly url: string, readonly language: string, readonly direction: TextDirection, readonly kicker: string | null, readonly headline: string, readonly standfirst: string | null, readonly publishedAt: string, readonly breaking: boolean, readonly section: { readonly id: string, readonly name: string, readonly url: string, readonly path: string } | null, readonly lead:
        | { readonly credit: string | null, readonly type: 'Gallery' }
        | { readonly credit: string | null, readonly url: string, readonly width: number | null, readonly height: number | null, readonly alt: string | null, readonly type: 'Image', readonly renditions: ReadonlyArray<{ readonly url: string, readonly width: number }> }
        | { readonly credit: string | null, readonly type: 'Infographic', readonly image: { readonly url: string, readonly width: number | null, readonly height: number | null, readonly alt: string | null } }
        | { readonly durationSeconds: number | null, readonly credit: string | null, readonly type: 'Video', readonly poster: { readonly url: string, readonly width: number | null, readonly height: number | null, readonly alt: string | null } | null }
       | null, readonly seo: { readonly image: { readonly url: string, readonly width: number | null, readonly height: number | null, readonly alt: string | null } | null } | null }> | null, readonly mostRead: ReadonlyArray<{ readonly id: string, readonly kind: ArticleKind, readonly url: string, readonly language: string, readonly direction: TextDirection, readonly kicker: string | null, readonly headline: string, readonly standfirst: string | null, readonly publishedAt: string, readonly breaking: boolean, readonly section: { readonly id: string, readonly name: string, readonly url: string, readonly path: string } | null, readonly lead:
        | { readonly credit: string | null, readonly type: 'Gallery' }
        | { readonly credit: string | null, readonly url: string, readonly width: number | null, readonly height: number | null, readonly alt: string | null, readonly type: 'Image', readonly renditions: ReadonlyArray<{ readonly url: string, readonly width: number }> }
        | { readonly credit: string | null, readonly type: 'Infographic', readonly image: { readonly url: string, readonly width: number | null, readonly height: number | null, readonly alt: string | null } }
        | { readonly durationSeconds: number | null, readonly credit: string | null, readonly type: 'Video', readonly poster: { readonly url: string, readonly width: number | null, readonly height: number | null, readonly alt: string | null } | null }
       | null, readonly seo: { readonly image: { readonly url: string, readonly width: number | null, readonly height: number | null, readonly alt: string | null } | null } | null }> | null } | null };
