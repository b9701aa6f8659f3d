import { createFaults, faultsOfHtml, faultsOfMedia, isAbsolute, readXml, type XmlReader } from './check-xml.ts';

const RFC_3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/;
const FEED = 'id title subtitle updated author generator link entry at:deleted-entry'.split(' ');
const ENTRY = 'id title link published updated author category rights summary content media:content'.split(' ');

const isInstant = (text: string | null): boolean => RFC_3339.test(text ?? '') && !Number.isNaN(Date.parse(text ?? ''));
const isIri = (text: string | null): boolean => /^[a-z][a-z\d+.-]*:\S+$/i.test(text ?? '');

const faultsOfLinks = (of: XmlReader): readonly string[] => {
  const { faults, expect } = createFaults();
  const links = of.all('atom:link');
  for (const link of links) expect(isAbsolute(link.attribute('href')), 'a link that is not absolute');
  const alternates = links
    .filter((link) => link.attribute('rel') === 'alternate')
    .map((link) => `${link.attribute('type')} ${link.attribute('hreflang')}`);
  // RFC 4287, 4.1.1 and 4.1.2.
  expect(new Set(alternates).size === alternates.length, 'two alternates of one type and language');
  for (const author of of.all('atom:author')) {
    expect(author.all('atom:name').length === 1 && author.text('atom:name') !== '', 'an author without a name');
    expect(
      author.all('atom:uri').every((uri) => isAbsolute(uri.text('.'))),
      'an author’s uri is no address',
    );
  }
  return faults;
};

const faultsOfEntry = (entry: XmlReader): readonly string[] => {
  const { faults, expect } = createFaults();
  for (const name of ['id', 'title', 'updated', 'published'])
    expect(entry.all(`atom:${name}`).length === 1, `not one ${name}`);
  for (const name of ['summary', 'content', 'rights'])
    expect(entry.all(`atom:${name}`).length <= 1, `more than one ${name}`);
  expect(isIri(entry.text('atom:id')), 'its id is no IRI');
  expect((entry.text('atom:title') ?? '').trim() !== '', 'an empty title');
  for (const name of ['updated', 'published']) expect(isInstant(entry.text(`atom:${name}`)), `${name} is no instant`);
  expect(entry.all(`atom:link[@rel='alternate']`).length > 0, 'leads to no page');
  expect(
    entry.all('atom:category').every((category) => (category.attribute('term') ?? '') !== ''),
    'a category without a term',
  );
  expect(/^[a-z]{2,3}(?:-\w+)*$/.test(entry.text('@xml:lang') ?? ''), 'no language');
  for (const { name } of entry.all('*')) expect(ENTRY.includes(name), `an element that no reader knows: ${name}`);
  for (const html of entry.all(`atom:content[@type='html'] | atom:summary[@type='html']`))
    faults.push(...faultsOfHtml(html.text('.') ?? '').map((fault) => `${html.name} ${fault}`));
  faults.push(...faultsOfLinks(entry), ...entry.all('media:content').flatMap(faultsOfMedia));
  return faults.map((fault) => `${entry.text('atom:id')}: ${fault}`);
};

/** What is wrong with an Atom feed served at `url`, by RFC 4287, RFC 5005 and Media RSS. Empty: nothing. */
export const faultsOfAtom = (xml: string, url: string): readonly string[] =>
  readXml(xml, (feed) => {
    const { faults, expect } = createFaults();
    expect(feed.name === 'feed', 'no feed');
    for (const name of ['id', 'title', 'updated']) expect(feed.all(`atom:${name}`).length === 1, `not one ${name}`);
    expect(isIri(feed.text('atom:id')), 'its id is no IRI');
    expect(isInstant(feed.text('atom:updated')), 'updated is no instant');
    expect(feed.all('atom:author').length >= 1, 'no author');
    const selves = feed.all(`atom:link[@rel='self']`);
    expect(selves.length === 1 && selves[0]?.attribute('href') === url, `the feed is not at ${url}`);
    for (const { name } of feed.all('*')) expect(FEED.includes(name), `an element that no reader knows: ${name}`);
    const entries = feed.all('atom:entry');
    const ids = entries.map((entry) => entry.text('atom:id'));
    expect(new Set(ids).size === ids.length, 'two entries of one id');
    return [...faults, ...faultsOfLinks(feed), ...entries.flatMap(faultsOfEntry)];
  });
