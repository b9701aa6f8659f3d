import type { ImageInput, MediaInput } from '../document.ts';
import { pickMediaAddress } from '../html/safe-address.ts';
import { escapeHtml } from '../html/write-html.ts';

/** A file of a picture, film or sound, as others describe it. */
export interface MediaFile {
  /** Absolute. */
  readonly url: string;
  readonly width: number | undefined;
  readonly height: number | undefined;
  readonly mimeType: string | undefined;
}

/** Words beside a medium. */
export interface MediaWords {
  readonly caption?: string | undefined;
  readonly credit?: string | undefined;
  readonly alt?: string | undefined;
}

// As the import document has them.
const MAX_RENDITIONS = 50;
const MAX_PIXELS = 100_000;

/** `text` as a number of pixels; undefined when it is none. */
export const pixelsOf = (text: string | undefined): number | undefined => {
  const pixels = /^\d+(?:\.0+)?$/.test(text?.trim() ?? '') ? Number(text) : 0;
  return pixels > 0 && pixels <= MAX_PIXELS ? pixels : undefined;
};

/** `raw` when a picture, film or sound of others may be fetched from it: an absolute http(s) address. */
export const addressOf = (raw: string): string | undefined => {
  const address = pickMediaAddress(raw);
  return address === null || address.startsWith('/') || address.length > 2_000 ? undefined : address;
};

/** The end of the name in an address, in small letters; empty: it has none. */
const endingOf = (url: string): string => /\.(\w{2,5})$/.exec(URL.parse(url)?.pathname ?? '')?.[1]?.toLowerCase() ?? '';

const VIDEO_TYPES: Readonly<Record<string, string>> = {
  mp4: 'video/mp4',
  m4v: 'video/mp4',
  mov: 'video/quicktime',
  webm: 'video/webm',
  ogv: 'video/ogg',
  m3u8: 'application/vnd.apple.mpegurl',
};

const videoTypeOf = (url: string): string => {
  const ending = endingOf(url);
  return (Object.hasOwn(VIDEO_TYPES, ending) ? VIDEO_TYPES[ending] : undefined) ?? 'video/mp4';
};

/** Lists of pieces of a film, which players know. */
const STREAM_TYPE = /^application\/(?:x-mpegurl|vnd\.apple\.mpegurl)\s*(?:;|$)/i;

/** What a file is, by its type, or else by the end of its address. */
export const mediumOf = (mimeType: string | undefined, url: string): 'image' | 'video' | 'audio' | undefined => {
  const [, named] = /^(image|video|audio)\//i.exec(mimeType?.trim() ?? '') ?? [];
  if (named !== undefined) return named.toLowerCase() as 'image' | 'video' | 'audio';
  if (mimeType !== undefined && mimeType.trim() !== '') return STREAM_TYPE.test(mimeType.trim()) ? 'video' : undefined;
  const ending = endingOf(url);
  if (/^(?:jpe?g|png|gif|webp|avif|svg)$/.test(ending)) return 'image';
  if (Object.hasOwn(VIDEO_TYPES, ending)) return 'video';
  return /^(?:mp3|m4a|aac|ogg|oga|wav)$/.test(ending) ? 'audio' : undefined;
};

const areaOf = ({ width = 0, height = 0 }: MediaFile): number => width * height;

/** Those of `files` whose size is known: a picture has no room for the others beside the one that it is. */
const sizedOf = <File extends MediaFile>(files: readonly File[]): readonly File[] =>
  files.filter(({ width, height }) => width !== undefined && height !== undefined).slice(0, MAX_RENDITIONS);

const largestOf = <File extends MediaFile>(files: readonly File[]): File | undefined =>
  files.toSorted((a, b) => areaOf(b) - areaOf(a))[0];

/** Which of `files` are kept of a picture that is made of them. */
export const keptOfPicture = <File extends MediaFile>(files: readonly File[]): ReadonlySet<File> => {
  const largest = largestOf(files);
  return new Set(largest === undefined ? [] : [largest, ...sizedOf(files)]);
};

/** Which of `files` are kept of a film that is made of them. */
export const keptOfVideo = <File extends MediaFile>(files: readonly File[]): ReadonlySet<File> =>
  new Set(files.slice(0, MAX_RENDITIONS));

/** One picture of which `files` are the sizes; the largest is the picture itself. Undefined without files. */
export const createPicture = (files: readonly MediaFile[], words: MediaWords): ImageInput | undefined => {
  const largest = largestOf(files);
  if (largest === undefined) return undefined;
  const renditions = sizedOf(files).flatMap(({ url, width, height }) =>
    width === undefined || height === undefined ? [] : [{ url, width, height }],
  );
  const { url, width, height } = largest;
  return { type: 'image', url, width, height, renditions, ...words };
};

/** A film of which `files` are the forms. Undefined without files. */
export const createVideo = (
  files: readonly MediaFile[],
  details: MediaWords & {
    /** The page to watch it on; undefined: the file itself. */
    readonly page: string | undefined;
    readonly poster: ImageInput | undefined;
    readonly durationSeconds: number | undefined;
  },
): MediaInput | undefined => {
  const [first] = files;
  if (first === undefined) return undefined;
  const { page, poster, durationSeconds, caption, credit } = details;
  const sources = files.slice(0, MAX_RENDITIONS).map(({ url, width, height, mimeType }) => ({
    url,
    width,
    height,
    mimeType: mimeType?.trim() || videoTypeOf(url),
  }));
  return { type: 'video', url: page ?? first.url, sources, poster, durationSeconds, caption, credit };
};

/** What an article shows, as an import line has it. */
export interface ShownMedia {
  readonly lead: MediaInput | undefined;
  readonly media: readonly MediaInput[];
}

/** Media of one article beside its lead. */
export const MAX_MEDIA = 100;
/** Pictures of one gallery. */
export const MAX_GALLERY = 200;

/** `lead`, or else the first there is; several other pictures are one gallery, the films follow. */
export const arrangeMedia = (
  lead: MediaInput | undefined,
  pictures: readonly ImageInput[],
  videos: readonly MediaInput[],
): ShownMedia => {
  if (lead === undefined && pictures.length + videos.length > 0) {
    const [picture, ...others] = pictures;
    return picture === undefined ? arrangeMedia(videos[0], [], videos.slice(1)) : arrangeMedia(picture, others, videos);
  }
  const shown: readonly MediaInput[] =
    pictures.length > 1 ? [{ type: 'gallery', images: pictures.slice(0, MAX_GALLERY) }] : pictures;
  return { lead, media: [...shown, ...videos].slice(0, MAX_MEDIA) };
};

/** A player for each sound: they have no place among media, and stand at the end of the body. */
export const htmlOfSounds = (addresses: readonly string[]): string =>
  addresses.map((url) => `<audio src="${escapeHtml(url)}"></audio>`).join('');
