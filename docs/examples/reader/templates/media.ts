import { html } from 'hono/html';
import type { MediumFragment } from '../operations.generated.ts';
import { picture } from './picture.ts';
import type { Fragment, Site } from './site.ts';

type VideoMedium = Extract<MediumFragment, { type: 'Video' }>;

/** Where a medium stands. */
export interface MediumOptions {
  /** Whether it stands on top of the page. */
  readonly isLead?: boolean;
}

const SIZES = '(min-width: 64rem) 48rem, 100vw';

/** Stands in brackets itself: those within it become a point between. */
const unbracketed = (credit: string): string => credit.replaceAll(/\s*\(([^()]*)\)/g, ' · $1');

/** What is shown, and whose it is, under a medium; nothing when neither is said. */
const caption = (words: string | null, credit: string | null): Fragment | null => {
  if (words === null && credit === null) return null;
  return html`<figcaption>
    ${words === null ? null : html`<span class="caption" dir="auto">${words}</span>`}
    ${credit === null ? null : html`<span class="credit">(<bdi>${unbracketed(credit)}</bdi>)</span>`}
  </figcaption>`;
};

/** Nothing is fetched until a reader asks: the files may lie with another house. */
const video = ({ formats, wording }: Site, { url, sources, poster, durationSeconds }: VideoMedium): Fragment => html`
  ${
    sources.length === 0
      ? poster && html`<a href="${url}">${picture(poster, { sizes: SIZES })}</a>`
      : html`<video
          controls
          preload="none"
          playsinline
          ${poster && html`poster="${poster.url}" aria-label="${poster.alt ?? ''}"`}
          width="${poster?.width ?? 1600}"
          height="${poster?.height ?? 900}"
        >
          ${sources.map((source) => html`<source src="${source.url}" type="${source.mimeType}" />`)}
        </video>`
  }
  <p class="watch">
    <a href="${url}">${wording.watchOnItsPage}</a>
    ${durationSeconds === null ? null : html`<bdi class="duration" dir="ltr">${formats.duration(durationSeconds)}</bdi>`}
  </p>
`;

/** A medium with its caption and credit, whatever it is; nothing for a kind of medium this page has not heard of. */
export const figure = (site: Site, medium: MediumFragment, { isLead = false }: MediumOptions = {}): Fragment | null => {
  const { formats, wording } = site;
  const name = isLead ? 'lead' : 'figure';
  switch (medium.type) {
    case 'Image':
      return html`<figure class="${name}">
        ${picture(medium, { sizes: SIZES, isFirst: isLead })} ${caption(medium.caption, medium.credit)}
      </figure>`;
    case 'Infographic':
      return html`<figure class="${name} infographic">
        <a href="${medium.image.url}">${picture(medium.image, { sizes: SIZES, isFirst: isLead })}</a>
        ${caption(medium.caption, medium.credit)}
      </figure>`;
    case 'Video':
      return html`<figure class="${name} video">
        ${video(site, medium)} ${caption(medium.caption, medium.credit)}
      </figure>`;
    case 'Gallery':
      return html`<figure class="${name} gallery">
        ${caption(medium.caption, medium.credit)}
        <p class="gallery-count">${formats.count(medium.images.length, wording.pictures)}</p>
        <ol>
          ${medium.images.map(
            (image, position) =>
              html`<li>
                <figure>
                  ${picture(image, { sizes: SIZES, isFirst: isLead && position === 0 })}
                  ${caption(image.caption, image.credit === medium.credit ? null : image.credit)}
                </figure>
              </li>`,
          )}
        </ol>
      </figure>`;
    default:
      // Types may be added to the graph.
      return null;
  }
};
