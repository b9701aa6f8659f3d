import { isTag, type ChildNode, type Element } from 'domhandler';
import { getElementsByTagName, removeElement } from 'domutils';
import type { Figure } from '../../content/body.ts';
import type { Image, Media } from '../../content/media.ts';
import { withRenditions } from './renditions.ts';
import { pickMediaAddress } from './safe-address.ts';
import { takeElements } from './take-elements.ts';
import { textOf } from './text-of.ts';
import { escapeHtml, writeHtml } from './write-html.ts';

/** What stands under a picture. */
export interface Caption {
  readonly caption: string | null;
  readonly credit: string | null;
  /** Sanitised, credit included; empty: none. */
  readonly html: string;
}

const NO_CAPTION: Caption = { caption: null, credit: null, html: '' };
const CREDIT_CLASS = /(?:^|[\s_-])(?:photo-?)?(?:credit|copyright)s?(?:$|[\s_-])/;
const CAPTION_CLASS = /(?:^|\s)wp-caption-text(?:\s|$)/;

const isCredit = (element: Element): boolean =>
  element.name === 'cite' || CREDIT_CLASS.test(element.attribs['class'] ?? '');

/** The element that holds the caption of `figure`, if any; captions of figures inside it are theirs. */
export const findCaption = (figure: Element): Element | null => {
  for (const child of figure.children) {
    if (!isTag(child) || child.name === 'figure') continue;
    if (child.name === 'figcaption' || CAPTION_CLASS.test(child.attribs['class'] ?? '')) return child;
    const inside = findCaption(child);
    if (inside !== null) return inside;
  }
  return null;
};

/** Takes the caption out of `figure`: its words, its credit (`<cite>`, `.credit`) apart. */
export const takeCaption = (figure: Element): Caption => {
  const element = findCaption(figure);
  if (element === null) return NO_CAPTION;
  removeElement(element);
  const html = writeHtml(element.children);
  const credits = takeElements(element, isCredit).map(({ children }) => textOf(children));
  return { caption: textOf(element.children) || null, credit: credits.filter(Boolean).join(' / ') || null, html };
};

const lengthOf = (text: string | undefined): number | null => {
  const length = Number.parseInt(text ?? '', 10);
  return length > 0 && length <= 100_000 ? length : null;
};

/** The picture of an `<img>`; null when it has no address that may be fetched. */
const parseImage = ({ attribs }: Element, { caption, credit }: Caption): Image | null => {
  // Pictures that wait for a script keep their address beside a placeholder.
  const addresses = ['data-src', 'data-lazy-src', 'data-original', 'src'].map((name) =>
    pickMediaAddress(attribs[name] ?? ''),
  );
  const url = addresses.find((address) => address !== null);
  if (url === undefined) return null;
  const [width, height] = [lengthOf(attribs['width']), lengthOf(attribs['height'])];
  return { type: 'Image', url, renditions: [], width, height, alt: attribs['alt'] ?? null, caption, credit };
};

const writeImage = ({ url, alt, width, height }: Image): string => {
  const attributes = { src: url, alt, width, height };
  const written = Object.entries(attributes).map(([name, value]) =>
    value === null ? '' : ` ${name}="${escapeHtml(String(value))}"`,
  );
  return `<img${written.join('')} />`;
};

const writeFigure = (images: readonly Image[], captionHtml: string): string =>
  writeHtml([], () => {
    const caption = captionHtml === '' ? '' : `<figcaption>${captionHtml}</figcaption>`;
    return `<figure>${images.map(writeImage).join('')}${caption}</figure>`;
  });

/** What one picture of a gallery stands in, in the blocks and in the galleries of WordPress before them. */
const isFrame = ({ name, attribs }: Element): boolean =>
  name === 'figure' || /(?:^|\s)gallery-item(?:\s|$)/.test(attribs['class'] ?? '');

/** The captions of pictures in a gallery, where each may stand in a figure of its own; a figure gives its once. */
const createOwnCaptions = (): ((picture: Element) => Caption) => {
  const asked = new Set<Element>();
  return (picture) => {
    let figure = picture.parent;
    while (figure !== null && !(isTag(figure) && isFrame(figure))) figure = figure.parent;
    if (figure === null || asked.has(figure)) return NO_CAPTION;
    asked.add(figure);
    return takeCaption(figure);
  };
};

/** The pictures in `nodes` as one figure, a gallery when there are several; null when none can be shown. */
export const parsePictures = (nodes: readonly ChildNode[], around: Caption = NO_CAPTION): Figure | null => {
  const elements = [
    ...nodes.filter(isTag).filter(({ name }) => name === 'img'),
    ...nodes.filter(isTag).flatMap(({ children }) => getElementsByTagName('img', children)),
  ];
  const ownCaption = createOwnCaptions();
  const [only] = elements.length === 1 ? elements : [];
  // A gallery of one picture: its caption is the figure's.
  const caption = only !== undefined && around === NO_CAPTION ? ownCaption(only) : around;
  // A page shows the size the desk chose, whatever others there are.
  const shown: Image[] = [];
  const images: Image[] = [];
  for (const element of elements) {
    const image = parseImage(element, only === undefined ? ownCaption(element) : caption);
    if (image === null) continue;
    shown.push(image);
    images.push(withRenditions(image, element));
  }
  const [first, ...others] = images;
  if (first === undefined) return null;
  const media: Media =
    others.length === 0 ? first : { type: 'Gallery', images, caption: caption.caption, credit: caption.credit };
  return { type: 'Figure', media, html: writeFigure(shown, caption.html) };
};
