import type { JsonField } from '../foreign/json-item.ts';
import { addressOf, mediumOf, pixelsOf, type MediaFile } from '../foreign/pictures.ts';

/** A file that an item names. */
export interface Rendition extends MediaFile {
  readonly medium: 'image' | 'video' | 'audio';
  readonly durationSeconds: number | undefined;
  readonly note: (target: string) => void;
  readonly noteDuration: () => void;
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
    if (medium === 'audio') return;
    for (const size of [width, height]) if (pixelsOf(size?.text()) !== undefined) size?.take(target);
  };
  const seconds = Number(duration?.text());
  return [
    {
      url,
      medium,
      mimeType: type,
      width: pixelsOf(width?.text()),
      height: pixelsOf(height?.text()),
      durationSeconds: medium === 'video' && seconds > 0 ? Math.round(seconds) : undefined,
      note,
      noteDuration: () => duration?.note('durationSeconds'),
    },
  ];
};

/** The files of `item` that may be fetched and are a picture, film or sound; nothing of them is noted yet. */
export const renditionsOf = (item: JsonField): readonly Rendition[] =>
  item.get('renditions').members().flatMap(readRendition);

/** Those of `files` that are a `medium`. */
export const ofMedium = (files: readonly Rendition[], medium: Rendition['medium']): readonly Rendition[] =>
  files.filter((file) => file.medium === medium);
