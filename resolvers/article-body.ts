import { absoluteHtml, absoluteLink } from '../src/content/addresses.ts';
import type { BodyBlock, ReadMore } from '../src/content/body.ts';
import type { Article } from '../src/content/entities.ts';
import { loadStandingAt } from './article-by-url.ts';
import type { Context } from './context.ts';
import { editionOf } from './edition-of.ts';
import type { ReadMoreSource } from './sources.ts';

/** A block as its resolvers are handed it. */
export type BodyBlockSource = Exclude<BodyBlock, ReadMore> | ReadMoreSource;

/** Whether the caller may have the text of `article`, and not its head and excerpt only. */
export const mayReadBody = ({ rights }: Article): boolean => rights.syndication === 'FULL';

/** Whether the article a ReadMore leads to may be seen; true for addresses that are not ours. */
const leadsSomewhere = async (url: string, context: Context): Promise<boolean> => {
  try {
    const standing = await loadStandingAt(url, context);
    return standing === null || standing.visibility === 'visible';
  } catch (error) {
    // Nobody can say whether it was withdrawn: the text is worth more than the link, but not for long.
    context.recorder.incomplete(error);
    return false;
  }
};

/** The blocks a caller who may read the body of `article` is given, every address in them absolute. */
export const readBlocks = async (article: Article, context: Context): Promise<readonly BodyBlockSource[]> => {
  const edition = editionOf(article, context);
  const absolute = (html: string): string => absoluteHtml(html, edition, context.publicUrl);
  const blocks = await context.loaders.articles.body.load(article.id);
  const read = await Promise.all(
    blocks.map(async (block): Promise<BodyBlockSource | null> => {
      const html = absolute(block.html);
      if (block.type === 'ListBlock')
        return { ...block, html, items: block.items.map((item) => ({ ...item, html: absolute(item.html) })) };
      if (block.type !== 'ReadMore') return { ...block, html };
      const url = absoluteLink(block.url, edition, context.publicUrl);
      return (await leadsSomewhere(url, context)) ? { ...block, html, url, edition: article.edition } : null;
    }),
  );
  return read.filter((block) => block !== null);
};
