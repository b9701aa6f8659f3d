import { html, raw } from 'hono/html';
import { stepOf } from '../addresses.ts';
import type { SearchQuery } from '../operations.generated.ts';
import { card } from './card.ts';
import { searchForm } from './header.ts';
import { sideColumn } from './side-column.ts';
import type { Fragment, Site } from './site.ts';

/** What a search found. */
export type Found = NonNullable<NonNullable<SearchQuery['edition']>['search']>;

/** The next page of a search: cursors are good for the same question only. */
const next = ({ edition, wording }: Site, query: string, { pageInfo }: Found): Fragment | null => {
  if (!pageInfo.hasNextPage || !pageInfo.endCursor) return null;
  const asked = new URLSearchParams({ q: query, after: pageInfo.endCursor });
  return html`<nav class="pager" aria-label="${wording.search}">
    <a rel="next" class="next" href="/${stepOf(edition)}/search?${asked.toString()}">${wording.older}</a>
  </nav>`;
};

const results = (site: Site, query: string, found: Found): Fragment => {
  const { formats, wording } = site;
  if (found.edges.length === 0)
    return html`<p class="nothing"><strong>${wording.nothingFound}</strong> ${wording.nothingFoundHint}</p>`;
  return html`
    ${
      found.totalCount === null
        ? null
        : html`<p class="result-count">${formats.count(found.totalCount, wording.results)}</p>`
    }
    <div class="list">
      ${found.edges.map(({ node, snippetHtml }) =>
        card(site, node, {
          look: 'row',
          level: 2,
          // Null: its text is withheld. What stands under its headline anywhere is shown instead.
          hasStandfirst: snippetHtml === null,
          // Escaped text in which `mark` is the only element: the graph's word for it.
          foot: snippetHtml === null ? html`` : html`<p class="card-standfirst snippet">${raw(snippetHtml)}</p>`,
        }),
      )}
    </div>
    ${next(site, query, found)}
  `;
};

/** Over what was found for `query`. One that has quotation marks of its own gets no others around them. */
export const resultsTitle = ({ wording }: Pick<Site, 'wording'>, query: string): string =>
  wording.resultsFor(/["“”„«»]/.test(query) ? query : wording.quoted(query));

/** What was found for `query`; `found` is null when nothing was asked. */
export const searchPage = (site: Site, query: string, found: Found | null): Fragment =>
  html`<div class="wrap columns">
    <div class="column-main">
      <header class="list-head">
        <h1>${query === '' ? site.wording.search : resultsTitle(site, query)}</h1>
        ${searchForm(site, site.wording.searchPlaceholder, query)}
      </header>
      ${found && results(site, query, found)}
    </div>
    ${sideColumn(site)}
  </div>`;
