import { describe, expect, it } from 'vitest';
import { pickScheduledKind, type Scheduled } from '../../../src/ingest/schedule/pick-scheduled-kind.ts';

const NOON = Date.UTC(2026, 10, 23, 12);
const HOUR_MS = 60 * 60_000;

type Fields = Partial<Omit<Scheduled, 'rights'>> & Partial<Scheduled['rights']>;

const article = ({
  embargoedUntil = null,
  expiresAt = null,
  syndication = 'FULL',
  ...fields
}: Fields = {}): Scheduled => ({
  publishedAt: NOON - HOUR_MS,
  withdrawnAt: null,
  breaking: false,
  breakingUntil: null,
  rights: { syndication, holder: null, usageTerms: null, embargoedUntil, expiresAt },
  ...fields,
});

describe('pickScheduledKind', () => {
  it.each<[string, string | null, Fields]>([
    ['a scheduled publication', 'PUBLISH', { publishedAt: NOON }],
    ['the end of an embargo', 'EMBARGO_LIFT', { embargoedUntil: NOON }],
    ['an expiry', 'KILL', { expiresAt: NOON }],
    ['the end of breaking news', 'UPDATE', { breaking: true, breakingUntil: NOON }],
    ['a publication that ends its embargo', 'EMBARGO_LIFT', { publishedAt: NOON, embargoedUntil: NOON }],
    ['a publication after its embargo', 'PUBLISH', { publishedAt: NOON, embargoedUntil: NOON - 1000 }],
    [
      'a publication that those see who have it under embargo',
      'PUBLISH',
      { publishedAt: NOON, embargoedUntil: NOON + 1000 },
    ],
    ['the end of an embargo before publication', null, { publishedAt: NOON + 1000, embargoedUntil: NOON }],
    ['an expiry that those see who have it under embargo', 'KILL', { embargoedUntil: NOON + HOUR_MS, expiresAt: NOON }],
    ['a publication that expires at once', null, { publishedAt: NOON, expiresAt: NOON }],
    [
      'a publication with which breaking news end',
      'PUBLISH',
      { publishedAt: NOON, breaking: true, breakingUntil: NOON },
    ],
    ['an expiry with which breaking news end', 'KILL', { expiresAt: NOON, breaking: true, breakingUntil: NOON }],
    [
      'breaking news that end before anybody sees them',
      null,
      { publishedAt: NOON + 1, breaking: true, breakingUntil: NOON },
    ],
    [
      'breaking news that end after everybody has seen them',
      null,
      { expiresAt: NOON - 1, breaking: true, breakingUntil: NOON },
    ],
    ['an end recorded of what is not breaking', null, { breaking: false, breakingUntil: NOON }],
    ['a publication of what was withdrawn', null, { publishedAt: NOON, withdrawnAt: NOON - 1 }],
    ['an expiry of what was withdrawn', null, { expiresAt: NOON, withdrawnAt: NOON - 1 }],
    ['an instant it no longer has', null, {}],
    // Some callers may have it, others not: tags tell nobody anything.
    ['a publication not everybody may have', 'PUBLISH', { publishedAt: NOON, syndication: 'NONE' }],
  ])('%s is %s', (_what, kind, fields) => {
    expect(pickScheduledKind(article(fields), NOON)).toBe(kind);
  });
});
