import type { JsonField } from '../foreign/json-item.ts';
import { addressOf, createPicture, createVideo, type MediaFile } from '../foreign/pictures.ts';
import { languageOf } from '../foreign/pick-edition.ts';
import { resolveAddress } from '../foreign/resolve-links.ts';
import { htmlOfText } from '../foreign/words.ts';
import { createMediaCollector, mediumOfFile, type FeedMedia, type Medium } from './collect-media.ts';
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

const takeMedia = (item: JsonField, base: string | undefined): FeedMedia => {
  const collector = createMediaCollector();
  const show = (field: JsonField, mimeType: JsonField | undefined, medium: Medium | undefined): void => {
    const file = fileOf(field, base);
    if (file === undefined || medium === undefined) return;
    if (!collector.isShown(file.url)) {
      if (!collector.hasRoom(medium)) return;
      const film = { page: undefined, poster: undefined, durationSeconds: undefined };
      if (medium === 'audio') collector.letHear(file.url);
      else if (medium === 'image') collector.show(createPicture([file], {}), [file.url]);
      else collector.show(createVideo([{ ...file, mimeType: mimeType?.text() }], film), [file.url]);
    }
    const target = medium === 'audio' ? 'html' : 'media';
    field.note(target);
    mimeType?.take(target);
  };
  for (const key of ['image', 'banner_image']) show(item.get(key), undefined, 'image');
  for (const attachment of item.get('attachments').members()) {
    const [url, type] = [attachment.get('url'), attachment.get('mime_type')];
    show(url, type, mediumOfFile(type.text(), url.text() ?? ''));
  }
  return collector.collected();
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
