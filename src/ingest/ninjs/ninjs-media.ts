import type { Instant } from '../../clock.ts';
import type { ImageInput, MediaInput } from '../document.ts';
import type { JsonField } from '../foreign/json-item.ts';
import { isNoDate, parseDate } from '../foreign/parse-date.ts';
import {
  MAX_GALLERY,
  MAX_MEDIA,
  arrangeMedia,
  createPicture,
  createVideo,
  htmlOfSounds,
  keptOfPicture,
  keptOfVideo,
  type ShownMedia,
} from '../foreign/pictures.ts';
import { ofMedium, renditionsOf } from './ninjs-renditions.ts';
import { isUsable } from './ninjs-status.ts';
import { pickByRole, readTexts, takeLine } from './ninjs-texts.ts';
import { takeShortened } from './ninjs-values.ts';

/** What an item shows. */
export interface NinjsMedia extends ShownMedia {
  /** Players of its sounds. */
  readonly html: string;
}

const MAX_CAPTION_LETTERS = 2_000;
const MAX_CREDIT_LETTERS = 500;

/** Captions and credits of `item`, noted under `target`. */
const takeWords = (item: JsonField, target: string): { readonly caption?: string; readonly credit?: string } => {
  const descriptions = readTexts(item, 'descriptions', 'description');
  const headlines = readTexts(item, 'headlines', 'headline');
  const described =
    pickByRole(descriptions, ['caption', 'text', 'main', 'summary', '', 'richtext']) ??
    pickByRole(headlines, ['main', 'headline', '']);
  const caption = described === undefined ? undefined : takeLine(described, `${target}.caption`, MAX_CAPTION_LETTERS);
  const line = pickByRole(descriptions, ['creditline', 'credit']);
  const held = ['by', 'byline', 'copyrightHolder', 'copyrightNotice'].map((key) => item.get(key));
  const field = held.find((one) => one.text() !== undefined);
  const credited = `${target}.credit`;
  const credit =
    line !== undefined
      ? takeLine(line, credited, MAX_CREDIT_LETTERS)
      : field === undefined
        ? undefined
        : takeShortened(field, credited, MAX_CREDIT_LETTERS);
  return { ...(caption === undefined ? {} : { caption }), ...(credit === undefined ? {} : { credit }) };
};

/** What an item or an association shows: nothing of it is noted before it is known where it stands. */
interface Shown {
  readonly isFilm: boolean;
  /** What it is, with those words. */
  readonly build: (words: ReturnType<typeof takeWords>) => ImageInput | MediaInput;
  readonly item: JsonField;
  /** Notes the files that are kept under `target`. */
  readonly note: (target: string) => void;
}

/** The film that `item` is, its pictures as poster, or else its picture; undefined: it shows neither. */
const readShown = (item: JsonField): Shown | undefined => {
  const files = renditionsOf(item);
  const [images, films] = [ofMedium(files, 'image'), ofMedium(files, 'video')];
  const poster = createPicture(images, {});
  const timed = films.find((film) => film.durationSeconds !== undefined);
  const details = { page: undefined, poster, durationSeconds: timed?.durationSeconds };
  const shown = createVideo(films, details) ?? poster;
  if (shown === undefined) return undefined;
  const isFilm = films.length > 0;
  return {
    isFilm,
    build: (words) => ({ ...shown, ...words }),
    item,
    note(target) {
      for (const file of keptOfPicture(images)) file.note(isFilm ? `${target}.poster` : target);
      for (const file of keptOfVideo(films)) file.note(`${target}.sources`);
      timed?.noteDuration();
    },
  };
};

/** When an article is to be seen. */
export interface Shelf {
  readonly visibleFrom: Instant;
  /** Undefined: it stays. */
  readonly expiresAt: Instant | undefined;
}

/** The instant of `field`; NaN when it holds something else than one, undefined when it holds nothing. */
const instantOf = (field: JsonField): Instant | undefined => {
  const { value } = field;
  if (value === undefined || value === null || (typeof value === 'string' && (value.trim() === '' || isNoDate(value))))
    return undefined;
  return parseDate(field.text() ?? '') ?? NaN;
};

/** Whether an association may be shown as long as the article is: we show it with that, and take it back with that. */
const isFree = (association: JsonField, { visibleFrom, expiresAt = Infinity }: Shelf): boolean => {
  const embargoes = [association.get('embargoedUntil'), association.get('embargoed')].map(instantOf);
  const expiry = instantOf(association.get('expires'));
  return (
    isUsable(association) &&
    embargoes.every((until) => until === undefined || until <= visibleFrom) &&
    (expiry === undefined || expiry >= expiresAt)
  );
};

const IS_MAIN = /^(?:main|lead|feature|featured|hero)/i;

const isMain = (association: JsonField): boolean =>
  [association.get('rel').text(), association.get('name').text(), association.key].some((name) =>
    IS_MAIN.test(name?.trim() ?? ''),
  );

/** What `one` shows, once it is known that it is kept: with its words, all noted under `target`. */
const keep = (one: Shown, target: string): ImageInput | MediaInput => {
  one.note(target);
  return one.build(takeWords(one.item, target));
};

/** The addresses of the sounds of `item`, noted. */
const takeSounds = (item: JsonField): readonly string[] =>
  ofMedium(renditionsOf(item), 'audio').map(({ url, note }) => {
    note('html');
    return url;
  });

/**
 * What `item` itself shows and what is associated with it: a lead, one gallery of the other pictures, the films. What
 * there is no room for is not noted.
 *
 * @param shelf when the article is to be seen: what may not be shown then is left out.
 */
export const takeMedia = (item: JsonField, shelf: Shelf): NinjsMedia => {
  const own = readShown(item);
  const free = item
    .get('associations')
    .members()
    .filter((one) => isFree(one, shelf));
  const associated = [...free.filter(isMain), ...free.filter((one) => !isMain(one))].flatMap(
    (one) => readShown(one) ?? [],
  );
  const first = own ?? associated.find(({ isFilm }) => !isFilm) ?? associated[0];
  const others = associated.filter((one) => one !== first);
  const pictures = others.filter(({ isFilm }) => !isFilm).slice(0, MAX_GALLERY);
  const films = others.filter(({ isFilm }) => isFilm).slice(0, MAX_MEDIA - (pictures.length === 0 ? 0 : 1));
  for (const one of [first, ...pictures, ...films])
    if (one !== undefined && one !== own) one.item.get('type').take(one === first ? 'lead' : 'media');
  const arranged = arrangeMedia(
    first === undefined ? undefined : keep(first, 'lead'),
    pictures.map((one) => keep(one, 'media') as ImageInput),
    films.map((one) => keep(one, 'media')),
  );
  return { ...arranged, html: htmlOfSounds(takeSounds(item)) };
};
