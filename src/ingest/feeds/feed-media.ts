import type { ImageInput, MediaInput } from '../document.ts';
import {
  addressOf,
  arrangeMedia,
  createPicture,
  createVideo,
  mediumOf,
  pixelsOf,
  type MediaFile,
  type MediaWords,
  type ShownMedia,
} from '../foreign/pictures.ts';
import { resolveAddress } from '../foreign/resolve-links.ts';
import { shorten, textOfHtml } from '../foreign/words.ts';
import { childrenOf, isElement, type XmlElement } from './xml-element.ts';
import type { XmlItem } from './xml-item.ts';

/** What a story of a feed shows and lets hear. */
export interface FeedMedia extends ShownMedia {
  readonly sounds: readonly string[];
}

interface FoundFile extends MediaFile {
  readonly medium: 'image' | 'video' | 'audio';
  readonly durationSeconds: number | undefined;
}

const MEDIA: ReadonlySet<string> = new Set(['image', 'video', 'audio']);

const readFile = (element: XmlElement, base: string | undefined, notes: XmlItem): FoundFile | undefined => {
  const isLink = element.name === 'atom:link';
  const raw = element.attributes.get(isLink ? 'href' : 'url');
  const url = raw === undefined ? undefined : addressOf(resolveAddress(raw, element.base ?? base) ?? '');
  const mimeType = element.attributes.get('type');
  const named = element.attributes.get('medium')?.trim().toLowerCase() ?? '';
  const medium = MEDIA.has(named) ? (named as FoundFile['medium']) : mediumOf(mimeType, url ?? '');
  if (url === undefined || medium === undefined) return undefined;
  const target = medium === 'audio' ? 'html' : 'media';
  notes.takeAttribute(element, isLink ? 'href' : 'url', target);
  for (const name of ['type', 'medium', 'rel']) notes.takeAttribute(element, name, target);
  const [width, height] = ['width', 'height'].map((name) =>
    medium === 'audio' ? undefined : pixelsOf(notes.takeAttribute(element, name, target)),
  );
  const seconds = medium === 'video' ? Number(notes.takeAttribute(element, 'duration', target)) : 0;
  const durationSeconds = seconds > 0 && Number.isFinite(seconds) ? Math.round(seconds) : undefined;
  return { url, medium, mimeType, width, height, durationSeconds };
};

/** Words beside a medium: of itself, of its group, or of the story. */
const takeWords = (holders: readonly XmlElement[], notes: XmlItem): MediaWords => {
  const first = (...names: readonly string[]): XmlElement | undefined =>
    names.flatMap((name) => holders.flatMap((holder) => childrenOf(holder, name)))[0];
  const caption = notes.take(first('media:description', 'media:title'), 'media.caption');
  const credit = notes.take(first('media:credit'), 'media.credit');
  return {
    ...(caption === undefined ? {} : { caption: shorten(textOfHtml(caption), 2_000) || undefined }),
    ...(credit === undefined ? {} : { credit: shorten(textOfHtml(credit), 500) || undefined }),
  };
};

/** The files that are one medium: those of a group, or one by itself; and where its words may stand. */
interface Candidate {
  readonly files: readonly XmlElement[];
  readonly holders: readonly XmlElement[];
}

const isEnclosure = (element: XmlElement): boolean =>
  element.name === 'enclosure' || (element.name === 'atom:link' && element.attributes.get('rel') === 'enclosure');

const candidatesIn = (story: XmlElement): readonly Candidate[] =>
  story.children.filter(isElement).flatMap((child): readonly Candidate[] => {
    if (child.name === 'media:group')
      return [{ files: childrenOf(child, 'media:content'), holders: [...childrenOf(child, 'media:content'), child] }];
    return child.name === 'media:content' || isEnclosure(child) ? [{ files: [child], holders: [child] }] : [];
  });

/** A small picture that stands for a film, or for the story when it has no other. */
const takeThumbnail = (
  holders: readonly XmlElement[],
  base: string | undefined,
  notes: XmlItem,
): ImageInput | undefined => {
  const thumbnail = holders.flatMap((holder) => childrenOf(holder, 'media:thumbnail'))[0];
  const raw = thumbnail?.attributes.get('url');
  const url = raw === undefined ? undefined : addressOf(resolveAddress(raw, thumbnail?.base ?? base) ?? '');
  if (thumbnail === undefined || url === undefined) return undefined;
  notes.takeAttribute(thumbnail, 'url', 'media');
  const [width, height] = ['width', 'height'].map((name) => pixelsOf(notes.takeAttribute(thumbnail, name, 'media')));
  return createPicture([{ url, width, height, mimeType: undefined }], {});
};

/** Enclosures and Media RSS of `story`, in their order; a file named twice is shown once. */
export const takeFeedMedia = (story: XmlElement, base: string | undefined, notes: XmlItem): FeedMedia => {
  const pictures: ImageInput[] = [];
  const videos: MediaInput[] = [];
  const sounds: string[] = [];
  const seen = new Set<string>();
  for (const { files, holders } of candidatesIn(story)) {
    const read = files.flatMap((file) => readFile(file, base, notes) ?? []);
    const found = read.filter(({ url }) => !seen.has(url));
    for (const { url } of found) seen.add(url);
    const of = (medium: FoundFile['medium']): readonly FoundFile[] => found.filter((file) => file.medium === medium);
    const [films, images] = [of('video'), of('image')];
    const words = films.length + images.length > 0 ? takeWords([...holders, story], notes) : {};
    const durationSeconds = films.find((film) => film.durationSeconds !== undefined)?.durationSeconds;
    const poster = films.length > 0 ? takeThumbnail([...holders, story], base, notes) : undefined;
    const video = createVideo(films, { page: undefined, poster, durationSeconds, ...words });
    const picture = video === undefined ? createPicture(images, words) : undefined;
    if (video !== undefined) videos.push(video);
    if (picture !== undefined) pictures.push(picture);
    sounds.push(...of('audio').map(({ url }) => url));
  }
  const only = pictures.length + videos.length > 0 ? undefined : takeThumbnail([story], base, notes);
  if (only !== undefined) pictures.push({ ...only, ...takeWords([story], notes) });
  return { ...arrangeMedia(undefined, pictures, videos), sounds };
};
