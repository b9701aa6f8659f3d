import { describe, expect, it } from 'vitest';
import { pictureOf, type Image } from '../../src/content/media.ts';

const said = { caption: null, credit: null };
const image = (url: string): Image => ({
  type: 'Image',
  url,
  renditions: [],
  width: 16,
  height: 9,
  alt: null,
  ...said,
});

describe('pictureOf', () => {
  const video = { type: 'Video', url: 'https://video.example/1', sources: [], durationSeconds: 9, ...said } as const;

  it('gives the picture that stands for a medium', () => {
    const first = image('/media/first.svg');
    expect(pictureOf(first)).toBe(first);
    expect(pictureOf({ ...video, poster: first })).toBe(first);
    expect(pictureOf({ type: 'Gallery', images: [first, image('/media/second.svg')], ...said })).toBe(first);
    expect(pictureOf({ type: 'Infographic', image: first, ...said })).toBe(first);
  });

  it('gives null where there is none', () => {
    expect(pictureOf(null)).toBeNull();
    expect(pictureOf({ ...video, poster: null })).toBeNull();
    expect(pictureOf({ type: 'Gallery', images: [], ...said })).toBeNull();
  });
});
