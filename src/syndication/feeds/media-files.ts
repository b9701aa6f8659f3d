import { absoluteUrl } from '../../content/addresses.ts';
import type { Article } from '../../content/entities.ts';
import type { Image, Media, Video } from '../../content/media.ts';

/** A picture or film beside a story; addresses absolute. */
export interface MediaFile {
  readonly medium: 'image' | 'video';
  readonly url: string;
  /** Null: its name does not tell. */
  readonly mimeType: string | null;
  readonly width: number | null;
  readonly height: number | null;
  readonly durationSeconds: number | null;
  /** `""`: decorative; null: unknown. */
  readonly alt: string | null;
  readonly caption: string | null;
  readonly credit: string | null;
  /** Of a film: the picture that stands for it. */
  readonly posterUrl: string | null;
  /** The same in other sizes. */
  readonly renditions: readonly {
    readonly url: string;
    readonly mimeType: string | null;
    readonly width: number | null;
    readonly height: number | null;
  }[];
}

const TYPES: Readonly<Record<string, string>> = {
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  png: 'image/png',
  gif: 'image/gif',
  webp: 'image/webp',
  avif: 'image/avif',
  svg: 'image/svg+xml',
};

/** The type of a picture by the ending of its address; null: it has none that is known. */
const typeOf = (url: string): string | null => {
  const ending = /\.([a-z]+)$/i.exec(URL.parse(url)?.pathname ?? '')?.[1]?.toLowerCase() ?? '';
  return TYPES[ending] ?? null;
};

const fileOfImage = (image: Image, publicUrl: string): MediaFile => {
  const url = absoluteUrl(image.url, publicUrl);
  const { width, height, alt, caption, credit } = image;
  const renditions = image.renditions.map((rendition) => {
    const address = absoluteUrl(rendition.url, publicUrl);
    return { ...rendition, url: address, mimeType: typeOf(address) };
  });
  const none = { durationSeconds: null, posterUrl: null };
  return { medium: 'image', url, mimeType: typeOf(url), width, height, alt, caption, credit, renditions, ...none };
};

/** A film without files is a page to watch it on, and no file of a feed. */
const filesOfVideo = (video: Video, publicUrl: string): readonly MediaFile[] => {
  const sources = video.sources.map((source) => ({ ...source, url: absoluteUrl(source.url, publicUrl) }));
  const [first, ...others] = sources;
  if (first === undefined) return video.poster === null ? [] : [fileOfImage(video.poster, publicUrl)];
  const { caption, credit, durationSeconds, poster } = video;
  const posterUrl = poster === null ? null : absoluteUrl(poster.url, publicUrl);
  return [{ medium: 'video', ...first, alt: null, caption, credit, durationSeconds, posterUrl, renditions: others }];
};

const filesOf = (medium: Media, publicUrl: string): readonly MediaFile[] => {
  switch (medium.type) {
    case 'Image':
      return [fileOfImage(medium, publicUrl)];
    case 'Gallery':
      return medium.images.map((image) => fileOfImage(image, publicUrl));
    case 'Infographic':
      return [fileOfImage(medium.image, publicUrl)];
    case 'Video':
      return filesOfVideo(medium, publicUrl);
  }
};

/** The pictures and films of `article`, each once, the leading one first. */
export const mediaFilesOf = (
  { lead, media }: Pick<Article, 'lead' | 'media'>,
  publicUrl: string,
): readonly MediaFile[] => {
  const files = [...(lead === null ? [] : [lead]), ...media].flatMap((medium) => filesOf(medium, publicUrl));
  return [...new Map(files.toReversed().map((file) => [file.url, file])).values()].toReversed();
};
