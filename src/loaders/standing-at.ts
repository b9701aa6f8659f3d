import type { Standing } from './article-loaders.ts';
import type { Reading } from './reading.ts';

/**
 * How the article that stands at `url`, or stood there before, is to be seen; null: a foreign address, a section's, or
 * nothing ever stood there.
 *
 * @param withText whether its text will be asked for.
 */
export const loadStandingAt = async (
  url: string,
  { editions, loaders }: Pick<Reading, 'editions' | 'loaders'>,
  withText = false,
): Promise<Standing | null> => {
  const located = editions.locate(url);
  if (located === null) return null;
  const { edition, path } = located;
  const standing = await loaders.articles.standingAt.load({
    edition: edition.code,
    form: 'path',
    value: path,
    withText,
  });
  if (standing === null || standing.isCurrent) return standing;
  // What stands there now goes before what has left.
  const section = (await loaders.treeOf(edition.code)).byPath(path);
  return section === null ? standing : null;
};
