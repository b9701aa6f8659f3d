import type { ImageInput, MediaInput } from '../document.ts';
import { arrangeMedia, mediumOf, type ShownMedia } from '../foreign/pictures.ts';

/** What a story of a feed shows and lets hear. */
export interface FeedMedia extends ShownMedia {
  /** Addresses. */
  readonly sounds: readonly string[];
}

/** What a file is. */
export type Medium = 'image' | 'video' | 'audio';

// A lead and a gallery of 200; what is left of 100 media beside that gallery; and players are in the body.
const ROOM: Readonly<Record<Medium, number>> = { image: 201, video: 99, audio: 100 };

/** What a file is, by its type, or else by the end of its address. */
export const mediumOfFile = (mimeType: string | undefined, url: string): Medium | undefined =>
  // A list of pieces of a film (HLS), by both its names.
  /^\s*application\/(?:x-mpegurl|vnd\.apple\.mpegurl)\b/i.test(mimeType ?? '') ? 'video' : mediumOf(mimeType, url);

/** Gathers what one story shows, in its order, as far as an article has room. */
export interface MediaCollector {
  /** Whether the file at `url` is shown already. */
  isShown(url: string): boolean;
  hasRoom(medium: Medium): boolean;
  /** @param urls the files that it is made of. */
  show(medium: ImageInput | MediaInput | undefined, urls: readonly string[]): void;
  letHear(url: string): void;
  isEmpty(): boolean;
  collected(): FeedMedia;
}

/** A collector for one story. */
export const createMediaCollector = (): MediaCollector => {
  const pictures: ImageInput[] = [];
  const videos: MediaInput[] = [];
  const sounds: string[] = [];
  const gathered: Readonly<Record<Medium, readonly unknown[]>> = { image: pictures, video: videos, audio: sounds };
  const shown = new Set<string>();
  return {
    isShown: (url) => shown.has(url),
    hasRoom: (medium) => gathered[medium].length < ROOM[medium],
    show(medium, urls) {
      if (medium === undefined) return;
      for (const url of urls) shown.add(url);
      if (medium.type === 'image') pictures.push(medium);
      else videos.push(medium);
    },
    letHear(url) {
      shown.add(url);
      sounds.push(url);
    },
    isEmpty: () => pictures.length + videos.length === 0,
    collected: () => ({ ...arrangeMedia(undefined, pictures, videos), sounds }),
  };
};
