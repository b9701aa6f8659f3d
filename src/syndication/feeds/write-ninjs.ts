import { urlOf } from '../../content/addresses.ts';
import { formatInZone } from '../../content/instant.ts';
import type { Feed } from './feed.ts';
import type { Withdrawal } from './load-withdrawals.ts';
import { writeNinjsMedia } from './ninjs-media.ts';
import type { Story } from './story.ts';
import { writeJson } from './write-json.ts';

const STANDARD = {
  name: 'ninjs',
  version: '3.1',
  schema: 'http://www.iptc.org/std/ninjs/ninjs-schema_3.1.json',
};

const PLAIN = 'text/plain';

const textsOf = (texts: readonly (readonly [role: string, contentType: string, value: string | null])[]) =>
  texts.flatMap(([role, contentType, value]) => (value === null ? [] : [{ role, contentType, value }]));

/** What may be done with it, as ODRL 2.2 says it: all of it may be given on, or a part. Its terms are in words beside it. */
const writeRights = ({ uri, article: { rights } }: Story): object => ({
  langId: 'http://www.w3.org/ns/odrl/2/',
  encodedRights: JSON.stringify({
    '@context': 'http://www.w3.org/ns/odrl.jsonld',
    '@type': 'Set',
    uid: `${uri}:rights`,
    permission: [{ target: uri, action: rights.syndication === 'FULL' ? 'distribute' : 'extract' }],
  }),
});

const writeCorrections = ({ corrections, edition }: Story): string | null =>
  corrections.length === 0
    ? null
    : corrections
        .map(({ text, correctedAt }) => `Correction ${formatInZone(correctedAt, edition.timeZone)}: ${text}`)
        .join('\n');

const writeItem = (story: Story): object => {
  const { article, edition, sections, tags } = story;
  const { rights } = article;
  const instant = (at: number): string => formatInZone(at, edition.timeZone);
  const subjects = [
    ...sections.map((section) => ({ name: section.name, rel: 'section', uri: urlOf.section(edition, section) })),
    ...tags.map((tag) => ({ name: tag.name, rel: 'about', uri: urlOf.tag(edition, tag) })),
  ];
  return {
    uri: story.uri,
    type: 'text',
    representationType: story.html === null ? 'partial' : 'full',
    version: String(article.version),
    // First: the version that is there; whether it was seen before is told by `version`.
    firstCreated: instant(article.publishedAt),
    versionCreated: instant(Math.max(article.updatedAt, article.publishedAt)),
    embargoedUntil: story.embargoedUntil === null ? null : instant(story.embargoedUntil),
    expires: rights.expiresAt === null ? null : instant(rights.expiresAt),
    pubStatus: 'usable',
    language: story.language,
    copyrightHolder: rights.holder,
    usageTerms: rights.usageTerms,
    rightsInfo: writeRights(story),
    edNote: writeCorrections(story),
    by: story.byline,
    slugline: article.slug,
    headlines: textsOf([
      ['main', PLAIN, story.headline],
      ['kicker', PLAIN, article.kicker],
    ]),
    descriptions: textsOf([
      ['summary', PLAIN, article.standfirst],
      ['excerpt', PLAIN, story.excerpt],
    ]),
    bodies:
      story.html === null
        ? []
        : [{ role: 'main', contentType: 'text/html', wordCount: article.wordCount, value: story.html }],
    people: story.creators.map(({ name, url }) => ({ name, rel: 'author', uri: url })),
    subjects,
    genres: [{ name: article.kind }],
    infoSources: article.sources.map(({ name, kind }) => ({ name, role: kind })),
    associations: story.media.map((file, index) => writeNinjsMedia(file, { story, index })),
    altIds: [{ role: 'url', value: story.url }],
    standard: STANDARD,
  };
};

/** ninjs 3.1: one item. */
export const writeNinjsItem = (story: Story): string => writeJson(writeItem(story));

/** What was taken back: an item that says no more than that, for whoever has it. */
const writeWithdrawal = ({ uri, url, withdrawnAt }: Withdrawal, { edition }: Feed): object => ({
  uri,
  type: 'text',
  pubStatus: 'canceled',
  versionCreated: formatInZone(withdrawnAt, edition.timeZone),
  altIds: [{ role: 'url', value: url }],
  standard: STANDARD,
});

/** ninjs 3.1: an array of items, those that were taken back first. */
export const writeNinjs = (feed: Feed): string =>
  writeJson([
    ...feed.withdrawals.map((withdrawal) => writeWithdrawal(withdrawal, feed)),
    ...feed.stories.map(writeItem),
  ]);
