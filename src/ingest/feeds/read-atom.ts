import { resolveAddress } from '../foreign/resolve-links.ts';
import type { ForeignName } from '../foreign/sort-names.ts';
import { htmlOfText, textOfHtml } from '../foreign/words.ts';
import { LineError } from '../line-error.ts';
import { takeFeedAuthors, type FeedAuthor } from './feed-authors.ts';
import { takeFeedMedia } from './feed-media.ts';
import type { FeedHead, FeedSource, FeedStory } from './feed-story.ts';
import { takeLanguage } from './take-language.ts';
import { childrenOf, isElement, markupOf, wordsOf, type XmlElement } from './xml-element.ts';
import type { XmlItem } from './xml-item.ts';

const first = (element: XmlElement, ...names: readonly string[]): XmlElement | undefined =>
  names.flatMap((name) => childrenOf(element, name))[0];

/** What a text construct says, as HTML: https://www.rfc-editor.org/rfc/rfc4287#section-3.1 */
const takeHtml = (element: XmlElement | undefined, notes: XmlItem, target: string): string | undefined => {
  if (element === undefined) return undefined;
  const type = element.attributes.get('type')?.trim().toLowerCase() ?? 'text';
  // Elsewhere, or not text at all.
  if (element.attributes.has('src') || !/^(?:text|html|xhtml|text\/(?:plain|html)|application\/xhtml\+xml)$/.test(type))
    return undefined;
  const words = notes.take(element, target);
  notes.takeAttribute(element, 'type', target);
  if (type.includes('xhtml') || element.children.some(isElement)) return markupOf(element.children);
  if (words === undefined) return undefined;
  return type.includes('html') ? words : htmlOfText(words);
};

const takeText = (element: XmlElement | undefined, notes: XmlItem, target: string): string | undefined => {
  const html = takeHtml(element, notes, target);
  return html === undefined ? undefined : textOfHtml(html);
};

const takeLink = (
  element: XmlElement,
  notes: XmlItem,
  { target, base }: { readonly target: string; readonly base: string | undefined },
): string | undefined => {
  const link = childrenOf(element, 'atom:link').find(
    ({ attributes }) => (attributes.get('rel') ?? 'alternate') === 'alternate',
  );
  notes.takeAttribute(link, 'rel', target);
  const href = notes.takeAttribute(link, 'href', target);
  return href === undefined ? undefined : resolveAddress(href, link?.base ?? base);
};

const takeAuthors = (element: XmlElement, notes: XmlItem): readonly FeedAuthor[] => {
  const takeFrom = (names: readonly XmlElement[]): readonly FeedAuthor[] =>
    takeFeedAuthors(names.map((one) => ({ name: wordsOf(one), note: () => void notes.take(one, 'authors, byline') })));
  const own = takeFrom(childrenOf(element, 'atom:author').flatMap((author) => first(author, 'atom:name') ?? []));
  return own.length > 0 ? own : takeFrom(childrenOf(element, 'dc:creator'));
};

const namesOf = (entry: XmlElement, notes: XmlItem): readonly ForeignName[] => [
  ...childrenOf(entry, 'atom:category').flatMap((category): readonly ForeignName[] => {
    const { attributes } = category;
    const shown = attributes.get('label')?.trim() ? 'label' : 'term';
    const name = textOfHtml(attributes.get(shown) ?? '');
    const term = attributes.get('term') ?? '';
    return name === ''
      ? []
      : [{ name, codes: [term], note: (target) => void notes.takeAttribute(category, shown, target) }];
  }),
  ...childrenOf(entry, 'dc:subject').map((subject) => ({
    name: wordsOf(subject),
    codes: [],
    note: (target: string) => void notes.take(subject, target),
  })),
];

/** What a feed of Atom says of itself. */
export const readAtomHead = (feed: XmlElement, notes: XmlItem): FeedHead => ({
  standard: 'Atom 1.0',
  name: takeText(first(feed, 'atom:title'), notes, 'sources.name'),
  url: takeLink(feed, notes, { target: 'sources.url', base: undefined }),
  language: takeLanguage(feed, notes),
  date: undefined,
  rights: takeText(first(feed, 'atom:rights', 'dc:rights'), notes, 'rights.usageTerms'),
  authors: takeAuthors(feed, notes),
});

const takeSource = (entry: XmlElement, notes: XmlItem): FeedSource | undefined => {
  const source = first(entry, 'atom:source');
  const name = source === undefined ? undefined : takeText(first(source, 'atom:title'), notes, 'sources.name');
  if (source === undefined || name === undefined) return undefined;
  return { name, url: takeLink(source, notes, { target: 'sources.url', base: undefined }) };
};

/** What is not meant for readers yet is left out, in words nobody foresaw too: only "no" says that it is none. */
const refuseDraft = (entry: XmlElement, notes: XmlItem): void => {
  for (const draft of childrenOf(entry, 'app:control').flatMap((control) => childrenOf(control, 'app:draft'))) {
    if (wordsOf(draft).trim().toLowerCase() !== 'no') throw new LineError('is a draft (app:draft)');
    notes.take(draft, 'whether it is a draft');
  }
};

/**
 * An entry of Atom 1.0.
 *
 * @throws {LineError} when it is a draft: https://www.rfc-editor.org/rfc/rfc5023#section-13.1.1
 */
export const readAtomEntry = (entry: XmlElement, head: FeedHead, notes: XmlItem): FeedStory => {
  refuseDraft(entry, notes);
  const link = takeLink(entry, notes, { target: 'seo.canonicalUrl', base: head.url });
  const id = notes.take(first(entry, 'atom:id'), 'sourceId');
  const content = first(entry, 'atom:content', 'content:encoded');
  const summary = first(entry, 'atom:summary');
  const html = takeHtml(content, notes, 'html');
  const { lead, media, sounds } = takeFeedMedia(entry, link ?? head.url, notes);
  return {
    id,
    link,
    language: takeLanguage(entry, notes),
    headline: takeText(first(entry, 'atom:title'), notes, 'headline'),
    standfirst: html === undefined ? undefined : takeText(summary, notes, 'standfirst'),
    html: html ?? takeHtml(summary, notes, 'html'),
    base: (html === undefined ? summary : content)?.base,
    published: notes.take(first(entry, 'atom:published', 'dc:date'), 'publishedAt'),
    updated: notes.take(first(entry, 'atom:updated'), 'updatedAt'),
    authors: takeAuthors(entry, notes),
    names: namesOf(entry, notes),
    rights: takeText(first(entry, 'atom:rights', 'dc:rights'), notes, 'rights.usageTerms'),
    source: takeSource(entry, notes),
    shown: { lead, media },
    sounds,
  };
};
