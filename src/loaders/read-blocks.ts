import { absoluteHtml, absoluteLink } from '../content/addresses.ts';
import type { BodyBlock, ReadMore } from '../content/body.ts';
import type { EditionCode } from '../content/edition.ts';
import { editionOf } from '../content/editions.ts';
import type { Article } from '../content/entities.ts';
import type { Reading } from './reading.ts';
import { loadStandingAt } from './standing-at.ts';

/** A block as its reader is given it: a ReadMore says whose it is. */
export type ReadBlock = Exclude<BodyBlock, ReadMore> | (ReadMore & { readonly edition: EditionCode });

/** Whether the caller may have the text of `article`, and not its head and excerpt only. */
export const mayReadBody = ({ rights }: Article): boolean => rights.syndication === 'FULL';

/** Whether the article a ReadMore leads to may be seen; true for addresses that are not ours. */
const leadsSomewhere = async (url: string, reading: Reading): Promise<boolean> => {
  try {
    const standing = await loadStandingAt(url, reading);
    return standing === null || standing.visibility === 'visible';
  } catch (error) {
    // Nobody can say whether it was withdrawn: the text is worth more than the link, but not for long.
    reading.recorder.incomplete(error);
    return false;
  }
};

/** The blocks a caller who may read the body of `article` is given, every address in them absolute. */
export const readBlocks = async (article: Article, reading: Reading): Promise<readonly ReadBlock[]> => {
  const edition = editionOf(article, reading);
  const absolute = (html: string): string => absoluteHtml(html, edition, reading.publicUrl);
  const blocks = await reading.loaders.articles.body.load(article.id);
  const read = await Promise.all(
    blocks.map(async (block): Promise<ReadBlock | null> => {
      const html = absolute(block.html);
      if (block.type === 'ListBlock')
        return { ...block, html, items: block.items.map((item) => ({ ...item, html: absolute(item.html) })) };
      if (block.type !== 'ReadMore') return { ...block, html };
      const url = absoluteLink(block.url, edition, reading.publicUrl);
      return (await leadsSomewhere(url, reading)) ? { ...block, html, url, edition: article.edition } : null;
    }),
  );
  return read.filter((block) => block !== null);
};
