import type { ArticleTextQuery } from './generated/graphql.ts';

type Article = NonNullable<NonNullable<ArticleTextQuery['edition']>['article']>;
type Block = NonNullable<Article['body']>[number];

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Plain text of the graph, made fit for HTML: every text field but `html`, `bodyHtml` and `snippetHtml`. */
export const escapeText = (text: string): string => text.replace(/[&<>"]/g, (sign) => ESCAPES[sign] ?? sign);

/** A block of the text. What we do not draw ourselves, and what will be added to the graph, is its own `html`. */
const renderBlock = (block: Block): string => {
  switch (block.__typename) {
    case 'Quote': {
      const source = block.attribution === null ? '' : `<cite>${escapeText(block.attribution)}</cite>`;
      return `<blockquote><p>${escapeText(block.text)}</p>${source}</blockquote>`;
    }
    case 'ReadMore': {
      // Its article is null where the link leads to somebody else's page: the label is always there.
      const { url, headline } = block.article ?? { url: block.url, headline: block.label };
      return `<p class="read-more"><a href="${escapeText(url)}">${escapeText(headline)}</a></p>`;
    }
    default:
      return block.html;
  }
};

/** An article's text. Without a body, which some may not read, its beginning. */
export const renderText = ({ language, direction, headline, body, excerpt }: Article): string =>
  [
    `<article lang="${escapeText(language)}" dir="${direction === 'RTL' ? 'rtl' : 'ltr'}">`,
    `<h1>${escapeText(headline)}</h1>`,
    ...(body?.map(renderBlock) ?? [`<p>${escapeText(excerpt ?? '')}</p>`]),
    '</article>',
  ].join('\n');
