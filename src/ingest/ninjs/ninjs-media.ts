import type { Instant } from '../../clock.ts';
import type { ImageInput, MediaInput } from '../document.ts';
import type { JsonField } from '../foreign/json-item.ts';
import { parseDate } from '../foreign/parse-date.ts';
import {
  addressOf,
  arrangeMedia,
  createPicture,
  createVideo,
  htmlOfSounds,
  mediumOf,
  pixelsOf,
  type MediaFile,
  type ShownMedia,
} from '../foreign/pictures.ts';
import { shorten } from '../foreign/words.ts';
import { isUsable } from './ninjs-status.ts';
import { pickByRole, readTexts, takeLine } from './ninjs-texts.ts';

/** What an item shows. */
export interface NinjsMedia extends ShownMedia {
  /** Players of its sounds. */
  readonly html: string;
}

interface Rendition extends MediaFile {
  readonly medium: 'image' | 'video' | 'audio';
  readonly durationSeconds: number | undefined;
  readonly note: (target: string) => void;
}

const readRendition = (rendition: JsonField): readonly Rendition[] => {
  const href = rendition.get('href');
  const url = addressOf(href.text() ?? '');
  const type = rendition.get('contentType').text() ?? rendition.get('mimeType').text();
  const medium = url === undefined ? undefined : mediumOf(type, url);
  if (url === undefined || medium === undefined) return [];
  const [width, height, duration] = ['width', 'height', 'duration'].map((key) => rendition.get(key));
  const note = (target: string): void => {
    href.note(target);
    rendition.get('contentType').take(target);
    rendition.get('mimeType').take(target);
    if (medium !== 'audio') for (const size of [width, height]) size?.take(target);
  };
  const seconds = Number(duration?.text());
  if (medium === 'video' && seconds > 0) duration?.note('durationSeconds');
  return [
    {
      url,
      medium,
      mimeType: type,
      width: pixelsOf(width?.text()),
      height: pixelsOf(height?.text()),
      durationSeconds: medium === 'video' && seconds > 0 ? Math.round(seconds) : undefined,
      note,
    },
  ];
};

const takeFiles = (files: readonly Rendition[], medium: Rendition['medium'], target: string): readonly Rendition[] => {
  const chosen = files.filter((file) => file.medium === medium);
  for (const { note } of chosen) note(target);
  return chosen;
};

const MAX_CAPTION_LETTERS = 2_000;
const MAX_CREDIT_LETTERS = 500;

/** Captions and credits of `item`, noted under `target`. */
const takeWords = (item: JsonField, target: string): { readonly caption?: string; readonly credit?: string } => {
  const descriptions = readTexts(item, 'descriptions', 'description');
  const headlines = readTexts(item, 'headlines', 'headline');
  const described =
    pickByRole(descriptions, ['caption', 'text', 'main', 'summary', '', 'richtext']) ??
    pickByRole(headlines, ['main', 'headline', '']);
  const caption = described === undefined ? undefined : takeLine(described, `${target}.caption`);
  const line = pickByRole(descriptions, ['creditline', 'credit']);
  const credit =
    line !== undefined
      ? takeLine(line, `${target}.credit`)
      : ['by', 'byline', 'copyrightHolder', 'copyrightNotice']
          .map((key) => item.get(key))
          .find((field) => field.text() !== undefined)
          ?.take(`${target}.credit`);
  return {
    ...(caption === undefined ? {} : { caption: shorten(caption, MAX_CAPTION_LETTERS) }),
    ...(credit === undefined ? {} : { credit: shorten(credit, MAX_CREDIT_LETTERS) }),
  };
};

const renditionsOf = (item: JsonField): readonly Rendition[] => item.get('renditions').members().flatMap(readRendition);

/** A film of `item`, its pictures as poster. */
const takeVideo = (item: JsonField, files: readonly Rendition[], target: string): MediaInput | undefined => {
  const films = takeFiles(files, 'video', `${target}.sources`);
  if (films.length === 0) return undefined;
  const poster = createPicture(takeFiles(files, 'image', `${target}.poster`), {});
  const durationSeconds = films.find((film) => film.durationSeconds !== undefined)?.durationSeconds;
  return createVideo(films, { page: undefined, poster, durationSeconds, ...takeWords(item, target) });
};

/** A picture of `item`; an infographic when its type says so. */
const takePicture = (item: JsonField, files: readonly Rendition[], target: string): ImageInput | undefined => {
  const images = takeFiles(files, 'image', target);
  return images.length === 0 ? undefined : createPicture(images, takeWords(item, target));
};

/** Whether an association may be shown when the item is, from `visibleFrom` on: it has no embargo of its own with us. */
const isFree = (association: JsonField, visibleFrom: Instant): boolean => {
  const embargo = association.get('embargoedUntil').text() ?? association.get('embargoed').text();
  const until = embargo === undefined ? visibleFrom : (parseDate(embargo) ?? Infinity);
  return until <= visibleFrom && isUsable(association);
};

const IS_MAIN = /^(?:main|lead|feature|featured|hero)/i;

const isMain = (association: JsonField): boolean =>
  [association.get('rel').text(), association.get('name').text(), association.key].some((name) =>
    IS_MAIN.test(name?.trim() ?? ''),
  );

/**
 * What `item` itself shows and what is associated with it: a lead, one gallery of the other pictures, the films.
 *
 * @param visibleFrom when the article is seen first: what may not be shown then is left out.
 */
export const takeMedia = (item: JsonField, visibleFrom: Instant): NinjsMedia => {
  const own = renditionsOf(item);
  const ownVideo = takeVideo(item, own, 'lead');
  const ownPicture = ownVideo === undefined ? takePicture(item, own, 'lead') : undefined;
  const sounds = takeFiles(own, 'audio', 'html').map(({ url }) => url);

  const associations = item
    .get('associations')
    .members()
    .filter((one) => isFree(one, visibleFrom));
  const ordered = [...associations.filter(isMain), ...associations.filter((one) => !isMain(one))];
  const pictures: ImageInput[] = [];
  const videos: MediaInput[] = [];
  let lead: MediaInput | undefined = ownVideo ?? ownPicture;
  for (const association of ordered) {
    const files = renditionsOf(association);
    const isFilm = files.some(({ medium }) => medium === 'video');
    const target = lead === undefined && !isFilm ? 'lead' : 'media';
    const shown = isFilm ? takeVideo(association, files, target) : takePicture(association, files, target);
    if (shown === undefined) continue;
    association.get('type').take(target);
    if (shown.type === 'video') videos.push(shown);
    else if (lead === undefined) lead = shown;
    else pictures.push(shown as ImageInput);
  }
  return { ...arrangeMedia(lead, pictures, videos), html: htmlOfSounds(sounds) };
};
