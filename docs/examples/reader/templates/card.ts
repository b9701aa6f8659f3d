import { html, raw } from 'hono/html';
import type { CardFragment } from '../operations.generated.ts';
import { languageOf } from './direction.ts';
import { kickerOf } from './kicker.ts';
import { picture, type Picture } from './picture.ts';
import type { Fragment, Site } from './site.ts';

/** How an article is shown in a list. */
export interface CardOptions {
  /** How it is laid out: see styles/cards.css. */
  readonly look: 'lead' | 'standard' | 'row' | 'brief' | 'side';
  /** Of its heading. */
  readonly level: 2 | 3 | 4;
  readonly hasStandfirst?: boolean;
  /** Whether its time is said as `2 hours ago`. */
  readonly saysAge?: boolean;
  /** Left out where the section is said above already. */
  readonly hidesSection?: boolean;
  readonly isFirst?: boolean;
  /** Stands under the headline. */
  readonly foot?: Fragment;
}

const SIZES = {
  lead: '(min-width: 64rem) 46rem, 100vw',
  standard: '(min-width: 64rem) 24rem, (min-width: 40rem) 50vw, 100vw',
  row: '(min-width: 40rem) 18rem, 40vw',
  side: '6rem',
  brief: '6rem',
} as const;

/** The picture that stands for an article in a list, and whose it is. */
const pictureOf = ({ lead, seo }: CardFragment): { readonly image: Picture; readonly credit: string | null } | null => {
  const own = ((): Picture | null => {
    switch (lead?.type) {
      case 'Image':
        return lead;
      case 'Video':
        return lead.poster;
      case 'Infographic':
        return lead.image;
      // Of a gallery the picture its desk chose for cards.
      case 'Gallery':
      case undefined:
      default:
        return null;
    }
  })();
  const image = own ?? seo?.image ?? null;
  return image === null ? null : { image, credit: lead?.credit ?? null };
};

/** An instant as the edition writes it, readable by machines too. */
export const time = (instant: string, words: string, title?: string): Fragment =>
  html`<time datetime="${instant}" ${title === undefined ? raw('') : html`title="${title}"`}>${words}</time>`;

const headline = (level: CardOptions['level'], inside: Fragment): Fragment =>
  html`${raw(`<h${level} class="card-headline">`)}${inside}${raw(`</h${level}>`)}`;

/** An article in a list: one link, stretched over the whole of it, and another to its section. */
export const card = (site: Site, article: CardFragment, options: CardOptions): Fragment => {
  const { addresses, formats, wording } = site;
  const { look, level, hasStandfirst = false, saysAge = false, hidesSection = false, isFirst = false, foot } = options;
  const shown = look === 'brief' ? null : pictureOf(article);
  const kicker = kickerOf(article);
  const seconds = article.lead?.type === 'Video' ? article.lead.durationSeconds : null;
  const moment = formats.moment(article.publishedAt);
  const day = saysAge ? formats.sinceOrDay(article.publishedAt, site.now) : formats.day(article.publishedAt);

  return html`<article class="card card-${look}" ${languageOf(site, article)}>
    ${
      shown &&
      html`<div class="card-picture${article.lead?.type === 'Infographic' ? ' is-drawn' : ''}">
        ${picture(shown.image, { sizes: SIZES[look], isFirst })}
        ${seconds === null ? null : html`<span class="play"><bdi dir="ltr">${formats.duration(seconds)}</bdi></span>`}
      </div>`
    }
    <div class="card-text">
      ${
        article.breaking
          ? html`<p class="kicker is-breaking">${wording.breaking}</p>`
          : kicker && html`<p class="kicker">${kicker}</p>`
      }
      ${headline(level, html`<a href="${addresses.hrefOf(article.url)}">${article.headline}</a>`)}
      ${hasStandfirst && article.standfirst ? html`<p class="card-standfirst">${article.standfirst}</p>` : null} ${foot}
      <p class="card-meta">
        ${
          article.section && !hidesSection
            ? html`<a class="card-section" href="${addresses.hrefOf(article.section.url)}">${article.section.name}</a>`
            : null
        }
        ${time(article.publishedAt, day, moment)}
        ${shown?.credit ? html`<span class="credit" dir="auto">${shown.credit}</span>` : null}
      </p>
    </div>
  </article>`;
};
