import { isTag, type ChildNode, type Element } from 'domhandler';
import { existsOne } from 'domutils';
import type { BodyBlock, HtmlBlock } from '../../content/body.ts';
import { createAnchors, type Anchors } from './anchors.ts';
import { parseBareAddress, parseEmbeddedQuote, parseFrame } from './parse-embed.ts';
import { findCaption, parsePictures, takeCaption } from './parse-figure.ts';
import { parseList } from './parse-list.ts';
import { findQuote, parseQuote } from './parse-quote.ts';
import { isMarkedReadMore, parseReadMore } from './parse-read-more.ts';
import { readDom } from './read-dom.ts';
import { takeElements } from './take-elements.ts';
import { INLINE_TAGS, textOf } from './text-of.ts';
import { escapeHtml, writeHtml } from './write-html.ts';

const PICTURES = new Set(['img', 'picture']);
const FRAMES = new Set(['iframe', 'embed']);
/** Kept whole: what readers lose when it is cut, or what has no block of its own. */
const WHOLE = new Set('table dl pre hr details address video audio'.split(' '));
const HEADINGS = new Set(['h1', 'h2', 'h3', 'h4', 'h5', 'h6']);

const isMedia = ({ name }: Element): boolean => PICTURES.has(name) || FRAMES.has(name);
const isBlock = ({ name }: Element): boolean =>
  WHOLE.has(name) || HEADINGS.has(name) || /^(?:p|blockquote|ul|ol|figure|div|section|article|li)$/.test(name);
const holdsBlocks = ({ children }: Element): boolean =>
  existsOne((inner) => isBlock(inner) || isMedia(inner), children);
const isInline = (element: Element): boolean =>
  element.name === 'br' || (INLINE_TAGS.has(element.name) && !holdsBlocks(element));
const isCalled = ({ attribs }: Element, name: string): boolean =>
  ` ${attribs['class'] ?? ''} `.replace(/\s/g, ' ').includes(` ${name} `);
/** A gallery of WordPress before there were blocks. */
const isGallery = (element: Element): boolean =>
  element.name === 'div' &&
  isCalled(element, 'gallery') &&
  existsOne((inner) => isCalled(inner, 'gallery-item'), element.children);
const isCaptioned = (element: Element): boolean =>
  element.name === 'figure' || (element.name === 'div' && isCalled(element, 'wp-caption'));

/** The blocks of one body, in order. One per body: it remembers anchors and what has been read of the running line. */
const createBodyReader = (anchors: Anchors) => {
  const blocks: BodyBlock[] = [];
  const add = (block: BodyBlock | null): void => {
    if (block !== null) blocks.push(block);
  };

  const addParagraph = (nodes: readonly ChildNode[], isMarked = false, wrap?: Element): void => {
    const text = textOf(nodes);
    if (text === '') return;
    const readMore = parseReadMore(nodes, isMarked) ?? parseBareAddress(text, '');
    if (readMore !== null) return add(readMore);
    const direction = wrap?.attribs['dir'];
    const attribute = direction === undefined ? '' : ` dir="${escapeHtml(direction)}"`;
    add({ type: 'Paragraph', text, html: writeHtml(nodes, (inner) => `<p${attribute}>${inner}</p>`) });
  };

  const addFrames = (element: Element, caption = ''): void => {
    if (FRAMES.has(element.name)) return add(parseFrame(element, caption));
    for (const child of element.children) if (isTag(child)) addFrames(child, caption);
    return undefined;
  };

  /** Frames inside do not survive sanitising; they follow as embeds. */
  const addWhole = (element: Element, block: BodyBlock | null): void => {
    add(block);
    addFrames(element);
  };

  const htmlBlock = (element: Element): HtmlBlock | null => {
    const html = writeHtml([element]);
    const text = textOf([element]);
    // A rule, a film or a picture is worth keeping without words.
    return text !== '' || /<(?:hr|img|video|audio)\b/.test(html) ? { type: 'HtmlBlock', html, text } : null;
  };

  const addHeading = (element: Element): void => {
    const text = textOf(element.children);
    const media = takeElements(element, isMedia);
    if (text !== '') {
      const level = Math.max(2, Number(element.name.slice(1)));
      const anchor = anchors.next(text);
      const wrap = (inner: string): string => `<h${level} id="${escapeHtml(anchor)}">${inner}</h${level}>`;
      add({ type: 'Heading', level, text, anchor, html: writeHtml(element.children, wrap) });
    }
    for (const medium of media) addBlock(medium);
  };

  const addFigure = (figure: Element): void => {
    const caption = findCaption(figure);
    const captionText = caption === null ? '' : textOf(caption.children);
    const has = (...names: string[]): boolean => existsOne(({ name }) => names.includes(name), figure.children);
    const quote = findQuote(figure.children);
    if (quote !== null && !has('img')) return add(parseEmbeddedQuote(quote) ?? parseQuote(quote, captionText));
    if (has('table', 'video', 'audio', 'pre')) return addWhole(figure, htmlBlock(figure));
    if (has(...FRAMES)) return addFrames(figure, captionText);
    const whole = htmlBlock(figure);
    const taken = takeCaption(figure);
    const address = parseBareAddress(textOf(figure.children), captionText, isCalled(figure, 'wp-block-embed'));
    return add(address ?? parsePictures(figure.children, taken) ?? (has('img') ? null : whole));
  };

  const addBlock = (element: Element): void => {
    const { name } = element;
    if (HEADINGS.has(name)) return addHeading(element);
    if (PICTURES.has(name)) return add(parsePictures([element]));
    if (FRAMES.has(name)) return add(parseFrame(element, ''));
    if (isCaptioned(element)) return addFigure(element);
    if (isGallery(element)) return add(parsePictures([element]));
    if (name === 'blockquote')
      return addWhole(element, parseEmbeddedQuote(element) ?? parseQuote(element, null) ?? htmlBlock(element));
    if (name === 'ul' || name === 'ol') return addWhole(element, parseList(element));
    if (WHOLE.has(name) || name === 'a') return addWhole(element, htmlBlock(element));
    const isMarked = isMarkedReadMore(element);
    if ((name === 'p' || isMarked) && !holdsBlocks(element)) return addParagraph(element.children, isMarked, element);
    return read(element.children);
  };

  const read = (nodes: readonly ChildNode[]): void => {
    let line: ChildNode[] = [];
    const endLine = (): void => {
      addParagraph(line);
      line = [];
    };
    for (const node of nodes) {
      if (!isTag(node) || isInline(node)) {
        line.push(node);
        continue;
      }
      endLine();
      // A link around nothing but a picture: the picture stands for itself.
      if (node.name === 'a' && textOf([node]) === '') read(node.children);
      else addBlock(node);
    }
    endLine();
  };

  return { read, blocks };
};

/**
 * The blocks of a body written in HTML: sanitised, NFC, empty ones left out, containers taken apart.
 *
 * @throws {LineError} when it nests too deep to be read.
 */
export const parseBody = (html: string): readonly BodyBlock[] => {
  const reader = createBodyReader(createAnchors());
  reader.read(readDom(html));
  return reader.blocks;
};
