import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { idOf } from '../../src/content/ids.ts';
import { coversOf, everyKey, updatedKey } from '../../src/content/list-keys.ts';
import { tagOf } from '../../src/content/tags.ts';
import type { Database } from '../../src/database/database.ts';
import { createIntake, mapTagPurge } from '../../src/ingest/intake.ts';
import { articleLine, createIngestRig, sections, type IngestRig } from '../support/ingest-rig.ts';
import { createTestDatabase, databaseKinds } from '../support/test-database.ts';

const article = idOf.article('EN', 'cms', '1');
const reported = (
  kind: 'PUBLISH' | 'UPDATE' | 'CORRECTION' | 'EMBARGO_LIFT' | 'RIGHTS_CHANGE' | 'KILL',
  id = article,
) => ({ kind, articleId: id, edition: 'EN' }) as const;

describe.each(databaseKinds)('createIntake, %s', (kind) => {
  let database: Database;
  let rig: IngestRig;
  beforeEach(async () => {
    database = await createTestDatabase(kind);
    rig = createIngestRig(database);
    const line = articleLine('1', { translationGroup: 'g', tags: [{ slug: 'beirut', name: 'Beirut' }] });
    await rig.run([...sections, line]);
    await rig.run([{ ...line, slug: 'renamed', section: 'news/economy' }]);
  });
  afterEach(() => database.close());

  const map = (...reports: Parameters<ReturnType<typeof createIntake>['mapReports']>[0]) =>
    createIntake(database).mapReports(reports);

  it('tells everybody who can have read the article: who reports does not say what has changed', async () => {
    const [change] = await map(reported('UPDATE'));
    expect(change).toMatchObject({ kind: 'UPDATE', articleId: article, edition: 'EN', version: 2, isSoft: false });
    const [news, economy] = [idOf.section('EN', 'news'), idOf.section('EN', 'news/economy')];
    const tag = idOf.tag('EN', 'beirut');
    expect(change?.tags).toEqual(
      expect.arrayContaining([
        tagOf.article(article),
        tagOf.list.all('EN'),
        tagOf.list.kind('EN', 'NEWS'),
        tagOf.list.section(news),
        tagOf.list.section(economy),
        tagOf.list.tag(tag),
        tagOf.search('EN'),
        tagOf.updated('EN'),
        updatedKey('EN', { target: tag }),
        tagOf.group('EN', 'g'),
        tagOf.slug('EN', 'article', 'story-1'),
        tagOf.slug('EN', 'article', 'renamed'),
        tagOf.url('EN', 'news/politics/story-1'),
        tagOf.url('EN', 'news/economy/renamed'),
      ]),
    );
    // Where it no longer stands nobody has read it; another edition never has.
    expect(change?.tags).not.toContain(tagOf.list.section(idOf.section('EN', 'news/politics')));
    expect(change?.tags.filter((each) => /:ar\b|_ar_/.test(each))).toEqual([]);
  });

  it('tells of an unknown article what its id alone can say: any list of its edition may be about it', async () => {
    const unknown = idOf.article('EN', 'elsewhere', '1');
    const [change] = await map(reported('PUBLISH', unknown));
    expect(change).toMatchObject({
      articleId: unknown,
      version: null,
      tombstone: { order: 'lift', articleId: unknown },
    });
    expect(new Set(change?.tags)).toEqual(
      new Set([
        tagOf.article(unknown),
        ...[tagOf.list.all('EN'), tagOf.search('EN'), tagOf.updated('EN')].flatMap((tag) => [tag, ...coversOf(tag)]),
      ]),
    );
  });

  it('lays a tombstone over every address of an article that is killed', async () => {
    const [change] = await map(reported('KILL'));
    expect(change?.tombstone).toEqual({
      order: 'lay',
      articleId: article,
      edition: 'EN',
      slugs: ['renamed', 'story-1'],
      paths: ['news/economy/renamed', 'news/politics/story-1'],
    });
    const unknown = idOf.article('EN', 'elsewhere', '1');
    expect((await map(reported('KILL', unknown)))[0]?.tombstone).toEqual({
      order: 'lay',
      articleId: unknown,
      edition: 'EN',
      slugs: [],
      paths: [],
    });
  });

  it('lifts it when the article is published, and leaves it alone otherwise', async () => {
    expect((await map(reported('PUBLISH')))[0]?.tombstone).toEqual({ order: 'lift', articleId: article });
    for (const kindOfChange of ['UPDATE', 'CORRECTION', 'EMBARGO_LIFT', 'RIGHTS_CHANGE'] as const)
      expect((await map(reported(kindOfChange)))[0]?.tombstone).toBeNull();
  });

  it('makes one change of each report, in their order', async () => {
    const tags = { tags: [{ tag: tagOf.search('AR'), edition: 'AR' }], isSoft: false } as const;
    const changes = await map(reported('KILL'), tags, reported('PUBLISH'));
    expect(changes.map(({ kind: made }) => made)).toEqual(['KILL', 'PURGE', 'PUBLISH']);
  });

  it('does not wait for an import that holds the article', async () => {
    await database.transaction(async (transaction) => {
      await transaction.query('SELECT FROM articles WHERE id = $1 FOR UPDATE', [article]);
      // Embedded, everybody waits for the transaction anyway, so it is asked inside.
      const intake = createIntake(kind === 'embedded' ? transaction : database);
      expect((await intake.mapReports([reported('KILL')]))[0]).toMatchObject({ version: 2 });
    });
  });
});

describe('mapTagPurge', () => {
  const purge = (...tags: readonly (readonly [tag: `search:${string}` | `list:${string}`, edition: 'EN' | 'AR'])[]) =>
    mapTagPurge({ tags: tags.map(([tag, edition]) => ({ tag, edition })), isSoft: true });

  it('is of an edition when all of its tags are', () => {
    expect(purge(['search:en', 'EN'], ['list:en:tags', 'EN'])).toMatchObject({
      kind: 'PURGE',
      edition: 'EN',
      isSoft: true,
    });
    expect(purge(['search:en', 'EN'], ['search:ar', 'AR'])).toMatchObject({ edition: null });
  });

  it('ends with a list all narrower ones of the same articles, and names nothing twice', () => {
    expect(purge(['list:en:all', 'EN'], ['list:en:all', 'EN']).tags).toEqual([tagOf.list.all('EN'), everyKey('EN')]);
  });
});
