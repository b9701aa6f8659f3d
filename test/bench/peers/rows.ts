/** An article as the statements give it. */
export interface ArticleRow {
  readonly id: string;
  readonly edition: string;
  readonly kind: string;
  readonly path: string;
  readonly kicker: string | null;
  readonly headline: string;
  readonly standfirst: string | null;
  readonly published_at: Date;
  readonly updated_at: Date;
  readonly author_ids: readonly string[];
  readonly section_ids: readonly string[];
  readonly tag_ids: readonly string[];
}

/** A block of an article's text. */
export interface Block {
  readonly html: string;
}

/** Something with a name that articles hang on. */
export interface NamedRow {
  readonly id: string;
  readonly edition: string;
  readonly name: string;
  /** Of a section. */
  readonly path?: string;
}
