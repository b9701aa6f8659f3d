/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
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

/** The way a text runs on its lines. Values may be added: keep a default branch. */
export type TextDirection =
  /** Left to right: English, Spanish. */
  | 'LTR'
  /** Right to left: Arabic. */
  | 'RTL';

export type ArticleTextQueryVariables = Exact<{
  edition: EditionCode;
  slug: string;
}>;


export type ArticleTextQuery = { edition: { id: string, article: { id: string, language: string, direction: TextDirection, headline: string, standfirst: string | null, excerpt: string | null, body: Array<
        | { __typename: 'Embed', provider: string, url: string, title: string | null, html: string }
        | { __typename: 'Figure', html: string, media:
            | { __typename: 'Gallery', caption: string | null, credit: string | null }
            | { __typename: 'Image', url: string, width: number | null, height: number | null, alt: string | null, caption: string | null, credit: string | null }
            | { __typename: 'Infographic', caption: string | null, credit: string | null }
            | { __typename: 'Video', caption: string | null, credit: string | null }
           | null }
        | { __typename: 'Heading', level: number, text: string, anchor: string, html: string }
        | { __typename: 'HtmlBlock', html: string }
        | { __typename: 'ListBlock', html: string }
        | { __typename: 'Paragraph', html: string }
        | { __typename: 'Quote', text: string, attribution: string | null, html: string }
        | { __typename: 'ReadMore', label: string, url: string, html: string, article: { id: string, headline: string, url: string } | null }
      > | null } | null } | null };

type Block_Embed_Fragment = { __typename: 'Embed', provider: string, url: string, title: string | null, html: string };

type Block_Figure_Fragment = { __typename: 'Figure', html: string, media:
    | { __typename: 'Gallery', caption: string | null, credit: string | null }
    | { __typename: 'Image', url: string, width: number | null, height: number | null, alt: string | null, caption: string | null, credit: string | null }
    | { __typename: 'Infographic', caption: string | null, credit: string | null }
    | { __typename: 'Video', caption: string | null, credit: string | null }
   | null };

type Block_Heading_Fragment = { __typename: 'Heading', level: number, text: string, anchor: string, html: string };

type Block_HtmlBlock_Fragment = { __typename: 'HtmlBlock', html: string };

type Block_ListBlock_Fragment = { __typename: 'ListBlock', html: string };

type Block_Paragraph_Fragment = { __typename: 'Paragraph', html: string };

type Block_Quote_Fragment = { __typename: 'Quote', text: string, attribution: string | null, html: string };

type Block_ReadMore_Fragment = { __typename: 'ReadMore', label: string, url: string, html: string, article: { id: string, headline: string, url: string } | null };

export type BlockFragment =
  | Block_Embed_Fragment
  | Block_Figure_Fragment
  | Block_Heading_Fragment
  | Block_HtmlBlock_Fragment
  | Block_ListBlock_Fragment
  | Block_Paragraph_Fragment
  | Block_Quote_Fragment
  | Block_ReadMore_Fragment
;

type Picture_Gallery_Fragment = { __typename: 'Gallery', caption: string | null, credit: string | null };

type Picture_Image_Fragment = { __typename: 'Image', url: string, width: number | null, height: number | null, alt: string | null, caption: string | null, credit: string | null };

type Picture_Infographic_Fragment = { __typename: 'Infographic', caption: string | null, credit: string | null };

type Picture_Video_Fragment = { __typename: 'Video', caption: string | null, credit: string | null };

export type PictureFragment =
  | Picture_Gallery_Fragment
  | Picture_Image_Fragment
  | Picture_Infographic_Fragment
  | Picture_Video_Fragment
;

export type FrontPageQueryVariables = Exact<{
  edition: EditionCode;
  perSection?: number | null | undefined;
}>;


