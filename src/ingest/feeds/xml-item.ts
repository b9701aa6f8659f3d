import type { FieldLog } from '../foreign/field-log.ts';
import { isElement, wordsOf, type XmlElement } from './xml-element.ts';

/** An element of a feed, and what has become of its values. */
export interface XmlItem {
  /** The words in `element`; undefined when there are none. Notes that they became `target`. */
  take(element: XmlElement | undefined, target: string): string | undefined;
  /** An attribute of `element`, likewise. */
  takeAttribute(element: XmlElement | undefined, name: string, target: string): string | undefined;
  /** Logs every value: where it went, or that it was dropped. */
  finish(): void;
  /** Logs every value as left out with the item. */
  abandon(): void;
}

/** Follows what is taken from `root`, so that nothing of it is lost without a word; `isApart` says what is not of it. */
export const createXmlItem = (
  root: XmlElement,
  log: FieldLog,
  isApart: (element: XmlElement) => boolean = () => false,
): XmlItem => {
  const targets = new Map<XmlElement, Map<string, string>>();
  const note = (element: XmlElement, part: string, target: string): void => {
    const parts = targets.get(element) ?? new Map<string, string>();
    const before = parts.get(part);
    const isSaid = before?.split(', ').includes(target) ?? false;
    if (!isSaid) parts.set(part, before === undefined ? target : `${before}, ${target}`);
    targets.set(element, parts);
  };

  const walk = (element: XmlElement, above: string, add: FieldLog['add']): void => {
    const path = above === '' ? element.name : `${above}/${element.name}`;
    const parts = targets.get(element);
    for (const name of element.attributes.keys())
      add(`${path}@${name}`, name === 'xml:base' ? 'what addresses are relative to' : parts?.get(name));
    const whole = parts?.get('');
    const hasWords = element.children.some((child) => !isElement(child) && child.trim() !== '');
    if (hasWords || whole !== undefined) add(path, whole);
    // With its words, the markup within was taken.
    if (whole !== undefined) return;
    for (const child of element.children) if (isElement(child) && !isApart(child)) walk(child, path, add);
  };

  return {
    take(element, target) {
      const words = element === undefined ? '' : wordsOf(element);
      if (element === undefined || words.trim() === '') return undefined;
      note(element, '', target);
      return words;
    },
    takeAttribute(element, name, target) {
      const value = element?.attributes.get(name);
      if (element === undefined || value === undefined || value.trim() === '') return undefined;
      note(element, name, target);
      return value;
    },
    finish: () => walk(root, '', (field, to) => log.add(field, to)),
    abandon: () => walk(root, '', (field) => log.leaveOut(field)),
  };
};
