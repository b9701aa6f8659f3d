/** An article as the lists of this example show it. */
export interface ListedArticle {
  readonly id: string;
  readonly headline: string;
  readonly publishedAt: string;
  readonly updatedAt: string;
}

/** A page of a list, or all pages of it that were fetched so far. */
export interface Page {
  readonly edges: readonly { readonly cursor: string; readonly node: ListedArticle }[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
}

/** What `LATEST` gives. */
export interface LatestData {
  readonly edition: { readonly id: string; readonly articles: Page | null } | null;
}

/** What `SECTION` gives. */
export interface SectionData {
  readonly edition: {
    readonly id: string;
    readonly section: { readonly id: string; readonly name: string; readonly articles: Page | null } | null;
  } | null;
}

/** What `SEARCH` gives. */
export interface SearchData {
  readonly edition: { readonly id: string; readonly search: Page | null } | null;
}

/** Which part of a list: `first` and `after` read forwards, `last` and `before` backwards. */
export interface Slice {
  readonly first?: number;
  readonly after?: string | null;
  readonly last?: number;
  readonly before?: string | null;
}

/** What `LATEST` is asked with. */
export interface LatestVariables extends Slice {
  readonly edition: 'EN' | 'AR' | 'ES';
  readonly filter?: Readonly<Record<string, unknown>>;
  readonly orderBy?: 'PUBLISHED_DESC' | 'PUBLISHED_ASC' | 'UPDATED_DESC';
}
