import { describe, expect, it } from 'vitest';
import { createVideo, mediumOf } from '../../../src/ingest/foreign/pictures.ts';

const typeOf = (url: string, mimeType?: string): string | undefined => {
  const details = { page: undefined, poster: undefined, durationSeconds: undefined };
  const video = createVideo([{ url, width: undefined, height: undefined, mimeType }], details);
  return video?.type === 'video' ? video.sources?.[0]?.mimeType : undefined;
};

describe('createVideo', () => {
  it.each([
    ['https://v.example/a.webm', 'video/webm'],
    ['https://v.example/a.MOV?x=.mp4', 'video/quicktime'],
    ['https://v.example/a.ogv', 'video/ogg'],
    ['https://v.example/a.m3u8', 'application/vnd.apple.mpegurl'],
    ['https://v.example/a', 'video/mp4'],
    ['https://v.example/a.constructor', 'video/mp4'],
  ])('knows the type of %s by its end', (url, expected) => {
    expect(typeOf(url)).toBe(expected);
    expect(typeOf(url, ' ')).toBe(expected);
  });

  it.each(['video/webm', 'application/x-mpegURL', 'application/vnd.apple.mpegurl'])('keeps the type %s', (type) => {
    expect(mediumOf(type, 'https://v.example/a.mp4')).toBe('video');
    expect(typeOf('https://v.example/a.mp4', type)).toBe(type);
  });
});
