import type { ForeignName } from '../foreign/sort-names.ts';
import { textOfHtml } from '../foreign/words.ts';
import { resolveAddress } from '../foreign/resolve-links.ts';
import { takeFeedAuthors, type FeedAuthor } from './feed-authors.ts';
import type { FeedHead, FeedSource, FeedStory } from './feed-story.ts';
import { takeFeedMedia } from './feed-media.ts';
import { personOf, textOfTitle, withParagraphs } from './rss-text.ts';
import { takeLanguage } from './take-language.ts';
import { childrenOf, isElement, markupOf, wordsOf, type XmlElement } from './xml-element.ts';
import type { XmlItem } from './xml-item.ts';

const first = (element: XmlElement, ...names: readonly string[]): XmlElement | undefined =>
  names.flatMap((name) => childrenOf(element, name)).find((one) => wordsOf(one).trim() !== '');

/** HTML that stands in `element` as text, or, where somebody forgot to escape it, as elements. */
const takeHtml = (element: XmlElement | undefined, notes: XmlItem, target: string): string | undefined => {
  const words = notes.take(element, target);
  if (element?.children.some(isElement)) return markupOf(element.children);
  return words === undefined ? undefined : withParagraphs(words);
};

/** What a title says, decoded once. */
const takeTitle = (element: XmlElement | undefined, notes: XmlItem, target: string): string | undefined => {
  const words = notes.take(element, target);
  return words === undefined ? undefined : textOfTitle(words);
};

const takeAuthors = (element: XmlElement, notes: XmlItem): readonly FeedAuthor[] => {
  const creators = childrenOf(element, 'dc:creator');
  const people = creators.length > 0 ? creators : childrenOf(element, 'author', 'managingEditor').slice(0, 1);
  return takeFeedAuthors(
    people.flatMap((one) => {
      const name = personOf(wordsOf(one));
      return name === undefined ? [] : [{ name, note: () => void notes.take(one, 'authors, byline') }];
    }),
  );
};

const namesOf = (item: XmlElement, notes: XmlItem): readonly ForeignName[] =>
  childrenOf(item, 'category', 'dc:subject').flatMap((one) => {
    const name = textOfTitle(wordsOf(one));
    return name === '' ? [] : [{ name, codes: [], note: (target) => void notes.take(one, target) }];
  });

/** The link to the page, RSS's own or Atom's within RSS; where nothing else says what it is relative to, `base` does. */
const takeLink = (
  element: XmlElement,
  notes: XmlItem,
  { target, base }: { readonly target: string; readonly base: string | undefined },
): string | undefined => {
  const own = notes.take(first(element, 'link'), target);
  if (own !== undefined) return resolveAddress(own, element.base ?? base);
  const links = childrenOf(element, 'atom:link');
  const atom = links.find(({ attributes }) => (attributes.get('rel') ?? 'alternate') === 'alternate');
  const href = notes.takeAttribute(atom, 'href', target);
  return href === undefined ? undefined : resolveAddress(href, atom?.base ?? base);
};

/** What a channel of RSS, in `root`, says of itself. */
export const readRssHead = (root: XmlElement, channel: XmlElement, notes: XmlItem): FeedHead => ({
  standard:
    root.name === 'rdf:RDF'
      ? 'RSS 1.0'
      : `RSS ${notes.takeAttribute(root, 'version', 'which feed it is')?.slice(0, 10) ?? 'of no version'}`,
  name: takeTitle(first(channel, 'title'), notes, 'sources.name'),
  url: takeLink(channel, notes, { target: 'sources.url', base: undefined }),
  language: takeLanguage(channel, notes),
  date: notes.take(first(channel, 'pubDate', 'lastBuildDate', 'dc:date'), 'publishedAt, where a story has none'),
  rights: takeTitle(first(channel, 'copyright', 'dc:rights', 'atom:rights'), notes, 'rights.usageTerms'),
  authors: [],
});

const takeSource = (item: XmlElement, notes: XmlItem): FeedSource | undefined => {
  const source = first(item, 'source', 'dc:source');
  const name = takeTitle(source, notes, 'sources.name');
  return name === undefined ? undefined : { name, url: notes.takeAttribute(source, 'url', 'sources.url') };
};

/** Where an item's guid leads to, when it is a link, as it is unless it says otherwise. */
const linkOfGuid = (guid: XmlElement | undefined, id: string | undefined, notes: XmlItem): string | undefined => {
  const isLink = notes.takeAttribute(guid, 'isPermaLink', 'whether guid is a link') !== 'false';
  return isLink && /^https?:\/\//i.test(id?.trim() ?? '') ? id?.trim() : undefined;
};

/** An item of RSS 0.9 to 2.0. */
export const readRssItem = (item: XmlElement, head: FeedHead, notes: XmlItem): FeedStory => {
  const guid = first(item, 'guid', 'atom:id', 'dc:identifier');
  const id = notes.take(guid, 'sourceId') ?? notes.takeAttribute(item, 'rdf:about', 'sourceId');
  const link = takeLink(item, notes, { target: 'seo.canonicalUrl', base: head.url }) ?? linkOfGuid(guid, id, notes);
  if (id === undefined && link !== undefined) notes.take(first(item, 'link'), 'sourceId');
  const whole = first(item, 'content:encoded', 'atom:content', 'xhtml:body');
  const description = first(item, 'description', 'atom:summary', 'dc:description');
  const body = whole ?? description;
  const summary = whole === undefined ? undefined : takeHtml(description, notes, 'standfirst');
  const { lead, media, sounds } = takeFeedMedia(item, link ?? head.url, notes);
  return {
    id,
    link,
    language: takeLanguage(item, notes),
    headline: takeTitle(first(item, 'title', 'dc:title', 'media:title'), notes, 'headline'),
    standfirst: summary === undefined ? undefined : textOfHtml(summary),
    html: takeHtml(body, notes, 'html'),
    base: body?.base,
    published: notes.take(first(item, 'pubDate', 'dc:date', 'atom:published', 'dcterms:created'), 'publishedAt'),
    updated: notes.take(first(item, 'atom:updated', 'dcterms:modified'), 'updatedAt'),
    authors: takeAuthors(item, notes),
    names: namesOf(item, notes),
    rights: takeTitle(first(item, 'dc:rights', 'media:copyright', 'atom:rights'), notes, 'rights.usageTerms'),
    source: takeSource(item, notes),
    shown: { lead, media },
    sounds,
  };
};
