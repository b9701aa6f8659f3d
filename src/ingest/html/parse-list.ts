import { isTag, type Element } from 'domhandler';
import type { ListBlock, ListItem } from '../../content/body.ts';
import { textOf } from './text-of.ts';
import { writeHtml } from './write-html.ts';

/** The items of a `<ul>` or `<ol>`, lists inside them kept in their HTML. Null: not one has words or a picture. */
export const parseList = (list: Element): ListBlock | null => {
  const items: ListItem[] = [];
  for (const child of list.children) {
    const isItem = isTag(child) && child.name === 'li';
    const nodes = isItem ? child.children : [child];
    const item = { html: writeHtml(nodes), text: textOf(nodes) };
    if (item.text !== '' || item.html.includes('<img ')) items.push(item);
  }
  return items.length === 0 ? null : { type: 'ListBlock', ordered: list.name === 'ol', items, html: writeHtml([list]) };
};
