import { html } from 'hono/html';
import type {
  AuthorPageFragment,
  CardPageFragment,
  SectionPageFragment,
  TagPageFragment,
} from '../operations.generated.ts';
import { card } from './card.ts';
import { picture } from './picture.ts';
import { sideColumn } from './side-column.ts';
import type { Fragment, PageFace, Site } from './site.ts';

/** Where a list is read from; absent: its start. */
export interface Place {
  /** Path of the page on this site, without its query. */
  readonly path: string;
  readonly after: string | null;
}

const older = ({ wording }: Site, { path, after }: Place, { hasNextPage, endCursor }: CardPageFragment['pageInfo']) => {
  const hasMore = hasNextPage && endCursor !== null && endCursor !== undefined;
  if (!hasMore && after === null) return null;
  return html`<nav class="pager" aria-label="${wording.older}">
    ${after === null ? null : html`<a rel="first" href="${path}">${wording.newest}</a>`}
    ${
      hasMore
        ? html`<a rel="next" class="next" href="${path}?after=${encodeURIComponent(endCursor)}">${wording.older}</a>`
        : null
    }
  </nav>`;
};

/** Articles one below the other, and the way to older ones. */
export const articleList = (site: Site, articles: CardPageFragment | null, place: Place): Fragment => {
  const nodes = articles?.nodes ?? [];
  if (nodes.length === 0) return html`<p class="nothing">${site.wording.nothingHere}</p>`;
  return html`
    <div class="list">
      ${nodes.map((article, index) =>
        card(site, article, { look: 'row', level: 2, hasStandfirst: true, isFirst: index === 0 }),
      )}
    </div>
    ${articles && older(site, place, articles.pageInfo)}
  `;
};

const withSide = (site: Site, main: Fragment): Fragment =>
  html`<div class="wrap columns">
    <div class="column-main">${main}</div>
    ${sideColumn(site)}
  </div>`;

/** A section's page: its place in the tree, the sections below it, its articles. */
export const sectionPage = (site: Site, section: SectionPageFragment, place: Place): Fragment => {
  const { addresses, edition, wording } = site;
  const above = [{ name: edition.name, url: edition.url }, ...(section.ancestors ?? [])];
  const children = section.children ?? [];
  return withSide(
    site,
    html`
      <nav class="breadcrumb" aria-label="${wording.breadcrumb}">
        <ol>
          ${above.map(({ name, url }) => html`<li><a href="${addresses.hrefOf(url)}">${name}</a></li>`)}
          <li><a href="${addresses.hrefOf(section.url)}" aria-current="page">${section.name}</a></li>
        </ol>
      </nav>
      <header class="list-head">
        <h1>${section.name}</h1>
        ${section.description && html`<p class="standfirst">${section.description}</p>`}
        ${
          children.length === 0
            ? null
            : html`<ul class="chips">
                ${children.map(({ name, url }) => html`<li><a href="${addresses.hrefOf(url)}">${name}</a></li>`)}
              </ul>`
        }
      </header>
      ${articleList(site, section.articles, place)}
    `,
  );
};

/** A tag's page. */
export const tagPage = (site: Site, tag: TagPageFragment, place: Place): Fragment =>
  withSide(
    site,
    html`
      <header class="list-head">
        <p class="kicker">${site.wording.tag}</p>
        <h1>${tag.name}</h1>
      </header>
      ${articleList(site, tag.articles, place)}
    `,
  );

/** An author's page: who they are, and what they signed. */
export const authorPage = (site: Site, author: AuthorPageFragment, place: Place): Fragment =>
  withSide(
    site,
    html`
      <header class="list-head author-head">
        ${author.avatar && picture(author.avatar, { sizes: '8rem', isFirst: true })}
        <div>
          ${author.role && html`<p class="kicker">${author.role}</p>`}
          <h1>${author.name}</h1>
          ${author.bio && html`<p class="standfirst">${author.bio}</p>`}
        </div>
      </header>
      ${articleList(site, author.articles, place)}
    `,
  );

/** What a list's page says of itself. Pages of older articles are no pages of their own to search engines. */
export const listFace = (
  { addresses }: Site,
  list: SectionPageFragment | TagPageFragment | AuthorPageFragment,
  { after }: Place,
): PageFace => ({
  title: list.name,
  description: 'description' in list ? list.description : 'bio' in list ? list.bio : null,
  canonicalUrl: addresses.publicOf(list.url),
  isUnlisted: after !== null,
  image: 'avatar' in list ? list.avatar : null,
  counterparts: list.translations,
  sectionPath: 'path' in list ? list.path : null,
});
