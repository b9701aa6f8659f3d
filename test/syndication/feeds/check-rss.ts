import { createFaults, faultsOfHtml, faultsOfMedia, isAbsolute, readXml, type XmlReader } from './check-xml.ts';

const RFC_822 =
  /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} \d\d:\d\d:\d\d [+-]\d{4}$/;
const CHANNEL = 'title link description language lastBuildDate generator docs atom:link item'.split(' ');
const ITEM =
  'title link guid pubDate description dc:creator category dc:rights content:encoded media:content atom:updated'.split(
    ' ',
  );

/** A date as RSS has it, whose day of the week is that of its day. */
const isDate = (text: string | null): boolean =>
  text !== null &&
  RFC_822.test(text) &&
  new Date(`${text.slice(5, 16)} UTC`).toUTCString().startsWith(text.slice(0, 3));

const faultsOfItem = (item: XmlReader): readonly string[] => {
  const { faults, expect } = createFaults();
  const once = (name: string): boolean => item.all(name).length === 1;
  for (const name of ['title', 'link', 'guid', 'pubDate']) expect(once(name), `not one ${name}`);
  for (const name of ['description', 'content:encoded', 'dc:rights', 'atom:updated'])
    expect(item.all(name).length <= 1, `more than one ${name}`);
  expect((item.text('title') ?? '').trim() !== '', 'an empty title');
  expect(isAbsolute(item.text('link')), 'a link that is not absolute');
  expect(item.text('guid') !== '' && item.text('guid/@isPermaLink') === 'false', 'a guid taken for an address');
  expect(isDate(item.text('pubDate')), `a date that is none: ${item.text('pubDate')}`);
  expect(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(item.text('atom:updated') ?? ''), 'no date of change');
  expect(/^[a-z]{2,3}(?:-\w+)*$/.test(item.text('@xml:lang') ?? ''), 'no language');
  for (const name of ['dc:creator', 'category'])
    expect(
      item.all(name).every((one) => (one.text('.') ?? '').trim() !== ''),
      `an empty ${name}`,
    );
  for (const { name } of item.all('*')) expect(ITEM.includes(name), `an element that no reader knows: ${name}`);
  for (const name of ['description', 'content:encoded']) {
    const html = item.text(name);
    if (html !== null) faults.push(...faultsOfHtml(html).map((fault) => `${name} ${fault}`));
  }
  faults.push(...item.all('media:content').flatMap(faultsOfMedia));
  return faults.map((fault) => `${item.text('guid')}: ${fault}`);
};

/**
 * What is wrong with an RSS 2.0 feed served at `url`, by the rules that the W3C's validator checks: the specification and
 * its best practices, RFC 5005, Dublin Core, Media RSS and the content module. Empty: nothing.
 */
export const faultsOfRss = (xml: string, url: string): readonly string[] =>
  readXml(xml, (rss) => {
    const { faults, expect } = createFaults();
    expect(rss.name === 'rss' && rss.attribute('version') === '2.0', 'no RSS 2.0');
    const [channel, ...others] = rss.all('*');
    if (channel === undefined || others.length > 0 || channel.name !== 'channel') return [...faults, 'not one channel'];
    for (const name of ['title', 'link', 'description', 'language', 'lastBuildDate'])
      expect(channel.all(name).length === 1 && (channel.text(name) ?? '').trim() !== '', `not one ${name}`);
    expect(isAbsolute(channel.text('link')), 'a link that is not absolute');
    expect(isDate(channel.text('lastBuildDate')), 'lastBuildDate is no date');
    for (const { name } of channel.all('*')) expect(CHANNEL.includes(name), `an element that no reader knows: ${name}`);
    const selves = channel.all(`atom:link[@rel='self']`);
    expect(selves.length === 1 && selves[0]?.attribute('href') === url, `the feed is not at ${url}`);
    for (const rel of ['previous', 'next', 'first'])
      expect(channel.all(`atom:link[@rel='${rel}']`).length <= 1, `more than one link to ${rel}`);
    for (const link of channel.all('atom:link'))
      expect(isAbsolute(link.attribute('href')), 'a link that is not absolute');
    const items = channel.all('item');
    const guids = items.map((item) => item.text('guid'));
    expect(new Set(guids).size === guids.length, 'two items of one guid');
    return [...faults, ...items.flatMap(faultsOfItem)];
  });
