import { describe, expect, it } from 'vitest';
import { encodePath, normalisePath, normaliseSlug, parseAddress } from '../../src/content/slug.ts';

const ARABIC = 'أخبار';

describe('normaliseSlug', () => {
  it.each([
    ['decoded', ARABIC],
    ['percent-encoded as browsers do', encodeURIComponent(ARABIC)],
    ['percent-encoded as WordPress does', encodeURIComponent(ARABIC).toLowerCase()],
    ['in both cases at once', encodeURIComponent(ARABIC).replace('%D8', '%d8')],
    ['decomposed', ARABIC.normalize('NFD')],
    ['decomposed and encoded', encodeURIComponent(ARABIC.normalize('NFD'))],
    ['half encoded', `أ${encodeURIComponent('خبار')}`],
    ['with blanks around it', ` ${ARABIC}\n`],
  ])('reads one Arabic slug in whatever form it comes: %s', (_, form) => {
    expect(normaliseSlug(form)).toBe(ARABIC);
  });

  it.each([
    ['ma\u006e\u0303ana', 'mañana'],
    ['ma%C3%B1ana', 'mañana'],
    ['ma%c3%b1ana', 'mañana'],
    ['100%', '100%'],
    ['100%-%C3%B1', '100%-ñ'],
    ['%zz%41', '%zzA'],
    ['%ff%41', '%ff%41'],
    ['a%2', 'a%2'],
    ['%', '%'],
    ['', ''],
    ['Case-Kept', 'Case-Kept'],
  ])('reads %j as %j: what is no escape stays', (text, slug) => {
    expect(normaliseSlug(text)).toBe(slug);
  });
});

describe('normalisePath', () => {
  it.each([
    ['news/politics', 'news/politics'],
    ['/news/politics/', 'news/politics'],
    ['//news///politics//', 'news/politics'],
    [`/${encodeURIComponent('أخبار')}/${encodeURIComponent('سياسة')}/`, 'أخبار/سياسة'],
    ['/', ''],
    ['', ''],
    ['news/100%/x', 'news/100%/x'],
  ])('reads %j as %j', (text, path) => {
    expect(normalisePath(text)).toBe(path);
  });
});

describe('encodePath', () => {
  it.each(['news/politics', 'أخبار/سياسة', 'a b/c?d#e', '100%/%41', 'ñ'])('writes %j so that it reads back', (path) => {
    const encoded = encodePath(path);
    expect(encoded).toMatch(/^[\w.!~*'()%/-]*$/);
    expect(decodeURI(new URL(`https://x.example/${encoded}`).pathname).split('/')).toHaveLength(
      path.split('/').length + 1,
    );
    expect(encoded.split('/').map(decodeURIComponent).join('/')).toBe(path);
  });
});

describe('parseAddress', () => {
  it.each([
    ['https://News.Example/en/a/', 'news.example', 'en/a'],
    ['http://news.example:8080/en/a?b=c#d', 'news.example:8080', 'en/a'],
    ['https://news.example:443/', 'news.example', ''],
    ['https://news.example', 'news.example', ''],
    ['https://user:secret@news.example/a', 'news.example', 'a'],
    ['https://news.example/a/../b/./c', 'news.example', 'b/c'],
    [`https://news.example/ar/${encodeURIComponent('أخبار').toLowerCase()}`, 'news.example', 'ar/أخبار'],
    ['https://news.example/ar/أخبار', 'news.example', 'ar/أخبار'],
    ['https://أخبار.example/a', 'xn--igbicxr.example', 'a'],
    ['https://news.example\\en\\a', 'news.example', 'en/a'],
  ])('cuts %s into host and path', (url, host, path) => {
    expect(parseAddress(url)).toEqual({ host, path });
  });

  it.each([
    '',
    '/en/a',
    'news.example/a',
    'ftp://news.example/a',
    'javascript:alert(1)',
    'mailto:a@b.example',
    'https://',
    'https://[x]/',
  ])('finds no address in %j', (url) => {
    expect(parseAddress(url)).toBe(null);
  });
});
