import type { Document } from '../document.ts';
import type { Entry, EntryReader } from '../entry.ts';
import { FileError } from '../file-error.ts';
import { checkJson } from '../foreign/check-json.ts';
import { decodeText } from '../foreign/decode-text.ts';
import type { FieldLog } from '../foreign/field-log.ts';
import { createJsonItem } from '../foreign/json-item.ts';
import { languageOf } from '../foreign/pick-edition.ts';
import type { Placing } from '../foreign/placing.ts';
import { readWhole } from '../foreign/read-whole.ts';
import { createRegister } from '../foreign/register.ts';
import { LineError } from '../line-error.ts';
import { draftOfStory, type FeedHead, type FeedStory } from './feed-story.ts';
import { parseXml } from './parse-xml.ts';
import { readAtomEntry, readAtomHead } from './read-atom.ts';
import { isLanguageTold as isJsonLanguageTold, readJsonFeedHead, readJsonFeedItem } from './read-json-feed.ts';
import { readRssHead, readRssItem } from './read-rss.ts';
import { isLanguageTold } from './take-language.ts';
import { childrenOf, type XmlElement } from './xml-element.ts';
import { createXmlItem } from './xml-item.ts';

/** What a reader of feeds is given. */
export interface FeedOptions {
  readonly placing: Placing;
  readonly log: FieldLog;
  /** Told the standard and the number of stories, before the first is given. */
  readonly onHead: (head: { readonly standard: string; readonly count: number }) => void;
}

/** A story that is read when its turn comes. */
interface PendingStory {
  readonly read: () => FeedStory;
  readonly finish: () => void;
  readonly abandon: () => void;
}

interface Feed {
  readonly head: FeedHead;
  /** Whether a story says what language it is in. */
  readonly areLanguagesTold: boolean;
  readonly stories: readonly (() => PendingStory)[];
}

const readXmlFeed = (
  feed: XmlElement,
  items: readonly XmlElement[],
  log: FieldLog,
  {
    readHead,
    readItem,
  }: {
    readonly readHead: (notes: ReturnType<typeof createXmlItem>) => FeedHead;
    readonly readItem: typeof readRssItem;
  },
): Feed => {
  const apart = new Set(items);
  const notes = createXmlItem(feed, log, (element) => apart.has(element));
  const head = readHead(notes);
  notes.finish();
  const stories = items.map((item) => (): PendingStory => {
    const itemNotes = createXmlItem(item, log);
    const { finish, abandon } = itemNotes;
    return { read: () => readItem(item, head, itemNotes), finish, abandon };
  });
  const areLanguagesTold = items.some(isLanguageTold);
  return { head, areLanguagesTold, stories };
};

const readXml = (text: string, log: FieldLog): Feed => {
  const { root, assumed } = parseXml(text);
  for (const prefix of assumed) log.add(`xmlns:${prefix}`, 'its usual namespace, though it is not declared');
  if (root.name === 'atom:feed') {
    const readHead = (notes: ReturnType<typeof createXmlItem>): FeedHead => readAtomHead(root, notes);
    return readXmlFeed(root, childrenOf(root, 'atom:entry'), log, { readHead, readItem: readAtomEntry });
  }
  if (root.name !== 'rss' && root.name !== 'rdf:RDF')
    throw new FileError(
      `no feed that is known: its root element is ${root.name.slice(0, 100)}; rss, rdf:RDF and Atom’s feed are`,
    );
  const channel = childrenOf(root, 'channel')[0];
  if (channel === undefined) throw new FileError(`no feed: no channel in its root element ${root.name}`);
  // RSS 1.0 has them beside the channel.
  const items = [...childrenOf(channel, 'item'), ...childrenOf(root, 'item')];
  const readHead = (notes: ReturnType<typeof createXmlItem>): FeedHead => readRssHead(root, channel, notes);
  return readXmlFeed(root, items, log, { readHead, readItem: readRssItem });
};

const readJson = (text: string, log: FieldLog): Feed => {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new FileError(`not JSON: ${cause instanceof Error ? cause.message.slice(0, 200) : ''}`, { cause });
  }
  const isFeed = typeof value === 'object' && value !== null && 'items' in value && Array.isArray(value.items);
  if (!isFeed) throw new FileError('JSON, but no JSON Feed: it has no list of items');
  const { values } = checkJson(value);
  if (values !== undefined) throw new FileError(`${values}: cut it into several files`);
  const { items, ...rest } = value as { readonly items: readonly unknown[] };
  const feed = createJsonItem(rest, log);
  const head = readJsonFeedHead(feed.root);
  feed.finish();
  const stories = items.map((item) => (): PendingStory => {
    const { root, finish, abandon } = createJsonItem(item, log, 'items[]');
    return { read: () => readJsonFeedItem(root, head), finish, abandon };
  });
  const areLanguagesTold = items.some(isJsonLanguageTold);
  return { head, areLanguagesTold, stories };
};

/** One answer for the whole feed, where no story could give another. */
const refuseUntold = ({ head, areLanguagesTold }: Feed, placing: Placing): void => {
  if (areLanguagesTold) return;
  try {
    placing.editionFor(head.language === undefined ? undefined : languageOf(head.language));
  } catch (error) {
    throw error instanceof LineError ? new FileError(`the feed ${error.message}`, { cause: error }) : error;
  }
};

async function* readStories(
  chunks: AsyncIterable<Uint8Array | string>,
  { placing, log, onHead }: FeedOptions,
): AsyncGenerator<Entry> {
  const bytes = await readWhole(chunks);
  const text = decodeText(bytes);
  if (text.trim() === '') throw new FileError('it is empty');
  const feed = /^\s*[{[]/.test(text) ? readJson(text, log) : readXml(text, log);
  const { head, stories } = feed;
  refuseUntold(feed, placing);
  onHead({ standard: head.standard, count: stories.length });
  const register = createRegister();
  for (const [index, open] of stories.entries()) {
    const read = (): readonly Document[] => {
      const story = open();
      try {
        const draft = draftOfStory(story.read(), head, placing);
        const documents = register.once(draft, index + 1, () => placing.place(draft));
        story.finish();
        return documents;
      } catch (error) {
        if (error instanceof LineError) story.abandon();
        throw error;
      }
    };
    yield { number: index + 1, lengthBytes: bytes.length / stories.length, read };
  }
}

/** Reads a feed of others: RSS 0.9 to 2.0, Atom 1.0, JSON Feed 1. */
export const createFeedReader =
  (options: FeedOptions): EntryReader =>
  (chunks) =>
    readStories(chunks, options);
