import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { createNewsroomSchema, mapEditions } from '../../src/config/newsroom-schema.ts';
import type { NavigationEntry } from '../../src/content/edition.ts';
import { demoConfigFile } from '../../src/demo/demo-files.ts';
import { EXAMPLES } from '../../src/http/playground/examples.ts';
import { readableIn, readDemo } from './read-demo.ts';

const editions = mapEditions(
  createNewsroomSchema('.').parse(parse(readFileSync(demoConfigFile, 'utf8'))),
  'https://news.example',
);
const desks = await readDemo();
const leaves = (entries: readonly NavigationEntry[]): NavigationEntry[] =>
  entries.flatMap((entry) => [entry, ...leaves(entry.children)]);
const english = editions[0];

describe('the demo newsroom', () => {
  it('has a desk in English, Arabic and Spanish, each in its time zone', () => {
    expect(editions.map(({ code, language, direction, timeZone }) => [code, language, direction, timeZone])).toEqual([
      ['EN', 'en', 'LTR', 'Asia/Beirut'],
      ['AR', 'ar', 'RTL', 'Asia/Beirut'],
      ['ES', 'es', 'LTR', 'America/Mexico_City'],
    ]);
  });

  it('has the menu of the newsroom it models', () => {
    expect(english?.navigation.map(({ label, children }) => [label, children.map((child) => child.label)])).toEqual([
      [
        'News',
        ['Politics', 'Economy', 'Sports', 'Arts&Culture', 'Health', 'Miscellaneous', 'Technology', 'Environment'],
      ],
      ['Articles', ['Opinion', 'Analysis', 'Blog', 'Feature']],
      ['Videos', []],
      ['Infographs', []],
      ['In Pictures', []],
      ['LIVE', []],
    ]);
  });

  it.each(editions)('$code: the menu leads to sections that exist, in the words they bear', ({ code, navigation }) => {
    const sections = desks.find(({ edition }) => edition === code)?.sections ?? [];
    const entries = leaves(navigation).filter(({ isLiveEntry }) => !isLiveEntry);
    expect(entries.map(({ sectionPath }) => sections.find(({ path }) => path === sectionPath)?.name)).toEqual(
      entries.map(({ label }) => label),
    );
    const live = leaves(navigation).filter(({ isLiveEntry }) => isLiveEntry);
    expect(live.map(({ sectionPath }) => sectionPath)).toEqual([null]);
  });

  it.each(editions)('$code: the menu has the shape of the English one', ({ navigation }) => {
    const shape = (entries: readonly NavigationEntry[] = []): unknown =>
      entries.map(({ isLiveEntry, children }) => [isLiveEntry, shape(children)]);
    expect(shape(navigation)).toEqual(shape(english?.navigation));
  });

  it.each(editions)('$code: every section of the menu has at least three articles to read', ({ code, navigation }) => {
    const desk = desks.find(({ edition }) => edition === code);
    if (desk === undefined) throw new Error(`there is no desk ${code}`);
    const menu = leaves(navigation).flatMap(({ sectionPath }) => sectionPath ?? []);
    expect(menu.length).toBeGreaterThan(10);
    expect(menu.filter((path) => readableIn(desk, path).length < 3)).toEqual([]);
  });

  it.each(editions)('$code: a line about the outlet and five links stand at the foot', ({ tagline, links }) => {
    expect(tagline).toEqual(expect.any(String));
    expect(links).toHaveLength(5);
    expect(links.filter(({ url, rel }) => !url.startsWith('https://') || rel === null)).toEqual([]);
  });
});

describe('the playground', () => {
  it('opens on content that the demo newsroom has', () => {
    const missing = EXAMPLES.filter(({ variables: { edition, slug, path } }) => {
      const desk = desks.find((candidate) => candidate.edition === edition);
      return (
        (slug !== undefined && !desk?.articles.some((article) => article.slug === slug)) ||
        (path !== undefined && !desk?.sections.some((section) => section.path === path))
      );
    });
    expect(missing).toEqual([]);
  });
});
