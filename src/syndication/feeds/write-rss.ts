import { urlOf } from '../../content/addresses.ts';
import { cdata, element, textElement, writeXml, type Xml } from '../xml/write-xml.ts';
import type { Feed } from './feed.ts';
import { MEDIA_NAMESPACE, mediaElements } from './media-elements.ts';
import { rightsLineOf, type Story } from './story.ts';
import { correctionsHtml, paragraphHtml, spokenHtml } from './story-html.ts';
import { writeRfc822 } from './write-date.ts';

const NAMESPACES = {
  'xmlns:atom': 'http://www.w3.org/2005/Atom',
  'xmlns:content': 'http://purl.org/rss/1.0/modules/content/',
  'xmlns:dc': 'http://purl.org/dc/elements/1.1/',
  'xmlns:media': MEDIA_NAMESPACE,
};

const link = (rel: string, href: string | null, type: string | null = 'application/rss+xml'): Xml | null =>
  href === null ? null : element('atom:link', { rel, href, type });

/** What a reader shows of a story it does not open; with what was corrected, where the text must not come along. */
const descriptionOf = (story: Story): string | null => {
  const corrections = story.html === null ? correctionsHtml(story.corrections, story) : '';
  const text = story.html === null ? (story.excerpt ?? story.summary) : story.summary;
  const html = [corrections, text === null ? '' : paragraphHtml(text)].filter((part) => part !== '').join('\n');
  return html === '' ? null : spokenHtml(story, html);
};

const writeItem = (story: Story): Xml => {
  const { article, edition, sections, tags } = story;
  return element(
    'item',
    { 'xml:lang': story.language },
    element('title', {}, story.headline),
    element('link', {}, story.url),
    element('guid', { isPermaLink: 'false' }, story.uri),
    element('pubDate', {}, writeRfc822(article.publishedAt, edition.timeZone)),
    textElement('description', descriptionOf(story)),
    ...story.creators.map(({ name }) => element('dc:creator', {}, name)),
    ...sections.map((section) => element('category', { domain: urlOf.section(edition, section) }, section.name)),
    ...tags.map((tag) => element('category', { domain: urlOf.tag(edition, tag) }, tag.name)),
    textElement('dc:rights', rightsLineOf(story)),
    story.html === null ? null : element('content:encoded', {}, cdata(story.html)),
    ...mediaElements(story),
    // RSS has no word for a change: a reader that knows Atom's sees that a story was corrected.
    element('atom:updated', {}, new Date(article.updatedAt).toISOString()),
  );
};

/** RSS 2.0 with the modules for whole texts, names, pictures and links. */
export const writeRss = (feed: Feed): string => {
  const { edition, stories } = feed;
  return writeXml(
    element(
      'rss',
      { version: '2.0', ...NAMESPACES },
      element(
        'channel',
        { 'xml:lang': edition.language },
        element('title', {}, feed.title),
        element('link', {}, feed.homeUrl),
        element('description', {}, feed.description),
        element('language', {}, edition.language),
        element('lastBuildDate', {}, writeRfc822(feed.updatedAt, edition.timeZone)),
        element('generator', {}, 'Masthead'),
        element('docs', {}, 'https://www.rssboard.org/rss-specification'),
        link('self', feed.selfUrl),
        link('first', feed.firstUrl),
        link('previous', feed.previousUrl),
        link('next', feed.nextUrl),
        ...feed.hubs.map((hub) => link('hub', hub, null)),
        ...stories.map(writeItem),
      ),
    ),
  );
};
