import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../../../src/database/database.ts';
import { articleLine, createIngestRig, sections, type IngestRig } from '../../support/ingest-rig.ts';
import { createTestDatabase } from '../../support/test-database.ts';

let database: Database;
let rig: IngestRig;
beforeAll(async () => {
  database = await createTestDatabase('postgres');
});
beforeEach(async () => {
  await database.query('TRUNCATE sections, tags, authors, articles, memberships, boundaries, addresses, outbox');
  rig = createIngestRig(database);
  await rig.run(sections);
});
afterAll(() => database?.close());

describe('addresses', () => {
  it('keeps the former slug and path of an article that is renamed and moved', async () => {
    await rig.run([articleLine('1')]);
    rig.clock.wind(1_000);
    await rig.run([articleLine('1', { slug: 'better' })]);
    rig.clock.wind(1_000);
    await rig.run([articleLine('1', { slug: 'better', section: 'world' })]);
    expect(await rig.addresses()).toEqual([
      'path world/better → 1',
      'path former news/politics/better → 1',
      'path former news/politics/story-1 → 1',
      'slug better → 1',
      'slug former story-1 → 1',
    ]);
  });

  it('lets an article go back to an address of its own', async () => {
    await rig.run([articleLine('1')]);
    await rig.run([articleLine('1', { slug: 'other' })]);
    await rig.run([articleLine('1')]);
    expect(await rig.addresses()).toEqual([
      'path news/politics/story-1 → 1',
      'path former news/politics/other → 1',
      'slug story-1 → 1',
      'slug former other → 1',
    ]);
  });

  it('gives a former address to the article that takes it, and tells who has lost it', async () => {
    await rig.run([articleLine('1')]);
    await rig.run([articleLine('1', { slug: 'moved' })]);
    await rig.takeOutbox();
    expect(await rig.run([articleLine('2', { slug: 'story-1' })])).toMatchObject({ badCount: 0 });
    expect(await rig.addresses()).toEqual([
      'path news/politics/moved → 1',
      'path news/politics/story-1 → 2',
      'slug moved → 1',
      'slug story-1 → 2',
    ]);
    const [change] = await rig.takeOutbox();
    expect(change?.tags).toContain(`article:${await rig.idOf('1')}`);
    // What has been taken is not taken back by the file it once stood in.
    expect(await rig.run([articleLine('1', { slug: 'moved' })])).toMatchObject({ unchanged: 1 });
  });

  it('lets a slug change hands within one batch, in order', async () => {
    await rig.run([articleLine('1'), articleLine('2')]);
    const { bad } = await rig.run([
      articleLine('2', { slug: 'story-1' }),
      articleLine('1', { slug: 'free' }),
      articleLine('2', { slug: 'story-1' }),
    ]);
    expect(bad).toEqual([{ lineNumber: 1, reason: 'slug: "story-1" belongs to article "1"' }]);
    expect(await rig.article('2')).toMatchObject({ slug: 'story-1', path: 'news/politics/story-1' });
  });

  it('holds the slug of an article that has been taken down', async () => {
    await rig.run([articleLine('1', { withdrawnAt: '2026-11-22T00:00:00Z' })]);
    expect(await rig.run([articleLine('2', { slug: 'story-1' })])).toMatchObject({ badCount: 1 });
  });

  it('lets editions use one slug for different articles', async () => {
    await rig.run([
      { type: 'section', edition: 'es', path: 'news', name: 'x' },
      { type: 'section', edition: 'es', path: 'news/politics', name: 'x' },
    ]);
    expect(await rig.run([articleLine('1'), articleLine('1', { edition: 'es' })])).toMatchObject({
      imported: 2,
      badCount: 0,
    });
  });

  it('keeps aliases as former paths, newest first, and leaves alone those where another article stands', async () => {
    await rig.run([articleLine('1')]);
    const aliases = ['/2025/b/', 'https://news.example/en/2024/a?utm=1#x', '/news/politics/story-1', '/%D8%A3'];
    expect(await rig.run([articleLine('2', { aliases })])).toMatchObject({ badCount: 0 });
    expect((await rig.addresses()).filter((address) => address.startsWith('path'))).toEqual([
      'path news/politics/story-1 → 1',
      'path news/politics/story-2 → 2',
      'path former 2025/b → 2',
      'path former 2024/a → 2',
      'path former أ → 2',
    ]);
  });

  it('refuses an alias where a section stands, and takes nothing of its line', async () => {
    const { bad } = await rig.run([
      articleLine('1', { aliases: ['/old/1', '/world/'], tags: [{ slug: 'x', name: 'X' }] }),
      articleLine('2', { aliases: ['/sport'] }),
      { type: 'section', edition: 'en', path: 'sport', name: 'Sport' },
      articleLine('3', { aliases: ['/sport'] }),
    ]);
    expect(bad).toEqual([
      { lineNumber: 1, reason: 'aliases: "world" is the path of a section' },
      { lineNumber: 4, reason: 'aliases: "sport" is the path of a section' },
    ]);
    expect(await rig.addresses()).toEqual(['path news/politics/story-2 → 2', 'slug story-2 → 2']);
    expect(await database.query('SELECT slug FROM tags')).toEqual([]);
  });

  it('gives a former address to the section that is made there, and tells who has lost it', async () => {
    await rig.run([articleLine('1', { aliases: ['/sport', '/older'] })]);
    await rig.takeOutbox();
    const sport = { type: 'section', edition: 'en', path: 'sport', name: 'Sport' };
    expect(await rig.run([sport])).toMatchObject({ imported: 1, badCount: 0 });
    expect(await rig.addresses()).toEqual([
      'path news/politics/story-1 → 1',
      'path former older → 1',
      'slug story-1 → 1',
    ]);
    const [change] = await rig.takeOutbox();
    expect(change?.kind).toBe('TAXONOMY');
    expect(change?.tags).toEqual(expect.arrayContaining([`article:${await rig.idOf('1')}`, 'url:en:sport']));
    expect(await rig.run([sport])).toMatchObject({ unchanged: 1 });
    expect(await rig.takeOutbox()).toEqual([]);
  });

  it('gives a section the path that an article leaves in the same batch', async () => {
    await rig.run([articleLine('1', { section: 'news', slug: 'sport' })]);
    const sport = { type: 'section', edition: 'en', path: 'news/sport', name: 'Sport' };
    const { bad } = await rig.run([sport, articleLine('1', { section: 'world', slug: 'sport' }), sport]);
    expect(bad).toEqual([{ lineNumber: 1, reason: 'path: "news/sport" belongs to article "1"' }]);
    expect(await rig.addresses()).toEqual(['path world/sport → 1', 'slug sport → 1']);
  });

  it('compares slugs decoded and in NFC', async () => {
    await rig.run([articleLine('1', { slug: 'cafe\u0301' })]);
    const { bad } = await rig.run([articleLine('2', { slug: 'caf%C3%A9' })]);
    expect(bad).toEqual([{ lineNumber: 1, reason: 'slug: "café" belongs to article "1"' }]);
  });
});
