import { urlOf } from '../../content/addresses.ts';
import { editionOf } from '../../content/editions.ts';
import type { Article } from '../../content/entities.ts';
import { EXCERPT_LETTERS, excerptOf } from '../../content/excerpt.ts';
import { directionOf } from '../../content/language.ts';
import { pairBidi } from '../../content/pair-bidi.ts';
import { mayReadBody, readBlocks } from '../../loaders/read-blocks.ts';
import type { Reading } from '../../loaders/reading.ts';
import { mediaFilesOf } from './media-files.ts';
import { uriOf, type Story } from './story.ts';
import { correctionsHtml, spokenHtml } from './story-html.ts';

/** A control of direction that is never ended would turn what a reader writes behind it. */
const plain = (text: string): string => pairBidi(text);
const plainOrNull = (text: string | null): string | null => (text === null ? null : plain(text));

/** All that a feed says of `article`; its text only where the caller may have it. */
export const loadStory = async (article: Article, reading: Reading): Promise<Story> => {
  const { loaders, now, publicUrl } = reading;
  const edition = editionOf(article, reading);
  const language = article.language ?? edition.language;
  const way = article.language === null ? edition.direction : directionOf(article.language);
  const spoken = { edition, language, direction: way === 'RTL' ? 'rtl' : 'ltr' } as const;
  const [blocks, authors, tags, tree] = await Promise.all([
    readBlocks(article, reading),
    loaders.authors.present(article.authorIds),
    loaders.tags.present(article.tagIds),
    loaders.treeOf(article.edition),
  ]);
  const corrections = article.corrections.toSorted((a, b) => b.correctedAt - a.correctedAt);
  const excerpt = excerptOf(blocks, EXCERPT_LETTERS);
  const named = authors.map((author) => ({ name: plain(author.name), url: urlOf.author(edition, author) }));
  const byline = plainOrNull(article.byline);
  const { embargoedUntil } = article.rights;
  return {
    ...spoken,
    article,
    uri: uriOf(article.id),
    url: urlOf.article(edition, article),
    headline: plain(article.headline),
    summary: plainOrNull(article.standfirst ?? excerpt),
    excerpt,
    html: mayReadBody(article)
      ? spokenHtml(
          spoken,
          [correctionsHtml(corrections, spoken), ...blocks.map(({ html }) => html)]
            .filter((html) => html !== '')
            .join('\n'),
        )
      : null,
    creators: named.length > 0 || byline === null ? named : [{ name: byline, url: null }],
    byline: byline ?? (named.length === 0 ? null : named.map(({ name }) => name).join(', ')),
    sections: article.sectionIds.map((id) => tree.byId(id)).filter((section) => section !== null),
    tags,
    media: mediaFilesOf(article, publicUrl),
    corrections,
    embargoedUntil: embargoedUntil !== null && embargoedUntil > now ? embargoedUntil : null,
  };
};
