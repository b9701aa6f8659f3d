import { RESERVED_STEPS, urlOf, type Located } from '../src/content/addresses.ts';
import type { Context } from './context.ts';
import type { RouteSource } from './sources.ts';

const found = (url: string, node: RouteSource['node']): RouteSource | null =>
  node === null ? null : { status: 'FOUND', url, node };

const routeToArticle = async ({ edition, path }: Located, { loaders }: Context): Promise<RouteSource | null> => {
  const standing = await loaders.articles.standingAt.load({ edition: edition.code, form: 'path', value: path });
  if (standing === null) return null;
  const { article, visibility, isCurrent } = standing;
  if (visibility === 'gone') return { status: 'GONE', url: urlOf.path(edition, path), node: null };
  if (visibility !== 'visible') return null;
  return { status: isCurrent ? 'FOUND' : 'MOVED', url: urlOf.article(edition, article), node: article };
};

/** Where `url` leads among the gateway's addresses; null: nowhere here, or another's host. */
export const loadRoute = async (url: string, context: Context): Promise<RouteSource | null> => {
  const { editions, loaders } = context;
  const located = editions.locate(url);
  if (located === null) return null;
  const { edition, path } = located;
  if (path === '') return found(edition.url, edition);

  const [step, slug, ...rest] = path.split('/');
  if (slug !== undefined && rest.length === 0) {
    const key = { edition: edition.code, slug };
    if (step === RESERVED_STEPS.tags) return found(urlOf.tag(edition, key), await loaders.tags.bySlug.load(key));
    if (step === RESERVED_STEPS.authors)
      return found(urlOf.author(edition, key), await loaders.authors.bySlug.load(key));
  }
  const [article, tree] = await Promise.all([routeToArticle(located, context), loaders.sectionTree.load(edition.code)]);
  if (article !== null) return article;
  const section = tree.byPath(path);
  return section === null ? null : found(urlOf.section(edition, section), section);
};
