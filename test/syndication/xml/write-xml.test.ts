import { XMLParser, XMLValidator } from 'fast-xml-parser';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cdata, element, textElement, writeXml } from '../../../src/syndication/xml/write-xml.ts';

/** XML 1.0, 2.2: the letters a document may be made of. */
const isChar = (letter: string): boolean => {
  const code = letter.codePointAt(0) ?? 0;
  return (
    code === 0x9 ||
    code === 0xa ||
    code === 0xd ||
    (code >= 0x20 && code <= 0xd7ff) ||
    (code >= 0xe000 && code <= 0xfffd) ||
    code >= 0x1_0000
  );
};
const writable = (text: string): string => [...text].filter(isChar).join('');

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  htmlEntities: true,
});
const read = (markup: string): { readonly '#text'?: string; readonly '@value'?: string } => {
  const parsed = parser.parse(markup) as { readonly e: string | object };
  return typeof parsed.e === 'string' ? { '#text': parsed.e } : parsed.e;
};

/** Any code units: control characters, halves of pairs, the ends of markup. */
const hostile = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)),
      fc.constantFrom(
        ']]>',
        ']]',
        '<![CDATA[',
        '<b>',
        '&amp;',
        '&#0;',
        '\u202E',
        '\u0000',
        '\uD800',
        '\uDC00',
        '👩‍👩‍👧',
        '\r\n',
        '"',
        '--',
      ),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(''));

describe('element', () => {
  it('escapes text and values, and leaves out what is null', () => {
    const inner = element('b', { href: 'a"b&c<d', none: null, size: 3 }, 'x < y & z > w', null);
    expect(element('a', {}, inner, null).markup).toBe(
      '<a><b href="a&#x22;b&#x26;c&#x3C;d" size="3">x &#x3C; y &#x26; z &#x3E; w</b></a>',
    );
    expect(element('a', {}).markup).toBe('<a/>');
    expect(textElement('a', null)).toBeNull();
  });

  it('writes what a reader has again, but for what XML cannot carry', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const document = writeXml(element('e', { value: text }, `.${text}.`));
        expect(XMLValidator.validate(document)).toBe(true);
        expect([...document].every(isChar)).toBe(true);
        const { '#text': inner, '@value': value = '' } = read(document);
        expect(inner).toBe(`.${writable(text)}.`);
        expect(value).toBe(writable(text));
      }),
      { numRuns: 500 },
    );
  });
});

describe('cdata', () => {
  it('never ends before its text does', () => {
    expect(cdata('a]]>b').markup).toBe('<![CDATA[a]]]]><![CDATA[>b]]>');
    // Taking a letter out must not make an end of what was none.
    expect(cdata(']\u0000]>').markup).toBe('<![CDATA[]]]]><![CDATA[>]]>');
  });

  it('gives back every text, but for what XML cannot carry', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const document = writeXml(element('e', {}, '.', cdata(text)));
        expect(XMLValidator.validate(document)).toBe(true);
        const sections = [...document.matchAll(/<!\[CDATA\[(.*?)\]\]>/gs)].map(([, section]) => section);
        expect(sections.join('')).toBe(writable(text));
      }),
      { numRuns: 500 },
    );
  });
});
