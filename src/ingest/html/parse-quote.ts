import { cloneNode, isTag, type ChildNode, type Element } from 'domhandler';
import { findOne } from 'domutils';
import type { Quote } from '../../content/body.ts';
import { takeElements } from './take-elements.ts';
import { textOf } from './text-of.ts';
import { writeHtml } from './write-html.ts';

const isSource = ({ name }: Element): boolean => name === 'cite' || name === 'footer';

/** `— Jane Doe` → `Jane Doe`. */
const tidyAttribution = (text: string): string => text.replace(/^[\s\-–—―~,]+/u, '');

/**
 * The quote of a `<blockquote>`: who said it (`<cite>`, `<footer>`, or `caption` of the figure around it) apart from the
 * words; `html` keeps both. Null: no words.
 */
export const parseQuote = (quote: Element, caption: string | null): Quote | null => {
  const words = cloneNode(quote, true);
  const sources = takeElements(words, isSource).map(({ children }) => tidyAttribution(textOf(children)));
  const text = textOf(words.children);
  if (text === '') return null;
  const attribution = [...sources, tidyAttribution(caption ?? '')].find((source) => source !== '') ?? null;
  return { type: 'Quote', text, attribution, html: writeHtml([quote]) };
};

/** The first `<blockquote>` among or inside `nodes`. */
export const findQuote = (nodes: readonly ChildNode[]): Element | null =>
  findOne(({ name }) => name === 'blockquote', nodes.filter(isTag), true);
