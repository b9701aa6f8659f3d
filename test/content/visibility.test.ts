import { describe, expect, it } from 'vitest';
import { publicView } from '../../src/content/listing.ts';
import type { Article, Rights } from '../../src/content/entities.ts';
import { nextBoundaryOf, visibilityOf } from '../../src/content/visibility.ts';
import { createArticle } from './create-article.ts';

const NOW = 1_000_000;
const [PAST, FUTURE] = [NOW - 1, NOW + 1];

type Change = Partial<Omit<Article, 'rights'>> & { readonly rights?: Partial<Rights> };
const article = (rest: Change = {}): Article => {
  const plain = createArticle({ publishedAt: PAST });
  return { ...plain, ...rest, rights: { ...plain.rights, ...rest.rights } };
};

describe('visibilityOf', () => {
  it.each<[string, Change, string]>([
    ['published', {}, 'visible'],
    ['published at this very instant', { publishedAt: NOW }, 'visible'],
    ['published later', { publishedAt: FUTURE }, 'pending'],
    ['under embargo', { rights: { embargoedUntil: FUTURE } }, 'pending'],
    ['whose embargo ends at this very instant', { rights: { embargoedUntil: NOW } }, 'visible'],
    ['whose embargo is over', { rights: { embargoedUntil: PAST } }, 'visible'],
    ['that will expire', { rights: { expiresAt: FUTURE } }, 'visible'],
    ['that expires at this very instant', { rights: { expiresAt: NOW } }, 'gone'],
    ['that has expired', { rights: { expiresAt: PAST } }, 'gone'],
    ['withdrawn', { withdrawnAt: PAST }, 'gone'],
    ['withdrawn, whatever instant stands there', { withdrawnAt: FUTURE }, 'gone'],
    ['withdrawn before it was published', { withdrawnAt: PAST, publishedAt: FUTURE }, 'pending'],
    ['withdrawn under embargo', { withdrawnAt: PAST, rights: { embargoedUntil: FUTURE } }, 'pending'],
    ['withdrawn under an embargo that is over', { withdrawnAt: PAST, rights: { embargoedUntil: NOW } }, 'gone'],
    ['that nobody may pass on', { rights: { syndication: 'NONE' } }, 'forbidden'],
    [
      'that nobody may pass on and that was withdrawn',
      { withdrawnAt: PAST, rights: { syndication: 'NONE' } },
      'forbidden',
    ],
    [
      'that nobody may pass on and that is not out yet',
      { publishedAt: FUTURE, rights: { syndication: 'NONE' } },
      'forbidden',
    ],
    ['of which an excerpt may be passed on', { rights: { syndication: 'EXCERPT' } }, 'visible'],
    ['expired before its embargo ends', { rights: { embargoedUntil: FUTURE, expiresAt: PAST } }, 'pending'],
  ])('an article %s', (_, rest, visibility) => {
    expect(visibilityOf(article(rest), publicView(NOW))).toBe(visibility);
  });
});

describe('nextBoundaryOf', () => {
  it.each<[string, Change, number | null]>([
    ['that has nothing before it', {}, null],
    ['published later', { publishedAt: FUTURE }, FUTURE],
    ['published at this very instant', { publishedAt: NOW }, null],
    ['under embargo', { rights: { embargoedUntil: FUTURE } }, FUTURE],
    ['that will expire', { rights: { expiresAt: FUTURE } }, FUTURE],
    ['that is breaking until later', { breaking: true, breakingUntil: FUTURE }, FUTURE],
    ['whose store may be behind until later', { lookAgainAt: FUTURE }, FUTURE],
    ['that is gone, as its store has it until later', { withdrawnAt: PAST, lookAgainAt: FUTURE }, FUTURE],
    ['that is breaking without an end', { breaking: true, breakingUntil: null }, null],
    ['that is not breaking, whatever its end', { breaking: false, breakingUntil: FUTURE }, null],
    [
      'with several, the next',
      {
        publishedAt: NOW + 30,
        breaking: true,
        breakingUntil: NOW + 20,
        rights: { embargoedUntil: NOW + 10, expiresAt: NOW + 40 },
      },
      NOW + 10,
    ],
    ['of which some are past', { rights: { embargoedUntil: PAST, expiresAt: NOW + 40 } }, NOW + 40],
    ['withdrawn: nothing brings it back by itself', { withdrawnAt: PAST, rights: { expiresAt: FUTURE } }, null],
    ['withdrawn before it was published: it says so from then on', { withdrawnAt: PAST, publishedAt: FUTURE }, FUTURE],
    ['withdrawn under embargo', { withdrawnAt: PAST, rights: { embargoedUntil: FUTURE } }, FUTURE],
  ])('of an article %s', (_, rest, at) => {
    expect(nextBoundaryOf(article(rest), NOW)).toBe(at);
  });

  it('names every instant at which the visibility changes, and no other is needed', () => {
    const plan = article({ publishedAt: 10, rights: { embargoedUntil: 20, expiresAt: 30 } });
    const seen: unknown[] = [];
    for (let at: number | null = 0; at !== null; at = nextBoundaryOf(plan, at))
      seen.push([at, visibilityOf(plan, publicView(at))]);
    expect(seen).toEqual([
      [0, 'pending'],
      [10, 'pending'],
      [20, 'visible'],
      [30, 'gone'],
    ]);
  });
});
