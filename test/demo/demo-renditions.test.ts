import { describe, expect, it } from 'vitest';
import { readDemoRenditions, showRenditions, showRenditionsInHtml } from '../../src/demo/demo-renditions.ts';

const KEPT = new Map([
  ['port-cranes', [320, 1280]],
  ['portrait-nadia', [80, 400]],
]);
const CRANES = {
  url: '/media/port-cranes-1280.webp',
  width: 1280,
  height: 720,
  renditions: [
    { url: '/media/port-cranes-320.webp', width: 320, height: 180 },
    { url: '/media/port-cranes-1280.webp', width: 1280, height: 720 },
  ],
};
const NADIA = {
  url: '/media/portrait-nadia-400.webp',
  width: 400,
  height: 400,
  renditions: [
    { url: '/media/portrait-nadia-80.webp', width: 80, height: 80 },
    { url: '/media/portrait-nadia-400.webp', width: 400, height: 400 },
  ],
};
const drawing = { url: '/media/port-cranes.svg', width: 1600, height: 900 };

describe('readDemoRenditions', () => {
  it('finds the widths of every drawing in the names of the files, narrowest first', async () => {
    const renditions = await readDemoRenditions();
    expect(renditions.get('harbour-dawn')).toEqual([320, 640, 1280]);
    expect(renditions.get('meridian-emblem')).toEqual([80, 160, 400]);
  });
});

describe('showRenditions', () => {
  it('names the largest file of a drawing with its own size, and every file there is', () => {
    expect(showRenditions({ ...drawing, alt: 'Cranes' }, KEPT)).toEqual({ ...CRANES, alt: 'Cranes' });
  });

  it('finds drawings at any depth: galleries, posters, portraits, heads of pages', () => {
    const portrait = { url: '/media/portrait-nadia.svg', width: 400, height: 400 };
    expect(
      showRenditions(
        {
          lead: { type: 'video', url: 'https://film.example/', poster: drawing },
          media: [{ type: 'gallery', images: [drawing] }],
          avatar: portrait,
        },
        KEPT,
      ),
    ).toEqual({
      lead: { type: 'video', url: 'https://film.example/', poster: CRANES },
      media: [{ type: 'gallery', images: [CRANES] }],
      avatar: NADIA,
    });
  });

  it.each([
    'https://cdn.example/media/port-cranes.svg',
    '/media/port-cranes.mp4',
    '/media/more/port-cranes.svg',
    '/articles/port-cranes.svg',
  ])('leaves alone what is no drawing of the newsroom: %s', (url) => {
    expect(showRenditions({ url, width: 2 }, KEPT)).toEqual({ url, width: 2 });
  });

  it('says which drawing is named without its size, or was never rendered', () => {
    expect(() => showRenditions({ url: '/media/port-cranes.svg', width: 1600 }, KEPT)).toThrow(
      new TypeError('port-cranes.svg is named without its width and height'),
    );
    expect(() => showRenditions({ ...drawing, url: '/media/new.svg' }, KEPT)).toThrow(
      new TypeError('new.svg has no renditions: run `npm run demo:pictures`'),
    );
  });
});

describe('showRenditionsInHtml', () => {
  it('names the largest file of a drawing, whatever the order of its attributes', () => {
    const html = (tag: string): string => `<figure>${tag}<figcaption>1600 <img src="/x.png"></figcaption></figure>`;
    expect(
      showRenditionsInHtml(html('<img src="/media/port-cranes.svg" alt="a > b" width="1600" height="900">'), KEPT),
    ).toBe(html('<img src="/media/port-cranes-1280.webp" alt="a > b" width="1280" height="720">'));
    expect(showRenditionsInHtml(html('<img height="900" width="1600" src="/media/port-cranes.svg" />'), KEPT)).toBe(
      html('<img height="720" width="1280" src="/media/port-cranes-1280.webp" />'),
    );
  });

  it('says which drawing is named without its size', () => {
    expect(() => showRenditionsInHtml('<img src="/media/port-cranes.svg" alt="">', KEPT)).toThrow(
      new TypeError('port-cranes.svg is named without its width and height'),
    );
  });
});
