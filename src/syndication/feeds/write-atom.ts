import { urlOf } from '../../content/addresses.ts';
import { formatInZone } from '../../content/instant.ts';
import { element, textElement, writeXml, type Xml } from '../xml/write-xml.ts';
import type { Feed } from './feed.ts';
import type { Withdrawal } from './load-withdrawals.ts';
import { MEDIA_NAMESPACE, mediaElements } from './media-elements.ts';
import { rightsLineOf, type Story } from './story.ts';
import { correctionsHtml, paragraphHtml, spokenHtml } from './story-html.ts';

const link = (rel: string, href: string | null, type: string | null = 'application/atom+xml'): Xml | null =>
  href === null ? null : element('link', { rel, href, type });

const person = (name: string, uri: string | null): Xml =>
  element('author', {}, element('name', {}, name), textElement('uri', uri));

/** Of a story whose text is withheld: its beginning, with what was corrected. RFC 4287 takes HTML in a summary too. */
const writeExcerpt = (story: Story): Xml | null => {
  const parts = [correctionsHtml(story.corrections, story), story.excerpt === null ? '' : paragraphHtml(story.excerpt)];
  const html = parts.filter((part) => part !== '').join('\n');
  return html === '' ? null : element('summary', { type: 'html' }, spokenHtml(story, html));
};

const writeEntry = (story: Story): Xml => {
  const { article, edition, sections, tags } = story;
  return element(
    'entry',
    { 'xml:lang': story.language },
    element('id', {}, story.uri),
    element('title', {}, story.headline),
    element('link', { rel: 'alternate', type: 'text/html', hreflang: story.language, href: story.url }),
    element('published', {}, formatInZone(article.publishedAt, edition.timeZone)),
    element('updated', {}, formatInZone(article.updatedAt, edition.timeZone)),
    ...story.creators.map(({ name, url }) => person(name, url)),
    ...sections.map((section) =>
      element('category', { term: section.path, scheme: urlOf.path(edition, ''), label: section.name }),
    ),
    ...tags.map((tag) => element('category', { term: tag.slug, scheme: `${edition.url}/tags`, label: tag.name })),
    textElement('rights', rightsLineOf(story)),
    story.html === null ? writeExcerpt(story) : textElement('summary', story.summary),
    textElement('content', story.html, { type: 'html' }),
    ...mediaElements(story),
  );
};

/** A story that is gone: RFC 6721. */
const writeDeleted = ({ uri, url, withdrawnAt }: Withdrawal, { edition }: Feed): Xml =>
  element(
    'at:deleted-entry',
    { ref: uri, when: formatInZone(withdrawnAt, edition.timeZone) },
    element('link', { rel: 'alternate', type: 'text/html', href: url }),
  );

/** Atom, RFC 4287, paged by RFC 5005, with what was taken back by RFC 6721. */
export const writeAtom = (feed: Feed): string => {
  const { edition } = feed;
  return writeXml(
    element(
      'feed',
      {
        xmlns: 'http://www.w3.org/2005/Atom',
        'xmlns:at': 'http://purl.org/atompub/tombstones/1.0',
        'xmlns:media': MEDIA_NAMESPACE,
        'xml:lang': edition.language,
      },
      element('id', {}, feed.uri),
      element('title', {}, feed.title),
      element('subtitle', {}, feed.description),
      element('updated', {}, formatInZone(feed.updatedAt, edition.timeZone)),
      // Of every story that names nobody: RFC 4287, 4.2.1.
      person(edition.name, edition.url),
      element('generator', {}, 'Masthead'),
      link('self', feed.selfUrl),
      element('link', { rel: 'alternate', type: 'text/html', href: feed.homeUrl }),
      link('first', feed.firstUrl),
      link('previous', feed.previousUrl),
      link('next', feed.nextUrl),
      ...feed.hubs.map((hub) => link('hub', hub, null)),
      ...feed.withdrawals.map((withdrawal) => writeDeleted(withdrawal, feed)),
      ...feed.stories.map(writeEntry),
    ),
  );
};
