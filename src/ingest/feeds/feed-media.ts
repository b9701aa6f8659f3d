import type { ImageInput } from '../document.ts';
import {
  addressOf,
  createPicture,
  createVideo,
  pixelsOf,
  type MediaFile,
  type MediaWords,
} from '../foreign/pictures.ts';
import { resolveAddress } from '../foreign/resolve-links.ts';
import { shorten, textOfHtml } from '../foreign/words.ts';
import { createMediaCollector, mediumOfFile, type FeedMedia, type Medium } from './collect-media.ts';
import { childrenOf, isElement, type XmlElement } from './xml-element.ts';
import type { XmlItem } from './xml-item.ts';

interface FoundFile extends MediaFile {
  readonly element: XmlElement;
  readonly medium: Medium;
  readonly durationSeconds: number | undefined;
}

const MEDIA: ReadonlySet<string> = new Set(['image', 'video', 'audio']);
// As many as an article holds of one medium.
const MAX_FILES = 50;

const addressIn = (element: XmlElement): 'href' | 'url' => (element.name === 'atom:link' ? 'href' : 'url');

const urlOf = (element: XmlElement, base: string | undefined): string | undefined => {
  const raw = element.attributes.get(addressIn(element));
  return raw === undefined ? undefined : addressOf(resolveAddress(raw, element.base ?? base) ?? '');
};

const readFile = (element: XmlElement, base: string | undefined): FoundFile | undefined => {
  const { attributes } = element;
  const url = urlOf(element, base);
  const mimeType = attributes.get('type');
  const named = attributes.get('medium')?.trim().toLowerCase() ?? '';
  const medium = MEDIA.has(named) ? (named as Medium) : mediumOfFile(mimeType, url ?? '');
  if (url === undefined || medium === undefined) return undefined;
  const [width, height] = ['width', 'height'].map((name) => pixelsOf(attributes.get(name)));
  const seconds = medium === 'video' ? Number(attributes.get('duration')) : 0;
  const durationSeconds = seconds > 0 && Number.isFinite(seconds) ? Math.round(seconds) : undefined;
  return { element, url, medium, mimeType, width, height, durationSeconds };
};

const noteFile = ({ element, medium }: FoundFile, notes: XmlItem): void => {
  const seen = medium === 'audio' ? [] : ['width', 'height'];
  const names = [addressIn(element), 'type', 'medium', 'rel', ...seen, ...(medium === 'video' ? ['duration'] : [])];
  for (const name of names) notes.takeAttribute(element, name, medium === 'audio' ? 'html' : 'media');
};

/** What may stand beside a medium: in itself, its group, or the story. */
interface Beside {
  readonly description: XmlElement | undefined;
  readonly title: XmlElement | undefined;
  readonly credit: XmlElement | undefined;
  readonly thumbnail: XmlElement | undefined;
}

const besideIn = (holders: readonly XmlElement[]): Beside => {
  const first = (name: string): XmlElement | undefined => holders.flatMap((holder) => childrenOf(holder, name))[0];
  return {
    description: first('media:description'),
    title: first('media:title'),
    credit: first('media:credit'),
    thumbnail: first('media:thumbnail'),
  };
};

/** Takes the words beside media. Those of the story are beside every one of them, and are read once. */
const createWordTaker = (story: Beside, notes: XmlItem): ((own: Beside) => MediaWords) => {
  const texts = new Map<XmlElement, string>();
  const textOf = (element: XmlElement | undefined, target: string, limit: number): string | undefined => {
    if (element === undefined) return undefined;
    const text = texts.get(element) ?? shorten(textOfHtml(notes.take(element, target) ?? ''), limit);
    texts.set(element, text);
    return text === '' ? undefined : text;
  };
  return (own) => {
    const { description = story.description, title = story.title, credit: by = story.credit } = own;
    const caption = textOf(description ?? title, 'media.caption', 2_000);
    const credit = textOf(by, 'media.credit', 500);
    return { ...(caption === undefined ? {} : { caption }), ...(credit === undefined ? {} : { credit }) };
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
    if (child.name === 'media:group') {
      const files = childrenOf(child, 'media:content');
      return [{ files, holders: [...files, child] }];
    }
    return child.name === 'media:content' || isEnclosure(child) ? [{ files: [child], holders: [child] }] : [];
  });

/** A small picture that stands for a film, or for the story when it has no other. */
const takeThumbnail = (
  thumbnail: XmlElement | undefined,
  base: string | undefined,
  notes: XmlItem,
): ImageInput | undefined => {
  const url = thumbnail === undefined ? undefined : urlOf(thumbnail, base);
  if (thumbnail === undefined || url === undefined) return undefined;
  notes.takeAttribute(thumbnail, 'url', 'media');
  const [width, height] = ['width', 'height'].map((name) => pixelsOf(notes.takeAttribute(thumbnail, name, 'media')));
  return createPicture([{ url, width, height, mimeType: undefined }], {});
};

/**
 * Enclosures and Media RSS of `story`, in their order; a file named twice is shown once, a picture beside a film in one group
 * is its poster when it has no other. What an article has no room for is not taken.
 */
export const takeFeedMedia = (story: XmlElement, base: string | undefined, notes: XmlItem): FeedMedia => {
  const collector = createMediaCollector();
  const storyBeside = besideIn([story]);
  const takeWords = createWordTaker(storyBeside, notes);
  for (const { files, holders } of candidatesIn(story)) {
    const read = files.flatMap((file) => readFile(file, base) ?? []);
    const fresh = [
      ...new Map(read.filter(({ url }) => !collector.isShown(url)).map((file) => [file.url, file])).values(),
    ];
    const of = (medium: Medium): readonly FoundFile[] =>
      collector.hasRoom(medium) ? fresh.filter((file) => file.medium === medium).slice(0, MAX_FILES) : [];
    const [films, images] = [of('video'), of('image')];
    const own = films.length + images.length > 0 ? besideIn(holders) : undefined;
    if (films.length > 0 && own !== undefined) {
      const durationSeconds = films.find((film) => film.durationSeconds !== undefined)?.durationSeconds;
      const thumbnail = takeThumbnail(own.thumbnail, base, notes);
      const still = thumbnail === undefined ? createPicture(images, {}) : undefined;
      const poster = thumbnail ?? still ?? takeThumbnail(storyBeside.thumbnail, base, notes);
      const shown = still === undefined ? films : [...films, ...images];
      const video = createVideo(films, { page: undefined, poster, durationSeconds, ...takeWords(own) });
      collector.show(
        video,
        shown.map(({ url }) => url),
      );
    } else if (own !== undefined) {
      collector.show(
        createPicture(images, takeWords(own)),
        images.map(({ url }) => url),
      );
    }
    for (const { url } of of('audio')) if (collector.hasRoom('audio')) collector.letHear(url);
    for (const file of read) if (collector.isShown(file.url)) noteFile(file, notes);
  }
  if (collector.isEmpty()) {
    const only = takeThumbnail(storyBeside.thumbnail, base, notes);
    if (only !== undefined) collector.show({ ...only, ...takeWords(storyBeside) }, []);
  }
  return collector.collected();
};
