import { isTag, type ChildNode } from 'domhandler';
import * as fc from 'fast-check';
import { parseDocument } from 'htmlparser2';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BodyBlock } from '../../../src/content/body.ts';
import { parseBody } from '../../../src/ingest/html/parse-body.ts';
import { sanitiseHtml } from '../../../src/ingest/html/sanitise-html.ts';
import { launchChromium } from '../../support/chromium.ts';
import { hostileHtml } from './hostile-html.ts';

const ALLOWED_TAGS = new Set(
  (
    'a abbr address audio b bdi bdo blockquote br caption cite code col colgroup dd del details dfn div dl dt em ' +
    'figcaption figure footer h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q rp rt ruby s samp small source strong ' +
    'sub summary sup table tbody td tfoot th thead time tr u ul var video'
  ).split(' '),
);
const ALLOWED_ATTRIBUTES = new Set(
  'alt colspan controls datetime dir height href id lang poster reversed rowspan scope span src start title type width'.split(
    ' ',
  ),
);
const ADDRESSES = new Set(['href', 'src', 'poster']);

interface SeenElement {
  readonly tag: string;
  readonly attributes: readonly (readonly [name: string, value: string])[];
}

/** What is wrong with elements that a parser made of sanitised HTML; empty: nothing. */
const findFaults = (elements: readonly SeenElement[]): readonly string[] =>
  elements.flatMap(({ tag, attributes }) => [
    ...(ALLOWED_TAGS.has(tag) ? [] : [`<${tag}>`]),
    ...attributes.flatMap(([name, value]) => {
      if (!ALLOWED_ATTRIBUTES.has(name)) return [`${tag}[${name}]`];
      if (!ADDRESSES.has(name)) return [];
      // As a browser resolves it on the page it stands on.
      const { protocol, host } = new URL(value, 'https://page.example/');
      const isLocal = !/^[a-z]+:/i.test(value) && host === 'page.example' && value.startsWith('/');
      return isLocal || (/^[a-z]+:/i.test(value) && /^(?:https?|mailto):$/.test(protocol)) ? [] : [`${name}=${value}`];
    }),
  ]);

const elementsIn = (nodes: readonly ChildNode[]): readonly SeenElement[] =>
  nodes
    .filter(isTag)
    .flatMap((node) => [{ tag: node.name, attributes: Object.entries(node.attribs) }, ...elementsIn(node.children)]);

const parsedAgain = (html: string): readonly SeenElement[] => elementsIn(parseDocument(html).children);

const htmlOf = (block: BodyBlock): readonly string[] =>
  block.type === 'ListBlock' ? [block.html, ...block.items.map(({ html }) => html)] : [block.html];
const blockHtml = (html: string): readonly string[] => parseBody(html).flatMap(htmlOf);

it('knows enough ways to attack a page', () => {
  expect(new Set(hostileHtml).size).toBe(hostileHtml.length);
  expect(hostileHtml.length).toBeGreaterThan(100);
});

describe('sanitiseHtml', () => {
  it.each(hostileHtml)('leaves nothing dangerous of %s', (html) => {
    expect(findFaults(parsedAgain(sanitiseHtml(html)))).toEqual([]);
  });

  it('gives the same when its result is sanitised again', () => {
    for (const html of hostileHtml) expect(sanitiseHtml(sanitiseHtml(html))).toBe(sanitiseHtml(html));
  });

  it('keeps what a desk writes', () => {
    const html =
      '<p dir="rtl">a <a href="/x">b</a> <strong>c</strong> <em>d</em> &amp; e&lt;f</p>' +
      '<table><caption>t</caption><tr><th scope="col" colspan="2">1</th></tr></table>' +
      '<ol start="3"><li>x</li></ol><img src="https://i.example/a.jpg" alt="" width="10" height="5" />';
    expect(sanitiseHtml(html)).toBe(html);
  });

  it('keeps the words of a link that may not be followed', () => {
    expect(sanitiseHtml('<p>see <a href="javascript:pwn()">the report</a></p>')).toBe('<p>see the report</p>');
  });
});

