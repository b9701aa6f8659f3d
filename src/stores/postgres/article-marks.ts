/** An entry of an index holds 2,700 bytes: more tags than these are looked up. */
const MOST_INDEXED_TAGS = 100;

/** SQL of what article `a` is weighed by: `Candidates.marks` of one, the section's first. */
export const marksSql = (article: string): string => `article_marks(${article}.section_ids, ${article}.tag_ids)`;

/** SQL that is true for an article whose marks an index may hold. */
export const isIndexedSql = (article: string): string => `cardinality(${article}.tag_ids) <= ${MOST_INDEXED_TAGS}`;

/** SQL of what `memberships.marks` says of it; null: look it up. */
export const indexedMarksSql = (article: string): string =>
  `CASE WHEN ${isIndexedSql(article)} THEN ${marksSql(article)} END`;
