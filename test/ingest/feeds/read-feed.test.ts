import { describe, expect, it } from 'vitest';
import { readForeign } from '../../support/foreign-rig.ts';
import { item, rss } from './feed-samples.ts';

describe('the edition of a feed', () => {
  it('is asked for once when neither the feed nor a story tells it', async () => {
    const silent = rss(item('')).replace('<language>en-GB</language>', '');
    await expect(readForeign(silent)).rejects.toThrow(
      'the feed names no language, and no edition is told by that: say whose it is with --edition (en, ar, es)',
    );
    await expect(readForeign(silent.replace('<link>', '<language>sv</language><link>'))).rejects.toThrow(
      'the feed is in "sv", and no edition',
    );
    expect((await readForeign(silent, { edition: 'ES' })).articles[0]?.edition).toBe('ES');
  });

  it('is that of the feed where an item’s own language is empty or none', async () => {
    for (const own of ['<dc:language></dc:language>', '<language>no language at all</language>']) {
      const heard = await readForeign(rss(item(own)));
      expect(heard).toMatchObject({ bad: [], articles: [{ edition: 'EN', language: 'en-GB' }] });
    }
    const empty = rss(item('')).replace('<item>', '<item xml:lang="">');
    expect((await readForeign(empty)).articles).toMatchObject([{ edition: 'EN', language: 'en-GB' }]);
    const unread = rss(item('')).replace('<item>', '<item xml:lang="-">');
    const heard = await readForeign(unread);
    expect(heard.articles).toMatchObject([{ edition: 'EN', language: 'en-GB' }]);
    expect(heard.fields.dropped).toEqual([{ field: 'item@xml:lang', count: 1 }]);
    const json = { version: 'https://jsonfeed.org/version/1.1', language: 'es' };
    const stories = ['', '-', 5].map((language, id) => ({ id, title: 'T', language, date_published: '2026-11-20' }));
    expect((await readForeign(JSON.stringify({ ...json, items: stories }))).articles).toMatchObject([
      { edition: 'ES' },
      { edition: 'ES' },
      { edition: 'ES' },
    ]);
  });
});
