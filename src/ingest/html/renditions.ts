import type { Element } from 'domhandler';
import type { Image, ImageRendition } from '../../content/media.ts';
import { parseSrcset } from './parse-srcset.ts';
import { pickMediaAddress } from './safe-address.ts';

/** As the import document has them. */
const MAX_RENDITIONS = 50;
const MAX_PIXELS = 100_000;

/** Widths in pixels, not densities. */
const HAS_WIDTHS = /\s\d+w(?:\s*,|\s*$)/;

/**
 * `image` in all the sizes that the `srcset` of its element says it is kept in, and in the largest first of all. Only widths
 * stand there: heights follow from the proportion of the size that is shown, so without one there are none.
 */
export const withRenditions = (image: Image, { attribs }: Element): Image => {
  const srcset = attribs['srcset'] ?? attribs['data-srcset'] ?? '';
  const { url, width, height } = image;
  if (width === null || height === null || !HAS_WIDTHS.test(srcset)) return image;
  const byWidth = new Map<number, ImageRendition>([[width, { url, width, height }]]);
  for (const { address, size } of parseSrcset(srcset).slice(0, MAX_RENDITIONS)) {
    const candidate = pickMediaAddress(address);
    const isSized = Number.isInteger(size) && size > 1 && size <= MAX_PIXELS;
    if (candidate === null || !isSized) continue;
    byWidth.set(size, { url: candidate, width: size, height: Math.max(1, Math.round((size * height) / width)) });
  }
  const renditions = [...byWidth.values()].toSorted((a, b) => a.width - b.width);
  const largest = renditions.at(-1);
  return largest === undefined || renditions.length < 2 ? image : { ...image, ...largest, renditions };
};
