import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApp, type TestApp } from '../../support/test-app.ts';
import { createWoundClock } from '../../support/wound-clock.ts';
import { writeArticles } from '../../support/content-rows.ts';
import { FEED_FORMATS } from '../../../src/syndication/feeds/feed-request.ts';

const NOW = Date.parse('2026-11-23T12:00:00Z');
const HOUR_MS = 60 * 60_000;
const clock = createWoundClock(NOW);
const text = (words: string) => [{ type: 'Paragraph', html: `<p>${words}</p>`, text: words }] as const;
const windTo = (at: number): void => clock.wind(at - clock.now());
/** The excerpt has 500 letters; this stands behind them. */
const HIDDEN = 'secret-ending';

let app: TestApp;
beforeAll(async () => {
  app = await createTestApp({ clock, isEmpty: true });
  const published = { publishedAt: NOW - HOUR_MS, sections: ['news'] };
  await writeArticles(app.database, [
    { ...published, key: 'full', body: text('whole-text') },
    {
      ...published,
      key: 'excerpt',
      syndication: 'EXCERPT',
      body: text(`${'beginning '.repeat(80)}${HIDDEN}`),
      corrections: [{ text: 'The figure was wrong.', correctedAt: NOW - HOUR_MS / 2 }],
    },
    { ...published, key: 'none', syndication: 'NONE', body: text('none-text') },
    { ...published, key: 'embargoed', embargoedUntil: NOW + HOUR_MS, body: text('embargoed-text') },
    { ...published, key: 'later', publishedAt: NOW + HOUR_MS, body: text('later-text') },
    { ...published, key: 'expiring', expiresAt: NOW + HOUR_MS, body: text('expiring-text') },
  ]);
});
afterAll(() => app.close());

const bodyOf = async (format: string): Promise<string> => {
  const response = await app.server.inject({ url: `/feeds/en.${format}` });
  expect(response.statusCode).toBe(200);
  return response.body;
};

describe.each(FEED_FORMATS)('a feed of %s', (format) => {
  it('gives what its caller may have, and of the rest nothing', async () => {
    windTo(NOW);
    const body = await bodyOf(format);
    expect(body).toContain('whole-text');
    expect(body).toContain('Headline of excerpt');
    expect(body).toContain('beginning beginning');
    expect(body).toContain('The figure was wrong.');
    expect(body).not.toContain(HIDDEN);
    for (const hidden of ['none', 'embargoed', 'later']) {
      expect(body).not.toContain(`Headline of ${hidden}`);
      expect(body).not.toContain(`${hidden}-text`);
    }
  });

  it('holds a story from its instant on, and no longer than to its end', async () => {
    windTo(NOW + HOUR_MS - 1);
    const before = await bodyOf(format);
    expect(before).toContain('expiring-text');
    expect(before).not.toContain('embargoed-text');
    windTo(NOW + HOUR_MS);
    const after = await bodyOf(format);
    expect(after).not.toContain('expiring-text');
    expect(after).toContain('embargoed-text');
    expect(after).toContain('later-text');
  });
});
