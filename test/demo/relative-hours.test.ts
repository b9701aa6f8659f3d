import { describe, expect, it } from 'vitest';
import { resolveHours } from '../../src/demo/relative-hours.ts';

const now = Date.parse('2026-11-23T09:00:20Z');

describe('resolveHours', () => {
  it('makes hours before loading an instant on a whole minute', () => {
    expect(resolveHours({ headline: 'Rain', hoursAgo: 5.51 }, now)).toEqual({
      headline: 'Rain',
      publishedAt: '2026-11-23T03:29:00.000Z',
    });
  });

  it('looks ahead for embargoes and the end of breaking news', () => {
    expect(resolveHours({ breakingForHours: 3, rights: { embargoedForHours: 30 } }, now)).toEqual({
      breakingUntil: '2026-11-23T12:00:00.000Z',
      rights: { embargoedUntil: '2026-11-24T15:00:00.000Z' },
    });
  });

  it('reaches into lists and leaves everything else as it was', () => {
    expect(
      resolveHours({ corrections: [{ text: '38', correctedHoursAgo: 1 }], breaking: true, seo: null }, now),
    ).toEqual({
      corrections: [{ text: '38', correctedAt: '2026-11-23T08:00:00.000Z' }],
      breaking: true,
      seo: null,
    });
  });

  it.each(['yesterday', null, Number.NaN])('refuses %s as a number of hours', (hoursAgo) => {
    expect(() => resolveHours({ hoursAgo }, now)).toThrow(new TypeError('hoursAgo must be a number of hours'));
  });
});
