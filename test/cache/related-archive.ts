import type { ArticleRows } from '../support/content-rows.ts';
import { createDice } from '../support/dice.ts';

/** Tags that its articles have. */
export const TAGS = ['a', 'b', 'c', 'd', 'e'];
const SECTIONS = ['news', 'news/politics', 'sport'];

/** Enough that the lists go on past what is weighed, many of them of one minute, some of them hidden. */
export const createRelatedArchive = (now: number): readonly ArticleRows[] => {
  const { below: roll } = createDice(12);
  return Array.from({ length: 260 }, (_, number): ArticleRows => {
    const publishedAt = now - roll(120) * 60_000 + (roll(20) === 0 ? 3_600_000 : 0);
    return {
      key: `n${number}`,
      publishedAt,
      sections: [SECTIONS[roll(3)] ?? 'news', ...(roll(3) === 0 ? ['sport'] : [])],
      tags: TAGS.filter(() => roll(3) === 0),
      ...(roll(12) === 0 ? { withdrawnAt: publishedAt } : {}),
      ...(roll(12) === 0 ? { embargoedUntil: now + 60_000 } : {}),
      ...(roll(12) === 0 ? { expiresAt: now - 1 } : {}),
    };
  });
};
