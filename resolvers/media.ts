import { absoluteUrl } from '../src/content/addresses.ts';
import type { Image as ImageSource, Media as MediaSource } from '../src/content/media.ts';
import type { Context } from './context.ts';
import type {
  ImageRenditionResolvers,
  ImageResolvers,
  MediaResolvers,
  VideoResolvers,
  VideoSourceResolvers,
} from './types.generated.ts';

/** A rooted address of a picture or a file is the gateway's own. */
const url = (file: { readonly url: string }, _args: unknown, { publicUrl }: Context): string =>
  absoluteUrl(file.url, publicUrl);

/** The one picture that stands for a medium; null: there is none. */
export const pictureOf = (medium: MediaSource | null): ImageSource | null => {
  switch (medium?.type) {
    case 'Image':
      return medium;
    case 'Video':
      return medium.poster;
    case 'Gallery':
      return medium.images[0] ?? null;
    case 'Infographic':
      return medium.image;
    case undefined:
      return null;
  }
};

export const Media: MediaResolvers = { __resolveType: ({ type }) => type };
export const Image: ImageResolvers = { url };
export const ImageRendition: ImageRenditionResolvers = { url };
export const Video: VideoResolvers = { url };
export const VideoSource: VideoSourceResolvers = { url };
