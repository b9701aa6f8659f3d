import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { publicView } from '../../../src/content/listing.ts';
import { SYNDICATION_RIGHTS } from '../../../src/content/entities.ts';
import { earliestVisibilityOf, visibilityOf } from '../../../src/content/visibility.ts';
import { visibleSql } from '../../../src/stores/postgres/visible.ts';
import type { ArticleRows } from '../../support/content-rows.ts';
import { articleId } from '../../support/content-rows.ts';
import { openStores, type StoresUnderTest } from '../../support/stores-under-test.ts';

const NOW = Date.parse('2026-11-23T12:00:00Z');
const around = [NOW - 1000, NOW, NOW + 1000] as const;
const perhaps = [undefined, ...around] as const;

/** Every way an article can stand at `NOW`. */
const all: readonly ArticleRows[] = around.flatMap((publishedAt) =>
  perhaps.flatMap((embargoedUntil) =>
    perhaps.flatMap((expiresAt) =>
      SYNDICATION_RIGHTS.flatMap((syndication) =>
        [null, NOW].map((withdrawnAt) => ({
          key: JSON.stringify([publishedAt, embargoedUntil, expiresAt, syndication, withdrawnAt]),
          publishedAt,
          ...(embargoedUntil === undefined ? {} : { embargoedUntil }),
          ...(expiresAt === undefined ? {} : { expiresAt }),
          syndication,
          withdrawnAt,
        })),
      ),
    ),
  ),
);

describe('visibleSql', () => {
  let opened: StoresUnderTest;
  beforeAll(async () => {
    opened = await openStores('postgres');
    await opened.write(all);
  });
  afterAll(() => opened.close());

  it('says of every article what visibilityOf says of it', async () => {
    const { database, stores } = opened;
    const articles = await stores.articles.byIds(all.map(({ key }) => articleId(key)));
    const visible = articles.filter((article) => visibilityOf(article, publicView(NOW)) === 'visible');
    const early = articles.filter((article) => earliestVisibilityOf(article, NOW) === 'visible');
    const seen = await database.query(
      `SELECT a.id FROM articles a WHERE ${visibleSql('a', '$1', { seesEmbargoed: true })}`,
      [new Date(NOW)],
    );
    expect(new Set(seen.map(({ id }) => id))).toEqual(new Set(early.map(({ id }) => id)));
    expect(early).toHaveLength(2 * 4 * 2 * 2);
    const rows = await database.query(`SELECT a.id FROM articles a WHERE ${visibleSql('a', '$1')}`, [new Date(NOW)]);
    expect(new Set(rows.map(({ id }) => id))).toEqual(new Set(visible.map(({ id }) => id)));
    // Published (2 of 3), embargo over (3 of 4), not expired (2 of 4), FULL or EXCERPT, not withdrawn.
    expect(visible).toHaveLength(2 * 3 * 2 * 2);
    expect(articles).toHaveLength(3 * 4 * 4 * 3 * 2);
  });
});
