import { formatInZone } from '../../content/instant.ts';
import type { Feed } from './feed.ts';
import type { MediaFile } from './media-files.ts';
import type { Story } from './story.ts';
import { correctionsHtml, paragraphHtml, spokenHtml } from './story-html.ts';
import { writeJson } from './write-json.ts';

/** What JSON Feed calls an attachment must have a type. */
const writeAttachment = ({ url, mimeType, caption, durationSeconds }: MediaFile): readonly object[] =>
  mimeType === null ? [] : [{ url, mime_type: mimeType, title: caption, duration_in_seconds: durationSeconds }];

const pictureOf = ({ media }: Story): string | null => {
  const [first] = media;
  return first === undefined ? null : first.medium === 'image' ? first.url : first.posterUrl;
};

/** The text, or of one that is withheld its beginning: a JSON Feed item must have one of them. */
const contentOf = (story: Story): string =>
  story.html ??
  spokenHtml(
    story,
    [correctionsHtml(story.corrections, story), paragraphHtml(story.excerpt ?? story.headline)]
      .filter((part) => part !== '')
      .join('\n'),
  );

const writeItem = (story: Story): object => {
  const { article, edition, corrections } = story;
  const instant = (at: number): string => formatInZone(at, edition.timeZone);
  return {
    id: story.uri,
    url: story.url,
    title: story.headline,
    content_html: contentOf(story),
    summary: story.summary,
    image: pictureOf(story),
    date_published: instant(article.publishedAt),
    date_modified: instant(article.updatedAt),
    authors: story.creators.length === 0 ? null : story.creators,
    tags: [...new Set([...story.sections, ...story.tags].map(({ name }) => name))],
    language: story.language,
    attachments: story.media.flatMap(writeAttachment),
    _masthead: {
      direction: story.direction,
      version: article.version,
      syndication: article.rights.syndication,
      rights_holder: article.rights.holder,
      usage_terms: article.rights.usageTerms,
      corrections: corrections.map(({ text, correctedAt }) => ({ text, date_corrected: instant(correctedAt) })),
    },
  };
};

/** JSON Feed 1.1. */
export const writeJsonFeed = (feed: Feed): string => {
  const { edition } = feed;
  return writeJson({
    version: 'https://jsonfeed.org/version/1.1',
    title: feed.title,
    home_page_url: feed.homeUrl,
    feed_url: feed.selfUrl,
    description: feed.description,
    next_url: feed.nextUrl,
    language: edition.language,
    authors: [{ name: edition.name, url: edition.url }],
    hubs: feed.hubs.length === 0 ? null : feed.hubs.map((url) => ({ type: 'WebSub', url })),
    items: feed.stories.map(writeItem),
    _masthead:
      feed.withdrawals.length === 0
        ? null
        : {
            withdrawn: feed.withdrawals.map(({ uri, url, withdrawnAt }) => ({
              id: uri,
              url,
              date_withdrawn: formatInZone(withdrawnAt, edition.timeZone),
            })),
          },
  });
};
