import { html, raw } from 'hono/html';
import type { ArticlePageFragment } from '../operations.generated.ts';
import { languageOf } from './direction.ts';
import { figure } from './media.ts';
import type { Fragment, Site } from './site.ts';

type Block = NonNullable<ArticlePageFragment['body']>[number];
type Of<Name extends Block['type']> = Extract<Block, { type: Name }>;

const quote = ({ text, attribution }: Of<'Quote'>): Fragment =>
  html`<blockquote class="quote">
    <p dir="auto">${text}</p>
    ${attribution && html`<footer><cite dir="auto">${attribution}</cite></footer>`}
  </blockquote>`;

const readMore = (site: Site, { label, url, article }: Of<'ReadMore'>): Fragment =>
  html`<p class="read-more">
    <span>${site.wording.readMore}</span>
    <a href="${site.addresses.hrefOf(article?.url ?? url)}" ${article && languageOf(site, article)}>${label}</a>
  </p>`;

/** Nothing of another site is loaded: a reader decides to go there. */
const embed = ({ wording }: Site, { provider, url, title }: Of<'Embed'>): Fragment =>
  html`<p class="embed">
    <a href="${url}">
      <span class="embed-title" dir="auto">${title ?? url}</span>
      <span class="embed-provider">${wording.watchOn(provider)}</span>
    </a>
  </p>`;

/** A block of an article's text. One this page has not heard of is shown as the HTML that every block has. */
export const block = (site: Site, piece: Block): Fragment | null => {
  const asItComes = raw(site.addresses.linkHome(piece.html));
  switch (piece.type) {
    case 'Quote':
      return quote(piece);
    case 'ReadMore':
      return readMore(site, piece);
    case 'Embed':
      return embed(site, piece);
    case 'Figure':
      return (piece.media && figure(site, piece.media)) ?? asItComes;
    case 'HtmlBlock':
      // A wide table scrolls by itself, with the keyboard too.
      return html`<div class="html-block" tabindex="0">${asItComes}</div>`;
    case 'Paragraph':
    case 'Heading':
    case 'ListBlock':
    default:
      return asItComes;
  }
};
