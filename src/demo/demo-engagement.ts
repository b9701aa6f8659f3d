import { createHash } from 'node:crypto';
import type { Instant } from '../clock.ts';
import type { EditionCode } from '../content/edition.ts';
import { documentSchema, type ArticleDocument } from '../ingest/document.ts';
import { loadDemoDocuments } from './demo-documents.ts';

/** What readers did with one article in one hour. */
export interface DemoEngagement {
  readonly edition: EditionCode;
  /** The article's id in the system named by `DEMO_SOURCE`. */
  readonly sourceId: string;
  /** 0: the hour that is running; 1: the one before; up to 47. */
  readonly hoursAgo: number;
  readonly views: number;
  readonly shares: number;
}

const HOUR_MS = 60 * 60_000;
const WINDOW_HOURS = 48;
/** Hours in which interest in a story falls to about a third. */
const DECAY_HOURS = 18;

/** A number from 0 to 1 that is always the same for the same words. */
const chanceOf = (...words: readonly (string | number)[]): number =>
  createHash('sha256').update(words.join('\n')).digest().readUInt32BE(0) / 2 ** 32;

const instantsOf = ({ publishedAt, withdrawnAt, rights }: ArticleDocument) => ({
  from: Math.max(publishedAt, rights.embargoedUntil ?? publishedAt),
  until: Math.min(withdrawnAt ?? Infinity, rights.expiresAt ?? Infinity),
});

const engagementOf = (article: ArticleDocument, now: Instant): readonly DemoEngagement[] => {
  const { edition, sourceId } = article;
  const { from, until } = instantsOf(article);
  // Few stories are read by many: the cube leaves most of them modest.
  const peakViews = 120 + 1800 * chanceOf(edition, sourceId) ** 3;
  const sharing = 0.02 + 0.06 * chanceOf(edition, sourceId, 'shares');
  return Array.from({ length: WINDOW_HOURS }, (_, hoursAgo) => hoursAgo)
    .filter((hoursAgo) => from < now - hoursAgo * HOUR_MS && now - hoursAgo * HOUR_MS < until)
    .map((hoursAgo) => {
      const ageHours = (now - from) / HOUR_MS - hoursAgo;
      const interest = 0.04 + 0.96 * Math.exp(-ageHours / DECAY_HOURS);
      const views = Math.round(peakViews * interest * (0.8 + 0.4 * chanceOf(edition, sourceId, hoursAgo)));
      return { edition, sourceId, hoursAgo, views, shares: Math.round(views * sharing) };
    });
};

/**
 * Views and shares of every demo article for each of the past 48 hours in which it could be seen; the same for every
 * load, so that trending and most read are never empty and screenshots agree.
 */
export const loadDemoEngagement = async (now: Instant): Promise<readonly DemoEngagement[]> => {
  const engagement: DemoEngagement[] = [];
  for await (const raw of loadDemoDocuments(now)) {
    const document = documentSchema.parse(raw);
    if (document.type === 'article') engagement.push(...engagementOf(document, now));
  }
  return engagement;
};
