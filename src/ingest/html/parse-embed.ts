import type { Element } from 'domhandler';
import { getElementsByTagName } from 'domutils';
import type { Embed } from '../../content/body.ts';
import { cutText } from '../../content/excerpt.ts';
import { isKnownProvider, pickEmbedSource, type EmbedSource } from './embed-providers.ts';
import { textOf } from './text-of.ts';
import { writeLink } from './write-html.ts';

/** What providers' own snippets call their quotes; scripts of theirs would make frames of them. */
const QUOTE_CLASS =
  /(?:^|\s)(?:twitter-(?:tweet|video)|instagram-media|tiktok-embed|text-post-media|reddit-embed-bq)(?:\s|$)/;
/** What one WordPress writes for a story of another: a quote with the link, and a frame that a script shows instead. */
const STORY_CLASS = /(?:^|\s)wp-embedded-content(?:\s|$)/;
const MAX_TITLE_LETTERS = 300;

const createEmbed = ({ provider, url }: EmbedSource, words: string): Embed => {
  const title = cutText(words, MAX_TITLE_LETTERS);
  return { type: 'Embed', provider, url, title, html: writeLink(url, title ?? provider) };
};

/** The embed a frame stands for, titled by `caption` or by the frame itself; null when it leads nowhere. */
export const parseFrame = ({ attribs }: Element, caption: string): Embed | null => {
  for (const name of ['src', 'data-src', 'data-lazy-src']) {
    const source = pickEmbedSource(attribs[name] ?? '');
    if (source !== null) return createEmbed(source, caption || (attribs['title'] ?? '').replace(/\s+/gu, ' ').trim());
  }
  return null;
};

/** The embed that a provider's quote (a tweet, a post, a story) stands for; null when it is an ordinary quote. */
export const parseEmbeddedQuote = (quote: Element): Embed | null => {
  const kind = quote.attribs['class'] ?? '';
  const links = getElementsByTagName('a', quote.children).map(({ attribs }) => attribs['href'] ?? '');
  if (STORY_CLASS.test(kind)) {
    const story = pickEmbedSource(links[0] ?? '');
    return story === null ? null : createEmbed(story, textOf(quote.children));
  }
  if (!QUOTE_CLASS.test(kind)) return null;
  // The last link of a tweet is its date, which leads to the tweet itself.
  const candidates = [quote.attribs['data-instgrm-permalink'], quote.attribs['cite'], ...links.toReversed()];
  const address = candidates.find((raw) => raw !== undefined && isKnownProvider(raw));
  const source = address === undefined ? null : pickEmbedSource(address);
  return source === null ? null : createEmbed(source, textOf(quote.children));
};

/**
 * The embed that a bare address stands for, as WordPress writes them; null when it is something else. One of a provider
 * nobody knows is just an address, unless `isMarked` says that it was meant to be an embed.
 */
export const parseBareAddress = (text: string, caption: string, isMarked = false): Embed | null => {
  if (!/^https?:\/\/\S+$/.test(text) || !(isMarked || isKnownProvider(text))) return null;
  const source = pickEmbedSource(text);
  return source === null ? null : createEmbed(source, caption);
};
