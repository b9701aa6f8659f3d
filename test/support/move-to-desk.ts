import type { BodyBlock } from '../../src/content/body.ts';
import type { EditionCode } from '../../src/content/edition.ts';
import type { ArticleId } from '../../src/content/ids.ts';
import type { Database, Row } from '../../src/database/database.ts';
import { createPostgresStores } from '../../src/stores/postgres/postgres-stores.ts';
import type { Desk } from './desk-source.ts';

interface KeyRow extends Row {
  readonly id: ArticleId;
  readonly source_id: string;
}

interface NamedEntity extends Row {
  readonly id: string;
}

const htmlOf = (blocks: readonly BodyBlock[]): string =>
  blocks
    .map((block) => {
      if (block.type === 'ReadMore') return `<p class="read-more"><a href="${block.url}">${block.label}</a></p>`;
      if (block.type === 'Embed')
        return `<figure><iframe src="${block.url}"></iframe><figcaption>${block.title ?? ''}</figcaption></figure>`;
      return block.html;
    })
    .join('\n');

/** Saves at `desk` everything that the database holds of an edition, by the same names. */
export const moveToDesk = async (database: Database, edition: EditionCode, desk: Desk): Promise<void> => {
  const { articles, taxonomy } = createPostgresStores(database);
  const keys = await database.query<KeyRow>(
    'SELECT id, source_id FROM articles WHERE edition = $1 AND withdrawn_at IS NULL',
    [edition],
  );
  const idsOf = async (table: string): Promise<readonly string[]> =>
    (await database.query<NamedEntity>(`SELECT id FROM ${table} WHERE edition = $1`, [edition])).map(({ id }) => id);
  const sections = await taxonomy.sections([edition]);
  const tags = await taxonomy.tagsByIds((await idsOf('tags')) as never);
  const authors = await taxonomy.authorsByIds((await idsOf('authors')) as never);
  const byDepth = sections.toSorted((a, b) => a.path.split('/').length - b.path.split('/').length);
  for (const { kind, path, name, description, position, translationGroup } of byDepth)
    desk.putSection({ kind, path, name, description, position, translationGroup });
  for (const { slug, name, translationGroup } of tags) desk.putTag({ slug, name, translationGroup });
  for (const { id: _id, edition: _edition, ...author } of authors) desk.putAuthor(author);
  const [live] = await taxonomy.liveStreams([edition]);
  if (live !== undefined) {
    const { edition: _edition, ...stream } = live;
    desk.setLive(stream);
  }

  const ids = keys.map(({ id }) => id);
  const bodies = new Map((await articles.bodies(ids)).map(({ id, blocks }) => [id, blocks]));
  const sourceIds = new Map(keys.map((row) => [row.id, row.source_id]));
  const pathOf = new Map(sections.map(({ id, path }) => [id, path]));
  const tagSlugs = new Map(tags.map(({ id, slug }) => [id, slug]));
  const authorSlugs = new Map(authors.map(({ id, slug }) => [id, slug]));
  for (const article of await articles.byIds(ids)) {
    const { id, sectionIds, tagIds, authorIds, formerPaths, updatedAt, ...rest } = article;
    desk.put(sourceIds.get(id) ?? '', {
      kind: rest.kind,
      slug: rest.slug,
      language: rest.language,
      kicker: rest.kicker,
      headline: rest.headline,
      standfirst: rest.standfirst,
      byline: rest.byline,
      publishedAt: rest.publishedAt,
      modifiedAt: updatedAt,
      sectionPaths: sectionIds.map((one) => pathOf.get(one) ?? ''),
      tagSlugs: tagIds.map((one) => tagSlugs.get(one) ?? ''),
      authorSlugs: authorIds.map((one) => authorSlugs.get(one) ?? ''),
      sources: rest.sources,
      lead: rest.lead,
      media: rest.media,
      html: htmlOf(bodies.get(id) ?? []),
      corrections: rest.corrections,
      rights: rest.rights,
      breaking: rest.breaking,
      breakingUntil: rest.breakingUntil,
      formerAddresses: formerPaths.map((path) => `/${path}`),
      seo: rest.seo,
      translationGroup: rest.translationGroup,
    });
  }
};
