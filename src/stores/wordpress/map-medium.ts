import type { Image, ImageRendition, Media } from '../../content/media.ts';
import { addressOf } from './address-of.ts';
import type { WordPressMedium } from './media-shape.ts';
import { textOfHtml, wordsOfHtml, writtenExcerpt } from './text-of-html.ts';

/** Rounding to whole pixels moves proportions by less; a square cut from a picture is another picture. */
const PROPORTION_TOLERANCE = 0.02;

const isWhole = (rendition: ImageRendition, full: ImageRendition): boolean => {
  const proportion = (rendition.width * full.height) / (rendition.height * full.width);
  return Math.abs(proportion - 1) <= Math.max(PROPORTION_TOLERANCE, 1 / rendition.height, 1 / rendition.width);
};

/** The sizes that show the whole picture, narrowest first; empty: only the one. */
const renditionsOf = ({ media_details: { sizes, width, height } }: WordPressMedium, url: string) => {
  const full = width === null || height === null ? null : { url, width, height };
  if (full === null) return [];
  const all = [...Object.values(sizes), { source_url: url, width, height }].flatMap((size) => {
    const address = addressOf(size.source_url);
    const isSized = size.width !== null && size.height !== null && address !== null;
    return isSized ? [{ url: address, width: size.width as number, height: size.height as number }] : [];
  });
  const byWidth = new Map(
    all.filter((rendition) => isWhole(rendition, full)).map((rendition) => [rendition.width, rendition]),
  );
  return byWidth.size < 2 ? [] : [...byWidth.values()].toSorted((a, b) => a.width - b.width);
};

const captionOf = ({ caption, description }: WordPressMedium): string | null =>
  caption.raw === undefined ? writtenExcerpt(caption.rendered, description.rendered) : wordsOfHtml(caption.raw);

const creditOf = ({ meta, media_details: { image_meta: file } }: WordPressMedium): string | null =>
  meta.masthead_credit ?? file.credit ?? file.copyright;

/** WordPress keeps no alternative text and an empty one alike: only the plugin's mark says that a picture decorates. */
const altOf = ({ alt_text: alt, meta }: WordPressMedium): string | null =>
  textOfHtml(alt) || (meta.masthead_decorative ? '' : null);

const mapImage = (medium: WordPressMedium, url: string): Image => ({
  type: 'Image',
  url,
  renditions: renditionsOf(medium, url),
  width: medium.media_details.width,
  height: medium.media_details.height,
  alt: altOf(medium),
  caption: captionOf(medium),
  credit: creditOf(medium),
});

/** The picture or film of a story; null for what is neither, or has no address that may be fetched. */
export const mapMedium = (medium: WordPressMedium): Image | Extract<Media, { type: 'Video' }> | null => {
  const url = addressOf(medium.source_url);
  if (url === null) return null;
  if (medium.mime_type.startsWith('image/')) return mapImage(medium, url);
  if (!medium.mime_type.startsWith('video/')) return null;
  const { width, height, length } = medium.media_details;
  return {
    type: 'Video',
    url: addressOf(medium.link) ?? url,
    sources: [{ url, mimeType: medium.mime_type, width, height }],
    poster: null,
    durationSeconds: length,
    caption: captionOf(medium),
    credit: creditOf(medium),
  };
};
