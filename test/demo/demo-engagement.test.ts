import { describe, expect, it } from 'vitest';
import { loadDemoEngagement } from '../../src/demo/demo-engagement.ts';
import { LOADED_AT, readDemo } from './read-demo.ts';

const engagement = await loadDemoEngagement(LOADED_AT);
const english = (await readDemo())[0]?.articles ?? [];
const ofEnglish = (sourceId: string) =>
  engagement.filter((entry) => entry.edition === 'EN' && entry.sourceId === sourceId);

describe('loadDemoEngagement', () => {
  it('gives each edition enough read articles for its lists', () => {
    for (const edition of ['EN', 'AR', 'ES'])
      expect(
        new Set(
          engagement.filter((entry) => entry.edition === edition && entry.views > 0).map(({ sourceId }) => sourceId),
        ).size,
      ).toBeGreaterThanOrEqual(5);
  });

  it('counts whole hours of the past two days, more views than shares', () => {
    for (const { hoursAgo, views, shares } of engagement) {
      expect(Number.isInteger(hoursAgo) && hoursAgo >= 0 && hoursAgo < 48).toBe(true);
      expect(Number.isInteger(views) && Number.isInteger(shares)).toBe(true);
      expect(views).toBeGreaterThan(shares);
    }
  });

  it('counts each article once an hour', () => {
    const keys = engagement.map(({ edition, sourceId, hoursAgo }) => `${edition} ${sourceId} ${hoursAgo}`);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('is the same at every load', async () => {
    expect(await loadDemoEngagement(LOADED_AT)).toEqual(engagement);
  });

  it('gives the story of the grain corridor views and shares today', () => {
    const entries = ofEnglish('grain-corridor');
    expect(entries.some(({ views, shares }) => views > 0 && shares > 0)).toBe(true);
    expect(Math.max(...entries.map(({ hoursAgo }) => hoursAgo))).toBeLessThanOrEqual(6);
  });

  it('counts nobody who reads a story before it can be seen, or after it is gone', () => {
    const embargoed = english.find(({ rights }) => rights.embargoedUntil !== undefined);
    const expired = english.find(({ rights }) => rights.expiresAt !== undefined && rights.expiresAt <= LOADED_AT);
    expect(ofEnglish(embargoed?.sourceId ?? '')).toEqual([]);
    expect(Math.min(...ofEnglish(expired?.sourceId ?? '').map(({ hoursAgo }) => hoursAgo))).toBe(13);
  });
});
