import type { Image, Media } from '../content/media.ts';
import type { ImageDocument, MediaDocument } from './document.ts';

/** A picture as the gateway holds it. */
export const mapImage = (image: ImageDocument): Image => ({
  type: 'Image',
  url: image.url,
  renditions: image.renditions,
  width: image.width ?? null,
  height: image.height ?? null,
  alt: image.alt ?? null,
  caption: image.caption ?? null,
  credit: image.credit ?? null,
});

/** A medium as the gateway holds it. */
export const mapMedia = (media: MediaDocument): Media => {
  const { caption = null, credit = null } = media;
  switch (media.type) {
    case 'image':
      return mapImage(media);
    case 'gallery':
      return { type: 'Gallery', images: media.images.map(mapImage), caption, credit };
    case 'infographic':
      return { type: 'Infographic', image: mapImage(media.image), caption, credit };
    case 'video':
      return {
        type: 'Video',
        url: media.url,
        sources: media.sources.map(({ url, mimeType, width = null, height = null }) => ({
          url,
          mimeType,
          width,
          height,
        })),
        poster: media.poster === undefined ? null : mapImage(media.poster),
        durationSeconds: media.durationSeconds ?? null,
        caption,
        credit,
      };
  }
};
