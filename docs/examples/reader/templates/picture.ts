import { html, raw } from 'hono/html';
import type { PictureFragment } from '../operations.generated.ts';
import type { Fragment } from './site.ts';

/** A picture of the graph; what a list did not ask for may be left out. */
export type Picture = Pick<PictureFragment, 'url' | 'width' | 'height' | 'alt'> &
  Partial<Pick<PictureFragment, 'renditions'>>;

/** How a picture is fetched. */
export interface PictureOptions {
  /** How wide it stands, as in HTML's `sizes`. */
  readonly sizes: string;
  /** Whether it is seen before anything is scrolled; others are fetched when they come near. */
  readonly isFirst?: boolean;
}

/** Every size once, narrowest first; empty when there is but one. */
const sourceSet = ({ url, width, renditions = [] }: Picture): string => {
  const widths = new Map(renditions.map((rendition) => [rendition.url, rendition.width]));
  if (width !== null) widths.set(url, width);
  if (widths.size < 2) return '';
  return [...widths]
    .toSorted(([, one], [, other]) => one - other)
    .map(([file, pixels]) => `${file} ${pixels}w`)
    .join(', ');
};

/** An `img` that keeps its place while it loads and takes the file that fits. */
export const picture = (image: Picture, { sizes, isFirst = false }: PictureOptions): Fragment => {
  const set = sourceSet(image);
  return html`<img
    src="${image.url}"
    ${set === '' ? raw('') : html`srcset="${set}" sizes="${sizes}"`}
    ${image.width === null || image.height === null ? raw('') : html`width="${image.width}" height="${image.height}"`}
    alt="${image.alt ?? ''}"
    ${isFirst ? raw('fetchpriority="high"') : raw('loading="lazy" decoding="async"')}
  />`;
};
