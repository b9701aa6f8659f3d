import type { Detail } from '../../content/detail.ts';
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

const words = (text: string): readonly string[] => text.split(' ');

const PLAIN = words(
  'id edition kind slug path language kicker headline standfirst byline author_ids section_ids tag_ids published_at updated_at breaking breaking_until syndication embargoed_until expires_at withdrawn_at',
);
const CARD = [...PLAIN, ...words('version lead word_count translation_group')];
const WHOLE = [...CARD, ...words('sources media corrections rights_holder usage_terms seo')];

const formerPathsSql = (article: string): string => `ARRAY(
    SELECT former.value FROM addresses former
    WHERE former.article_id = ${article}.id AND former.form = 'path' AND NOT former.is_current
    ORDER BY former.since DESC, former.value
  ) AS former_paths`;

const listSql = (article: string, columns: readonly string[]): string =>
  columns.map((column) => `${article}.${column}`).join(', ');

/**
 * The select list of an article under the alias `article`: whole, everything a reader of it may need but its body. Half of the
 * columns of twenty rows are a tenth of what a page costs: each is named, sent, cut out and read whether or not anybody asks.
 */
export const articleColumnsSql = (article: string, detail: Detail = 'whole'): string => {
  if (detail === 'plain') return listSql(article, PLAIN);
  return detail === 'card'
    ? listSql(article, CARD)
    : `${listSql(article, WHOLE)},
  ${formerPathsSql(article)}`;
};

const instantOf = (date: Date | null | undefined) => date?.getTime() ?? null;

/** An article as the gateway knows it; without what its row was read without. */
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
