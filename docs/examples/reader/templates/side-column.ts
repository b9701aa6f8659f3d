import { html } from 'hono/html';
import type { CardFragment } from '../operations.generated.ts';
import { card } from './card.ts';
import type { Fragment, Site } from './site.ts';

const ranking = (
  site: Site,
  name: string,
  title: string,
  articles: readonly CardFragment[] | null,
): Fragment | null => {
  // Null: it could not be counted. The page goes without.
  if (articles === null || articles.length === 0) return null;
  return html`<section class="ranking ${name}" aria-labelledby="${name}">
    <h2 class="side-title" id="${name}">${title}</h2>
    <ol>
      ${articles.map((article) => html`<li>${card(site, article, { look: 'side', level: 3 })}</li>`)}
    </ol>
  </section>`;
};

/** What readers turn to, beside the page. */
export const sideColumn = (site: Site): Fragment => {
  const { edition, wording } = site;
  return html`<aside class="side" aria-label="${wording.trending}, ${wording.mostRead}">
    ${ranking(site, 'trending', wording.trending, edition.trending)}
    ${ranking(site, 'most-read', wording.mostRead, edition.mostRead)}
  </aside>`;
};
