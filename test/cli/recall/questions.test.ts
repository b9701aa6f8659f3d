import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadSubject } from '../../../src/cli/recall/load-subject.ts';
import { questionsAbout } from '../../../src/cli/recall/questions.ts';
import { reRead, type AskGateway, type Read } from '../../../src/cli/recall/re-read.ts';
import { ANONYMOUS } from '../../../src/content/caller.ts';
import { changeIdOf } from '../../../src/content/delta.ts';
import type { ArticleId } from '../../../src/content/ids.ts';
import { loadCursorKey } from '../../../src/syndication/deltas/load-deltas.ts';
import { createTestApp, type TestApp } from '../../support/test-app.ts';

/** A reader that would find everything gone finds nothing. */
describe('what is read again when an article is taken back', () => {
  let app: TestApp;
  let newest: ArticleId;
  let reads: readonly Read[];
  const ask: AskGateway = async (url) => {
    const { statusCode: status, body } = await app.server.inject({ url });
    return { status, body };
  };
  /** All that is asked about an article, as if what is told of it last had been its KILL. */
  const readAbout = async (id: ArticleId): Promise<readonly Read[]> => {
    const [told] = await app.database.query<{ epoch: string; sequence: string; occurred_at: Date }>(
      `SELECT epoch, d.sequence, occurred_at FROM deltas d, change_log_head WHERE article_id = $1 ORDER BY d.sequence DESC LIMIT 1`,
      [id],
    );
    if (told === undefined) throw new Error('Nothing is told of it');
    const { epoch } = told;
    const sequence = Number(told.sequence);
    const changeId = changeIdOf(epoch, sequence, null);
    const kill = { epoch, sequence, changeId, occurredAt: told.occurred_at.getTime() };
    const subject = await loadSubject(app.database, id, app.config.editions);
    const start = { kill, cursorKey: await loadCursorKey(app.database) };
    return await reRead(ask, questionsAbout(subject, ANONYMOUS, start));
  };

  beforeAll(async () => {
    app = await createTestApp({ variables: { PROBE_SECONDS: '0' } });
    await app.changes.step();
    const [row] = await app.database.query<{ id: ArticleId }>(
      `SELECT id FROM articles WHERE edition = 'AR' AND published_at <= now() AND withdrawn_at IS NULL
          AND (embargoed_until IS NULL OR embargoed_until <= now()) AND syndication <> 'NONE'
        ORDER BY published_at DESC LIMIT 1`,
    );
    newest = row?.id as ArticleId;
    reads = await readAbout(newest);
  }, 30_000);
  afterAll(() => app.close());

  it('finds an article that stands wherever it may stand', () => {
    expect(reads.filter(({ outcome }) => outcome !== 'shown')).toEqual([]);
    expect(reads.map(({ question }) => question)).toEqual([
      'article(id)',
      'article(slug)',
      'articleByUrl',
      'list',
      'list and count of its second',
      'search',
      'list of its section',
      ...['rss', 'atom', 'json', 'ninjs'].flatMap((format) => [`feed.${format}`, `feed of its section.${format}`]),
      'sitemap',
      'sitemap-news',
      'sitemap of its minute',
      'delta',
    ]);
  });

  it('takes no answer for an answer', async () => {
    const subject = await loadSubject(app.database, 'art_en_00000000000000000000', app.config.editions);
    const questions = questionsAbout(subject, ANONYMOUS, undefined);
    const failing = await reRead(async () => ({ status: 503, body: '' }), questions);
    expect(failing.every(({ outcome, why }) => outcome === 'unread' && why === 'status 503')).toBe(true);
    const broken = await reRead(
      async () => ({ status: 200, body: '{"errors":[{"extensions":{"code":"STORE_FAILED"}}],"data":null}' }),
      questions,
    );
    expect(broken[0]).toEqual({
      question: 'article(id)',
      outcome: 'unread',
      why: 'an answer with errors: STORE_FAILED',
    });
  });

  it('takes what is no gateway for none, wherever it finds nothing', async () => {
    const subject = await loadSubject(app.database, 'art_en_00000000000000000000', app.config.editions);
    const questions = questionsAbout(subject, ANONYMOUS, undefined);
    const elsewhere = await reRead(async () => ({ status: 404, body: '<h1>Not Found</h1>' }), questions);
    expect(elsewhere.filter(({ outcome }) => outcome !== 'unread')).toEqual([]);
    const below = await reRead((path) => ask(`/below${path}`), questions);
    expect(below[0]).toEqual({ question: 'article(id)', outcome: 'unread', why: 'status 404' });
    const feeds = await reRead(ask, [
      { name: 'feed', path: '/feeds/en/nowhere.rss', isGone: () => false, mayBeMissing: true },
    ]);
    expect(feeds).toEqual([{ question: 'feed', outcome: 'gone' }]);
  });

  it('asks no search for a headline without a word', async () => {
    const subject = await loadSubject(app.database, newest, app.config.editions);
    const { known } = subject;
    if (known === null) throw new Error('It has no row');
    const blank = questionsAbout({ ...subject, known: { ...known, headline: ' ' } }, ANONYMOUS, undefined);
    expect(blank.map(({ name }) => name)).not.toContain('search');
    expect((await reRead(ask, blank)).filter(({ outcome }) => outcome === 'unread')).toEqual([]);
  });

  it('does not take a link in the text of another story for the story', async () => {
    const subject = await loadSubject(app.database, newest, app.config.editions);
    const url = subject.known?.url ?? '';
    const feeds = questionsAbout(subject, ANONYMOUS, undefined).filter(({ name }) => /^feed\.(rss|atom)$/.test(name));
    const link = `As <a href="${url}">was reported</a>`;
    const [rss, atom] = feeds.map(({ isGone }) => isGone);
    expect(rss?.(`<item><content:encoded><![CDATA[${link}]]></content:encoded></item>`)).toBe(true);
    expect(
      atom?.(
        `<entry><content type="html">${link.replaceAll('<', '&#x3C;').replaceAll('>', '&#x3E;')}</content></entry>`,
      ),
    ).toBe(true);
    expect(rss?.(`<item><link>${url}</link></item>`)).toBe(false);
    expect(atom?.(`<entry><link rel="alternate" href="${url}"/></entry>`)).toBe(false);
  });
});
