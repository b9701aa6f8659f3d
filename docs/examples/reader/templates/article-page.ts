import { html } from 'hono/html';
import type { ArticlePageFragment } from '../operations.generated.ts';
import { block } from './body.ts';
import { byline } from './byline.ts';
import { card, time } from './card.ts';
import { dirOf, languageOf } from './direction.ts';
import { figure } from './media.ts';
import { kickerOf } from './kicker.ts';
import { picture } from './picture.ts';
import { shareForms } from './share.ts';
import { sideColumn } from './side-column.ts';
import type { Fragment, Site } from './site.ts';

const breadcrumb = ({ addresses, wording }: Site, { breadcrumbs }: ArticlePageFragment): Fragment | null => {
  if (breadcrumbs === null) return null;
  const last = breadcrumbs.length - 1;
  return html`<nav class="breadcrumb" aria-label="${wording.breadcrumb}">
    <ol>
      ${breadcrumbs.map(({ label, url }, index) =>
        index === last
          ? html`<li><a href="${addresses.hrefOf(url)}" aria-current="page">${label}</a></li>`
          : html`<li><a href="${addresses.hrefOf(url)}">${label}</a></li>`,
      )}
    </ol>
  </nav>`;
};

const sources = ({ formats, wording }: Site, { sources: all }: ArticlePageFragment): Fragment | null => {
  if (all.length === 0) return null;
  const names = all.map(({ name, url }, index) => {
    const inside = url === null ? html`<bdi>${name}</bdi>` : html`<a href="${url}"><bdi>${name}</bdi></a>`;
    return index === 0 ? inside : html`<span class="between" aria-hidden="true">·</span>${inside}`;
  });
  return html`<p class="source"><span>${formats.count(all.length, wording.source)}</span> ${names}</p>`;
};

const facts = (site: Site, article: ArticlePageFragment): Fragment => {
  const { formats, wording } = site;
  const { publishedAt, updatedAt, engagement, readingMinutes } = article;
  const shares = engagement?.shares ?? null;
  return html`<p class="facts">
    <span class="published">${time(publishedAt, formats.moment(publishedAt))}</span>
    ${
      updatedAt === publishedAt
        ? null
        : html`<span class="updated">${wording.updated} ${time(updatedAt, formats.moment(updatedAt))}</span>`
    }
    ${
      readingMinutes === null
        ? null
        : html`<span class="reading">${formats.count(readingMinutes, wording.minutesToRead)}</span>`
    }
    ${shares === null ? null : html`<span class="shares">${formats.count(shares, wording.shares)}</span>`}
  </p>`;
};

const head = (site: Site, article: ArticlePageFragment): Fragment => {
  const kicker = kickerOf(article);
  const faces = (article.authors ?? []).flatMap(({ avatar }) => avatar ?? []).slice(0, 3);
  return html`<header class="article-head">
    ${article.breaking ? html`<p class="kicker is-breaking">${site.wording.breaking}</p>` : null}
    ${kicker && html`<p class="kicker">${kicker}</p>`}
    <h1>${article.headline}</h1>
    ${article.standfirst && html`<p class="standfirst">${article.standfirst}</p>`}
    <div class="signature">
      ${
        faces.length === 0
          ? null
          : html`<div class="faces">
              ${faces.map((face) => picture({ ...face, alt: '' }, { sizes: '3rem', isFirst: true }))}
            </div>`
      }
      <div>${byline(site, article)} ${sources(site, article)} ${facts(site, article)}</div>
    </div>
  </header>`;
};

const body = (site: Site, { body: blocks, excerpt }: ArticlePageFragment): Fragment =>
  // Null: withheld from this caller. The beginning may be shown.
  blocks === null
    ? html`<div class="body">
        <p>${excerpt}</p>
        <p class="withheld">${site.wording.withheld}</p>
      </div>`
    : html`<div class="body">${blocks.map((piece) => block(site, piece))}</div>`;

const corrections = ({ formats, wording }: Site, { corrections: all }: ArticlePageFragment): Fragment | null =>
  all === null || all.length === 0
    ? null
    : html`<section class="corrections" aria-labelledby="corrections">
        <h2 id="corrections">${wording.corrections}</h2>
        ${all.map(
          ({ text, correctedAt }) =>
            html`<p>${time(correctedAt, formats.moment(correctedAt))} <span>${text}</span></p>`,
        )}
      </section>`;

const tags = ({ addresses, wording }: Site, { tags: all }: ArticlePageFragment): Fragment | null =>
  all === null || all.length === 0
    ? null
    : html`<nav class="tags" aria-label="${wording.tags}">
        <ul>
          ${all.map(({ name, url }) => html`<li><a rel="tag" href="${addresses.hrefOf(url)}">${name}</a></li>`)}
        </ul>
      </nav>`;

const translations = (site: Site, { translations: all }: ArticlePageFragment): Fragment | null => {
  const found = (all ?? []).filter((translation) => translation !== null);
  if (found.length === 0) return null;
  return html`<section class="translations" aria-labelledby="translations">
    <h2 id="translations">${site.wording.alsoIn}</h2>
    <ul>
      ${found.map(
        ({ url, headline, language, direction }) =>
          html`<li>
            <a href="${site.addresses.hrefOf(url)}" hreflang="${language}" lang="${language}" dir="${dirOf(direction)}"
              >${headline}</a
            >
          </li>`,
      )}
    </ul>
  </section>`;
};

const related = (site: Site, { related: all }: ArticlePageFragment): Fragment | null =>
  all === null || all.length === 0
    ? null
    : html`<section class="related" aria-labelledby="related">
        <h2 class="band-title" id="related">${site.wording.readThis}</h2>
        <div class="related-cards">${all.map((article) => card(site, article, { look: 'standard', level: 3 }))}</div>
      </section>`;

const rights = ({ rights: { holder, usageTerms } }: ArticlePageFragment): Fragment | null =>
  holder === null && usageTerms === null
    ? null
    : html`<p class="rights">
        ${holder && html`<span>© <bdi>${holder}</bdi>${usageTerms && !holder.endsWith('.') ? '.' : ''}</span>`}
        ${usageTerms && html`<span dir="auto">${usageTerms}</span>`}
      </p>`;

/** An article with everything that goes with it. */
export const articlePage = (site: Site, article: ArticlePageFragment): Fragment => html`
  <div class="wrap columns columns-article">
    <div class="column-main">
      ${breadcrumb(site, article)}
      <article class="article kind-${article.kind.toLowerCase().replace('_', '-')}" ${languageOf(site, article)}>
        ${head(site, article)} ${article.lead && figure(site, article.lead, { isLead: true })} ${body(site, article)}
        ${corrections(site, article)} ${tags(site, article)} ${rights(article)}
      </article>
      ${shareForms(site, article.id)} ${translations(site, article)}
    </div>
    ${sideColumn(site)}
  </div>
  <div class="wrap">${related(site, article)}</div>
`;
