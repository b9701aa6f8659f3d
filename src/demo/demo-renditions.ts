import { readdir } from 'node:fs/promises';
import { demoPicturesDirectory } from './demo-files.ts';

/** The widths in pixels in which each drawing is kept, narrowest first, by the drawing's name. */
export type DemoRenditions = ReadonlyMap<string, readonly number[]>;

const RENDITION = /^(?<name>.+)-(?<width>\d+)\.webp$/;
const DRAWING = /^\/media\/(?<name>[^/]+)\.svg$/;
const IMG = /<img\s(?:[^>"]|"[^"]*")*>/g;
const IMG_ATTRIBUTE = /\b(?<name>src|width|height)="(?<value>[^"]*)"/g;

/** What the folder of pictures holds beside its drawings: `{name}-{width}.webp`. The files' names are the whole list. */
export const readDemoRenditions = async (): Promise<DemoRenditions> => {
  const found = (await readdir(demoPicturesDirectory)).flatMap((file) => {
    const { name, width } = RENDITION.exec(file)?.groups ?? {};
    return name === undefined ? [] : [{ name, width: Number(width) }];
  });
  return new Map(
    Object.entries(Object.groupBy(found, ({ name }) => name)).map(([name, files = []]) => [
      name,
      files.map(({ width }) => width).toSorted((one, other) => one - other),
    ]),
  );
};

/** The fields of the picture that shows the drawing at `url`, itself `width` by `height`; undefined: it is no drawing of ours. */
const renditionsOf = ({ url, width, height }: Readonly<Record<string, unknown>>, renditions: DemoRenditions) => {
  const name = typeof url === 'string' ? DRAWING.exec(url)?.groups?.['name'] : undefined;
  if (name === undefined) return undefined;
  const shape = Number(height) / Number(width);
  if (!(shape > 0)) throw new TypeError(`${name}.svg is named without its width and height`);
  const sizes = (renditions.get(name) ?? []).map((pixels) => ({
    url: `/media/${name}-${pixels}.webp`,
    width: pixels,
    height: Math.round(pixels * shape),
  }));
  const largest = sizes.at(-1);
  if (largest === undefined) throw new TypeError(`${name}.svg has no renditions: run \`npm run demo:pictures\``);
  return { ...largest, renditions: sizes };
};

/**
 * `value` with every drawing in it shown as a newsroom keeps its pictures, at any depth: `url`, `width` and `height` are
 * those of the largest rendition, `renditions` are all of them, narrowest first. What is no drawing of ours is left alone.
 *
 * @throws {TypeError} if a drawing is named without its width and height, or has no renditions.
 */
export const showRenditions = (value: unknown, renditions: DemoRenditions): unknown => {
  if (Array.isArray(value)) return value.map((inner) => showRenditions(inner, renditions));
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.fromEntries(
    Object.entries(value).map(([key, inner]: [string, unknown]) => [key, showRenditions(inner, renditions)]),
  );
  return { ...fields, ...renditionsOf(fields, renditions) };
};

/**
 * `html` with every `<img>` of a drawing naming its largest rendition, with that one's width and height.
 *
 * @throws {TypeError} as `showRenditions`.
 */
export const showRenditionsInHtml = (html: string, renditions: DemoRenditions): string =>
  html.replaceAll(IMG, (tag) => {
    const written = [...tag.matchAll(IMG_ATTRIBUTE)].map(({ groups }) => [groups?.['name'], groups?.['value']]);
    const { src: url, ...size }: Readonly<Record<string, string>> = Object.fromEntries(written);
    const shown = renditionsOf({ url, ...size }, renditions);
    if (shown === undefined) return tag;
    const fields: Readonly<Record<string, string | number>> = {
      src: shown.url,
      width: shown.width,
      height: shown.height,
    };
    return tag.replaceAll(IMG_ATTRIBUTE, (_, name: string) => `${name}="${fields[name]}"`);
  });
