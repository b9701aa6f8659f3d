import { html } from 'hono/html';
import type { AuthorsQuery } from '../operations.generated.ts';
import type { Wording } from '../wording/wording.ts';
import { picture } from './picture.ts';
import { sideColumn } from './side-column.ts';
import type { Fragment, Site } from './site.ts';

type Authors = NonNullable<NonNullable<AuthorsQuery['edition']>['authors']>;

/** A page of few words: that something is missing, or what the outlet says of itself. */
export const wordsPage = (site: Site, title: string, paragraphs: readonly string[]): Fragment => {
  const { addresses, edition, wording } = site;
  return html`<div class="wrap columns">
    <div class="column-main words">
      <h1>${title}</h1>
      ${paragraphs.map((paragraph) => html`<p>${paragraph}</p>`)}
      <p><a class="button" href="${addresses.hrefOf(edition.url)}">${wording.toFrontPage}</a></p>
    </div>
    ${sideColumn(site)}
  </div>`;
};

/** Everybody who signs. */
export const authorsPage = (site: Site, { nodes }: Authors): Fragment =>
  html`<div class="wrap">
    <header class="list-head"><h1>${site.wording.authors}</h1></header>
    <ul class="authors">
      ${nodes.map(
        ({ name, role, bio, url, avatar }) =>
          html`<li>
            ${avatar && picture({ ...avatar, alt: '' }, { sizes: '6rem' })}
            <div>
              <h2><a href="${site.addresses.hrefOf(url)}">${name}</a></h2>
              ${role && html`<p class="kicker">${role}</p>`} ${bio && html`<p>${bio}</p>`}
            </div>
          </li>`,
      )}
    </ul>
  </div>`;

/** What is said of a request that came to nothing: its title and a sentence. */
const apologyOf = (wording: Wording, status: number): readonly [string, string] => {
  if (status >= 500) return [wording.awayTitle, wording.awayText];
  return status === 404 ? [wording.notFoundTitle, wording.notFoundText] : [wording.refusedTitle, wording.refusedText];
};

/** A page that says nothing that only the graph knows: the gateway is away, or need not be asked. */
export const apologyPage = (wording: Wording, status: number, home: string, stylesheet: string): Fragment => {
  const [title, text] = apologyOf(wording, status);
  return html`<!doctype html>
    <html lang="${wording.language}" dir="${wording.direction}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>${title}</title>
        <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
        <link rel="stylesheet" href="${stylesheet}" />
      </head>
      <body>
        <main class="wrap words away">
          <h1>${title}</h1>
          <p>${text}</p>
          <p><a class="button" href="${home}">${wording.toFrontPage}</a></p>
        </main>
      </body>
    </html>`;
};
