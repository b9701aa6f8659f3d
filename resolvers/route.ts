import { RESERVED_STEPS, urlOf, type Located } from '../src/content/addresses.ts';
import { spellingKey } from '../src/content/spelling.ts';
import type { Standing } from '../src/loaders/article-loaders.ts';
import type { Context } from './context.ts';
import type { RouteSource } from './sources.ts';

const found = (url: string, node: RouteSource['node']): RouteSource => ({ status: 'FOUND', url, node });

const routeToArticle = (
  { edition, path }: Located,
  { article, visibility, isCurrent }: Standing,
): RouteSource | null => {
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
    const reserved = spellingKey(step ?? '');
    if (reserved === RESERVED_STEPS.tags) {
      const tag = await loaders.tags.bySlug.load(key);
      return tag && found(urlOf.tag(edition, tag), tag);
    }
    if (reserved === RESERVED_STEPS.authors) {
      const author = await loaders.authors.bySlug.load(key);
      return author && found(urlOf.author(edition, author), author);
    }
  }
  const [standing, tree] = await Promise.all([
    loaders.articles.standingAt.load({ edition: edition.code, form: 'path', value: path }),
    loaders.treeOf(edition.code),
  ]);
  const article = standing === null ? null : routeToArticle(located, standing);
  if (standing?.isCurrent === true && article !== null) return article;
  // Looked up where an article stands that is not to be seen as well: as much is read as where there is nothing.
  const section = tree.byPath(path);
  if (standing?.isCurrent === true) return null;
  // What stands there now goes before what has left.
  if (section !== null) return found(urlOf.section(edition, section), section);
  return article;
};
