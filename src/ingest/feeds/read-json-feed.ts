import type { ImageInput, MediaInput } from '../document.ts';
import type { JsonField } from '../foreign/json-item.ts';
import {
  addressOf,
  arrangeMedia,
  createPicture,
  createVideo,
  mediumOf,
  type MediaFile,
  type ShownMedia,
} from '../foreign/pictures.ts';
import { languageOf } from '../foreign/pick-edition.ts';
import { resolveAddress } from '../foreign/resolve-links.ts';
import { htmlOfText } from '../foreign/words.ts';
import { takeFeedAuthors, type FeedAuthor } from './feed-authors.ts';
import type { FeedHead, FeedStory } from './feed-story.ts';

/** Whether an item of JSON Feed says its language so that it can be read. */
export const isLanguageTold = (item: unknown): boolean =>
  typeof item === 'object' &&
  item !== null &&
  'language' in item &&
  typeof item.language === 'string' &&
  languageOf(item.language) !== undefined;

const takeAuthors = (holder: JsonField): readonly FeedAuthor[] =>
  takeFeedAuthors(
    // Version 1.0 has one.
    [...holder.get('authors').members(), holder.get('author')].map((author) => {
      const name = author.get('name');
      return { name: name.text() ?? '', note: () => name.note('authors, byline') };
    }),
  );

/** What a JSON Feed says of itself. */
export const readJsonFeedHead = (feed: JsonField): FeedHead => ({
  standard: `JSON Feed ${feed.get('version').take('which feed it is')?.split('/').at(-1) ?? ''}`,
  name: feed.get('title').take('sources.name'),
  url: feed.get('home_page_url').take('sources.url'),
  language: feed.get('language').take('language'),
  date: undefined,
  rights: undefined,
  authors: takeAuthors(feed),
});

const fileOf = (field: JsonField, base: string | undefined): MediaFile | undefined => {
  const raw = field.text();
  const url = raw === undefined ? undefined : addressOf(resolveAddress(raw, base) ?? '');
  return url === undefined ? undefined : { url, width: undefined, height: undefined, mimeType: undefined };
};

const takeMedia = (item: JsonField, base: string | undefined): ShownMedia & { readonly sounds: readonly string[] } => {
  const pictures: ImageInput[] = [];
  const videos: MediaInput[] = [];
  const sounds: string[] = [];
  const add = (field: JsonField, mimeType: JsonField | undefined, medium: ReturnType<typeof mediumOf>): void => {
    const file = fileOf(field, base);
    if (file === undefined || medium === undefined || pictures.some(({ url }) => url === file.url)) return;
    field.note(medium === 'audio' ? 'html' : 'media');
    mimeType?.take(medium === 'audio' ? 'html' : 'media');
    if (medium === 'audio') return void sounds.push(file.url);
    const film = { page: undefined, poster: undefined, durationSeconds: undefined };
    const video = medium === 'video' ? createVideo([{ ...file, mimeType: mimeType?.text() }], film) : undefined;
    const picture = medium === 'image' ? createPicture([file], {}) : undefined;
    if (video !== undefined) videos.push(video);
    if (picture !== undefined) pictures.push(picture);
  };
  for (const key of ['image', 'banner_image']) add(item.get(key), undefined, 'image');
  for (const attachment of item.get('attachments').members()) {
    const [url, type] = [attachment.get('url'), attachment.get('mime_type')];
    add(url, type, mediumOf(type.text(), url.text() ?? ''));
  }
  return { ...arrangeMedia(undefined, pictures, videos), sounds };
};

/** An item of JSON Feed 1. */
export const readJsonFeedItem = (item: JsonField, head: FeedHead): FeedStory => {
  const link = item.get('url').take('seo.canonicalUrl') ?? item.get('external_url').take('seo.canonicalUrl');
  const html = item.get('content_html').take('html');
  const text = html === undefined ? item.get('content_text').take('html') : undefined;
  const summary = item.get('summary');
  const body = html ?? (text === undefined ? undefined : htmlOfText(text));
  const standfirst = body === undefined ? undefined : summary.take('standfirst');
  const { lead, media, sounds } = takeMedia(item, link === undefined ? head.url : resolveAddress(link, head.url));
  return {
    id: item.get('id').take('sourceId'),
    link,
    language: isLanguageTold(item.value) ? item.get('language').take('language') : undefined,
    headline: item.get('title').take('headline'),
    standfirst,
    html: body ?? htmlOfText(summary.take('html') ?? ''),
    base: undefined,
    published: item.get('date_published').take('publishedAt'),
    updated: item.get('date_modified').take('updatedAt'),
    authors: takeAuthors(item),
    names: item
      .get('tags')
      .members()
      .flatMap((tag) => {
        const name = tag.text();
        return name === undefined ? [] : [{ name, codes: [], note: (target) => tag.note(target) }];
      }),
    rights: undefined,
    source: undefined,
    shown: { lead, media },
    sounds,
  };
};
