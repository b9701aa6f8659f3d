import type { EditionCode } from '../../content/edition.ts';
import type {
  Article,
  ArticleKind,
  Correction,
  SeoOverrides,
  Source,
  SyndicationRight,
} from '../../content/entities.ts';
import type { ArticleId, AuthorId, SectionId, TagId } from '../../content/ids.ts';
import type { Media } from '../../content/media.ts';
import type { Row } from '../../database/database.ts';

/** An article's row as `articleColumnsSql` selects it: all but the body. */
export interface ArticleRow extends Row {
  readonly id: ArticleId;
  readonly edition: EditionCode;
  readonly kind: ArticleKind;
  readonly slug: string;
  readonly path: string;
  readonly language: string | null;
  readonly kicker: string | null;
  readonly headline: string;
  readonly standfirst: string | null;
  readonly byline: string | null;
  readonly author_ids: readonly AuthorId[];
  readonly section_ids: readonly SectionId[];
  readonly tag_ids: readonly TagId[];
  readonly sources: readonly Source[];
  readonly published_at: Date;
  readonly updated_at: Date;
  readonly version: number;
  readonly breaking: boolean;
  readonly breaking_until: Date | null;
  readonly lead: Media | null;
  readonly media: readonly Media[];
  readonly word_count: number;
  readonly corrections: readonly Correction[];
  readonly syndication: SyndicationRight;
  readonly rights_holder: string | null;
  readonly usage_terms: string | null;
  readonly embargoed_until: Date | null;
  readonly expires_at: Date | null;
  readonly seo: SeoOverrides | null;
  readonly translation_group: string | null;
  readonly withdrawn_at: Date | null;
  readonly former_paths: readonly string[];
}

const COLUMNS =
  'id edition kind slug path language kicker headline standfirst byline author_ids section_ids tag_ids sources published_at updated_at version breaking breaking_until lead media word_count corrections syndication rights_holder usage_terms embargoed_until expires_at seo translation_group withdrawn_at'.split(
    ' ',
  );

/** The select list of an article under the alias `article`: everything a reader of it may need but its body. */
export const articleColumnsSql = (article: string): string =>
  `${COLUMNS.map((column) => `${article}.${column}`).join(', ')},
  ARRAY(
    SELECT former.value FROM addresses former
    WHERE former.article_id = ${article}.id AND former.form = 'path' AND NOT former.is_current
    ORDER BY former.since DESC, former.value
  ) AS former_paths`;

const instantOf = (date: Date | null) => date?.getTime() ?? null;

/** An article as the gateway knows it. */
export const mapArticle = (row: ArticleRow): Article => ({
  id: row.id,
  edition: row.edition,
  kind: row.kind,
  slug: row.slug,
  path: row.path,
  language: row.language,
  kicker: row.kicker,
  headline: row.headline,
  standfirst: row.standfirst,
  byline: row.byline,
  authorIds: row.author_ids,
  sectionIds: row.section_ids,
  tagIds: row.tag_ids,
  sources: row.sources,
  publishedAt: row.published_at.getTime(),
  updatedAt: row.updated_at.getTime(),
  version: row.version,
  breaking: row.breaking,
  breakingUntil: instantOf(row.breaking_until),
  lead: row.lead,
  media: row.media,
  wordCount: row.word_count,
  corrections: row.corrections,
  rights: {
    syndication: row.syndication,
    holder: row.rights_holder,
    usageTerms: row.usage_terms,
    embargoedUntil: instantOf(row.embargoed_until),
    expiresAt: instantOf(row.expires_at),
  },
  formerPaths: row.former_paths,
  seo: row.seo,
  translationGroup: row.translation_group,
  withdrawnAt: instantOf(row.withdrawn_at),
});
