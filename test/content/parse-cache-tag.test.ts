import { describe, expect, it } from 'vitest';
import { ARTICLE_KINDS } from '../../src/content/entities.ts';
import { idOf } from '../../src/content/ids.ts';
import { parseCacheTag } from '../../src/content/parse-cache-tag.ts';
import { tagOf, type CacheTag } from '../../src/content/tags.ts';

const article = idOf.article('AR', 'test', '1');
const section = idOf.section('EN', 'news');
const tag = idOf.tag('ES', 'madrid');
const author = idOf.author('EN', 'rana');

/** Every form that readers record, by the word of the vocabulary that makes it. */
const forms: Readonly<Record<string, readonly (readonly [CacheTag, string])[]>> = {
  article: [[tagOf.article(article), 'AR']],
  section: [[tagOf.section(section), 'EN']],
  tag: [[tagOf.tag(tag), 'ES']],
  author: [[tagOf.author(author), 'EN']],
  edition: [[tagOf.edition('AR'), 'AR']],
  live: [[tagOf.live('ES'), 'ES']],
  slug: [
    [tagOf.slug('AR', 'article', 'استئناف-محادثات'), 'AR'],
    [tagOf.slug('EN', 'tag', 'a:b'), 'EN'],
    [tagOf.slug('ES', 'author', 'josé'), 'ES'],
  ],
  url: [[tagOf.url('EN', 'news/politics/a:b'), 'EN']],
  'list.all': [[tagOf.list.all('EN'), 'EN']],
  'list.kind': ARTICLE_KINDS.map((kind) => [tagOf.list.kind('ES', kind), 'ES'] as const),
  'list.section': [[tagOf.list.section(section), 'EN']],
  'list.tag': [[tagOf.list.tag(tag), 'ES']],
  'list.author': [[tagOf.list.author(author), 'EN']],
  'list.tags': [[tagOf.list.tags('EN'), 'EN']],
  'list.authors': [[tagOf.list.authors('AR'), 'AR']],
  search: [[tagOf.search('EN'), 'EN']],
  updated: [[tagOf.updated('ES'), 'ES']],
  group: [[tagOf.group('AR', 'story:grain: 1'), 'AR']],
};

describe('parseCacheTag', () => {
  it('knows every word of the vocabulary', () => {
    const words = Object.entries(tagOf).flatMap(([word, write]) =>
      typeof write === 'function' ? [word] : Object.keys(write).map((of) => `${word}.${of}`),
    );
    expect(Object.keys(forms).toSorted()).toEqual(words.toSorted());
  });

  it.each(Object.values(forms).flat())('takes %s as it is', (written, edition) => {
    expect(parseCacheTag(written)).toEqual({ tag: written, edition });
  });

  it.each([
    ['LIST:EN:ALL', tagOf.list.all('EN')],
    ['list:En:Kind:opinion', tagOf.list.kind('EN', 'OPINION')],
    ['Search:AR', tagOf.search('AR')],
    ['SLUG:es:Article:Madrid', tagOf.slug('ES', 'article', 'Madrid')],
    [' edition:EN\u00a0', tagOf.edition('EN')],
    [`Article:${article}`, tagOf.article(article)],
  ])('takes words and editions in either case, slugs as they are: %s', (written, expected) => {
    expect(parseCacheTag(written)?.tag).toBe(expected);
  });

  it('takes slugs and paths in whatever form they stand in an address', () => {
    expect(parseCacheTag(`slug:ar:article:${encodeURIComponent('مدينة')}`)?.tag).toBe('slug:ar:article:مدينة');
    expect(parseCacheTag(`slug:es:tag:${'josé'.normalize('NFD')}`)?.tag).toBe('slug:es:tag:josé');
    expect(parseCacheTag(`url:ar:/${encodeURIComponent('أخبار')}//مدينة/`)?.tag).toBe('url:ar:أخبار/مدينة');
  });

  it.each([
    ['nothing', ''],
    ['a word alone', 'search'],
    ['an unknown word', 'page:en:front'],
    ['a word of every object', 'constructor:en'],
    ['an unknown edition', 'search:fr'],
    ['more than a form holds', 'search:en:x'],
    ['more than a list holds', 'list:en:all:x'],
    ['an unknown list', 'list:en:front'],
    ['an unknown kind', 'list:en:kind:GOSSIP'],
    ['an unknown list by update', 'updated:en:front'],
    ['a narrowed list by update', `updated:${section}`],
    ['an id of something else', `section:${article}`],
    ['a list of something that has none', `list:${article}`],
    ['a broken id', 'article:art_en_1'],
    ['an id of an unknown edition', 'article:art_fr_00000000000000000000'],
    ['no slug', 'slug:en:article:'],
    ['a slug of nothing known', 'slug:en:section:news'],
    ['a slug of two steps', 'slug:en:article:news/x'],
    ['no path', 'url:en:/'],
    ['an absolute address', 'url:https://news.example/en/x'],
    ['no group', 'group:en:'],
    ['a group of no edition', 'group:story'],
    ['a control character', 'group:en:a\u0000b'],
    ['half a letter', 'group:en:\ud800'],
    ['a tag longer than any', `group:en:${'x'.repeat(4_000)}`],
  ])('refuses %s', (_what, written) => {
    expect(parseCacheTag(written)).toBeNull();
  });
});