describe('parseBody on hostile HTML', () => {
  it.each(hostileHtml)('makes no block that carries %s', (html) => {
    for (const block of blockHtml(html)) expect(findFaults(parsedAgain(block))).toEqual([]);
  });

  it('makes sanitised NFC blocks of any soup of tags', () => {
    const piece = fc.oneof(
      fc.constantFrom(...hostileHtml),
      fc.constantFrom(
        '<p>',
        '</p>',
        '<div>',
        '</div>',
        '<ul>',
        '<li>',
        '</li>',
        '</ul>',
        '<a href="/x">',
        '</a>',
        '<b>',
        '</b>',
        '<table>',
        '<td>',
        '</table>',
        '<figure>',
        '<img src="/a.jpg">',
        '<figcaption>',
        '</figure>',
        '<blockquote>',
        '<cite>',
        '<h3>',
        '<br>',
        '&nbsp;',
        '&#x338;',
        '<pre>',
        '</pre>',
        '<iframe src="https://a.example/">',
        '<!--',
        '-->',
        '<svg>',
        '"',
        "'",
        '>',
      ),
      fc.string({ unit: 'grapheme', maxLength: 12 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        for (const html of blockHtml(pieces.join(''))) {
          expect(findFaults(parsedAgain(html))).toEqual([]);
          expect(html.normalize('NFC')).toBe(html);
          expect(html.isWellFormed()).toBe(true);
        }
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('hostile HTML in a real browser', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser?.close());

  /** The elements a fresh page makes of each of `fragments`, and whether any of them ran `pwn`. */
  const show = async (fragments: readonly string[]) => {
    const page = await browser.newPage();
    await page.route('**/*', (route) =>
      route.fulfill({ contentType: 'text/html', body: '<!doctype html><body></body>' }),
    );
    await page.goto('https://page.example/');
    return page.evaluate(async (pieces) => {
      const scope = globalThis as unknown as {
        document: {
          body: { innerHTML: string; querySelectorAll(all: string): Iterable<DomElement> };
        };
        pwned: boolean;
        pwn: () => void;
        setTimeout: (work: () => void, ms: number) => void;
      };
      interface DomElement {
        localName: string;
        attributes: Iterable<{ name: string; value: string }>;
      }
      scope.pwned = false;
      scope.pwn = () => {
        scope.pwned = true;
      };
      const seen = pieces.map((piece) => {
        scope.document.body.innerHTML = piece;
        return [...scope.document.body.querySelectorAll('*')].map(({ localName, attributes }) => ({
          tag: localName,
          attributes: [...attributes].map(({ name, value }): [string, string] => [name, value]),
        }));
      });
      // Pictures that cannot be loaded say so after a turn or two.
      for (let turn = 0; turn < 20 && !scope.pwned; turn += 1)
        await new Promise<void>((resolve) => scope.setTimeout(resolve, 10));
      return { seen, pwned: scope.pwned };
    }, fragments);
  };

  it('would run it, were it not sanitised', async () => {
    const { seen, pwned } = await show(hostileHtml.filter((html) => !html.includes('http-equiv')));
    expect(pwned).toBe(true);
    expect(seen.filter((elements) => findFaults(elements).length > 0).length).toBeGreaterThan(60);
  });

  it('runs none of it and sees only harmless elements', async () => {
    const fragments = hostileHtml.flatMap((html) => [sanitiseHtml(html), ...blockHtml(html), blockHtml(html).join('')]);
    const { seen, pwned } = await show(fragments);
    expect(pwned).toBe(false);
    // The browser adds `tbody` and moves what stands wrongly in a table: it must still be harmless.
    expect(seen.flatMap(findFaults)).toEqual([]);
  });
});
