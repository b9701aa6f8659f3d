import { describe, expect, it } from 'vitest';
import { createAddresses } from '../../docs/examples/reader/addresses.ts';
import { createFormats } from '../../docs/examples/reader/formats.ts';
import { bylineText } from '../../docs/examples/reader/templates/byline.ts';
import { wordingOf } from '../../docs/examples/reader/wording/wording.ts';

const english = createFormats({ locale: 'en-GB-u-nu-latn', timeZone: 'Asia/Beirut' });
const arabic = createFormats({ locale: 'ar-LB-u-nu-latn', timeZone: 'Asia/Beirut' });
const spanish = createFormats({ locale: 'es-MX-u-nu-latn', timeZone: 'America/Mexico_City' });

describe('createFormats', () => {
  it('counts in the forms of the language', () => {
    const { shares } = wordingOf('ar-LB');
    expect([0, 1, 2, 3, 11, 100, 103].map((count) => arabic.count(count, shares))).toEqual([
      'لا مشاركات',
      'مشاركة واحدة',
      'مشاركتان',
      '3 مشاركات',
      '11 مشاركة',
      '100 مشاركة',
      '103 مشاركات',
    ]);
    expect([1, 2].map((count) => english.count(count, wordingOf('en').shares))).toEqual(['1 share', '2 shares']);
    expect([1, 1_000_000].map((count) => spanish.count(count, wordingOf('es-MX').results))).toEqual([
      '1 artículo',
      '1,000,000 artículos',
    ]);
  });

  it('dates in the time zone of the desk', () => {
    expect(english.moment('2022-10-07T07:31:00Z')).toContain('10:31');
    expect(spanish.moment('2022-10-07T03:31:00Z')).toBe('6 de octubre de 2022 a las 22:31');
    expect(arabic.day('2022-10-07T22:31:00Z')).toBe('8 تشرين الأول 2022');
  });

  it('says how long ago a thing of the last day was, in whole steps, and dates the rest', () => {
    const now = Date.parse('2022-10-07T12:00:00Z');
    const ages = ['11:59:50', '11:01:00', '11:00:00', '10:00:00', '00:00:00'].map((clock) =>
      arabic.sinceOrDay(`2022-10-07T${clock}Z`, now),
    );
    expect(ages).toEqual(['قبل دقيقة واحدة', 'قبل 59 دقيقة', 'قبل ساعة واحدة', 'قبل ساعتين', 'قبل 12 ساعة']);
    expect(english.sinceOrDay('2022-10-06T12:00:00Z', now)).toBe('6 Oct 2022');
    expect(english.sinceOrDay('2022-10-07T12:00:01Z', now)).toBe('7 Oct 2022');
  });

  it('writes lengths as players do', () => {
    expect([8, 527, 3600].map((seconds) => english.duration(seconds))).toEqual(['0:08', '8:47', '1:00:00']);
  });
});

describe('createAddresses', () => {
  const addresses = createAddresses(
    [
      { code: 'EN', url: 'https://news.example' },
      { code: 'AR', url: 'https://news.example/arabic' },
    ],
    'https://reader.example',
  );

  it('gives every address of an edition a place on the site, of the longest that fits', () => {
    expect(addresses.pathOf('https://news.example')).toBe('/en');
    expect(addresses.pathOf('https://news.example/news?after=1#top')).toBe('/en/news?after=1#top');
    expect(addresses.pathOf('https://news.example/arabic/x')).toBe('/ar/x');
    expect(addresses.pathOf('https://news.example/arabica')).toBe('/en/arabica');
    expect(addresses.pathOf('https://news.example.org/x')).toBeNull();
    expect(addresses.hrefOf('https://elsewhere.example/x')).toBe('https://elsewhere.example/x');
    expect(addresses.publicOf('https://news.example/arabic/x')).toBe('https://reader.example/ar/x');
  });

  it('leads links in a text home, and leaves its words alone', () => {
    const words = 'he wrote href="https://news.example/a" and left';
    expect(addresses.linkHome(`<p><a href="https://news.example/a" title="x > y">${words}</a></p>`)).toBe(
      `<p><a href="/en/a" title="x > y">${words}</a></p>`,
    );
  });
});

describe('bylineText', () => {
  const author = (name: string) => ({ id: name, kind: 'PERSON', name, role: null, url: name, avatar: null }) as const;

  it('is what the desk wrote, else the names, else nobody', () => {
    const authors = [author('سلمى'), author('كريم')];
    expect(bylineText({ formats: arabic }, { byline: 'مكتب بيروت', authors })).toBe('مكتب بيروت');
    expect(bylineText({ formats: arabic }, { byline: null, authors })).toBe('سلمى وكريم');
    expect(bylineText({ formats: arabic }, { byline: null, authors: [] })).toBeNull();
    expect(bylineText({ formats: arabic }, { byline: null, authors: null })).toBeNull();
  });
});
