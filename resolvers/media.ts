import { absoluteUrl } from '../src/content/addresses.ts';
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

export const Media: MediaResolvers = { __resolveType: ({ type }) => type };
export const Image: ImageResolvers = { url };
export const ImageRendition: ImageRenditionResolvers = { url };
export const Video: VideoResolvers = { url };
export const VideoSource: VideoSourceResolvers = { url };