export type FrontPageQuery = { edition: { id: string, name: string, language: string, locale: string, direction: TextDirection, timeZone: string, articles: { nodes: Array<{ id: string, kind: ArticleKind, headline: string, url: string, publishedAt: string, breaking: boolean }> } | null, sections: Array<{ id: string, name: string, articles: { nodes: Array<{ id: string, kind: ArticleKind, headline: string, url: string, publishedAt: string, breaking: boolean }> } | null }> | null, trending: Array<{ id: string, kind: ArticleKind, headline: string, url: string, publishedAt: string, breaking: boolean }> | null } | null };

export type CardFragment = { id: string, kind: ArticleKind, headline: string, url: string, publishedAt: string, breaking: boolean };

export class TypedDocumentString<TResult, TVariables>
  extends String
  implements DocumentTypeDecoration<TResult, TVariables>
{
  __apiType?: NonNullable<DocumentTypeDecoration<TResult, TVariables>['__apiType']>;
  private value: string;
  public __meta__?: Record<string, any> | undefined;

  constructor(value: string, __meta__?: Record<string, any> | undefined) {
    super(value);
    this.value = value;
    this.__meta__ = __meta__;
  }

  override toString(): string & DocumentTypeDecoration<TResult, TVariables> {
    return this.value;
  }
}
export const PictureFragmentDoc = new TypedDocumentString(`
    fragment Picture on Media {
  __typename
  caption
  credit
  ... on Image {
    url
    width
    height
    alt
  }
}
    `, {"fragmentName":"Picture"}) as unknown as TypedDocumentString<PictureFragment, unknown>;
export const BlockFragmentDoc = new TypedDocumentString(`
    fragment Block on BodyBlock {
  __typename
  html
  ... on Heading {
    level
    text
    anchor
  }
  ... on Quote {
    text
    attribution
  }
  ... on Figure {
    media {
      ...Picture
    }
  }
  ... on ReadMore {
    label
    url
    article {
      id
      headline
      url
    }
  }
  ... on Embed {
    provider
    url
    title
  }
}
    fragment Picture on Media {
  __typename
  caption
  credit
  ... on Image {
    url
    width
    height
    alt
  }
}`, {"fragmentName":"Block"}) as unknown as TypedDocumentString<BlockFragment, unknown>;
export const CardFragmentDoc = new TypedDocumentString(`
    fragment Card on Article {
  id
  kind
  headline
  url
  publishedAt
  breaking
}
    `, {"fragmentName":"Card"}) as unknown as TypedDocumentString<CardFragment, unknown>;
export const ArticleTextDocument = new TypedDocumentString(`
    query ArticleText($edition: EditionCode!, $slug: String!) {
  edition(code: $edition) {
    id
    article(slug: $slug) {
      id
      language
      direction
      headline
      standfirst
      excerpt
      body {
        ...Block
      }
    }
  }
}
    fragment Block on BodyBlock {
  __typename
  html
  ... on Heading {
    level
    text
    anchor
  }
  ... on Quote {
    text
    attribution
  }
  ... on Figure {
    media {
      ...Picture
    }
  }
  ... on ReadMore {
    label
    url
    article {
      id
      headline
      url
    }
  }
  ... on Embed {
    provider
    url
    title
  }
}
fragment Picture on Media {
  __typename
  caption
  credit
  ... on Image {
    url
    width
    height
    alt
  }
}`) as unknown as TypedDocumentString<ArticleTextQuery, ArticleTextQueryVariables>;
export const FrontPageDocument = new TypedDocumentString(`
    query FrontPage($edition: EditionCode!, $perSection: Int = 3) {
  edition(code: $edition) {
    id
    name
    language
    locale
    direction
    timeZone
    articles(first: 5) {
      nodes {
        ...Card
      }
    }
    sections {
      id
      name
      articles(first: $perSection) {
        nodes {
          ...Card
        }
      }
    }
    trending(first: 3) {
      ...Card
    }
  }
}
    fragment Card on Article {
  id
  kind
  headline
  url
  publishedAt
  breaking
}`) as unknown as TypedDocumentString<FrontPageQuery, FrontPageQueryVariables>;