import type { FeedFormat } from '../../../src/syndication/feeds/feed-request.ts';

/** What bytes of a feed say, read without anything that wrote them. */
export interface ReadFeed {
  /** By id, each with all that is said of it. */
  readonly stories: readonly { readonly id: string; readonly text: string }[];
  /** Ids of what it says is gone. */
  readonly withdrawn: readonly string[];
}

const ID = /urn:masthead:(art_[\w-]+)/;
const idIn = (text: string): string => ID.exec(text)?.[1] ?? `nothing in ${text.slice(0, 80)}`;

const readXml = (body: string, of: 'item' | 'entry'): ReadFeed => ({
  stories: [...body.matchAll(new RegExp(`<${of}[ >].*?</${of}>`, 'gs'))].map(([text]) => ({ id: idIn(text), text })),
  withdrawn: [...body.matchAll(/<at:deleted-entry [^>]*>/g)].map(([text]) => idIn(text)),
});

interface Item {
  readonly id?: string;
  readonly uri?: string;
  readonly pubStatus?: string;
}

const storyOf = (item: Item) => ({ id: idIn(item.id ?? item.uri ?? ''), text: JSON.stringify(item) });

export const readFeed = (format: FeedFormat, body: string): ReadFeed => {
  if (format === 'rss' || format === 'atom') return readXml(body, format === 'rss' ? 'item' : 'entry');
  if (format === 'json') {
    const { items, _masthead: own } = JSON.parse(body) as {
      items: readonly Item[];
      _masthead?: { withdrawn?: readonly Item[] };
    };
    return {
      stories: items.map(storyOf),
      withdrawn: (own?.withdrawn ?? []).map(({ id }) => idIn(id ?? '')),
    };
  }
  const items = JSON.parse(body) as readonly Item[];
  const isGone = ({ pubStatus }: Item): boolean => pubStatus === 'canceled';
  return {
    stories: items.filter((item) => !isGone(item)).map(storyOf),
    withdrawn: items.filter(isGone).map(({ uri }) => idIn(uri ?? '')),
  };
};
