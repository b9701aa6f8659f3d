import { describe, expect, it } from 'vitest';
import { parseWindow, splitWindow } from '../../../src/syndication/sitemaps/window.ts';

const spans = (name: string): readonly [string, string] => {
  const window = parseWindow(name);
  if (window === undefined) throw new Error(`no window ${name}`);
  return [new Date(window.from).toISOString(), new Date(window.to).toISOString()];
};

describe('parseWindow', () => {
  it.each([
    ['2026', '2026-01-01T00:00:00.000Z', '2027-01-01T00:00:00.000Z'],
    ['2026-12', '2026-12-01T00:00:00.000Z', '2027-01-01T00:00:00.000Z'],
    ['2024-02-29', '2024-02-29T00:00:00.000Z', '2024-03-01T00:00:00.000Z'],
    ['2026-11-28T23', '2026-11-28T23:00:00.000Z', '2026-11-29T00:00:00.000Z'],
    ['2026-11-28T14-05', '2026-11-28T14:05:00.000Z', '2026-11-28T14:06:00.000Z'],
  ])('%s is from %s to %s', (name, from, to) => {
    expect(spans(name)).toEqual([from, to]);
  });

  it.each([
    '',
    '26',
    '2026-13',
    '2026-00',
    '2026-02-30',
    '2026-11-28T24',
    '2026-11-28T14-60',
    '0026',
    'news',
    '2026-1',
  ])('%j is none', (name) => {
    expect(parseWindow(name)).toBeUndefined();
  });
});

describe('splitWindow', () => {
  it('cuts a stretch into years, those into months, and so on to minutes, nothing left out', () => {
    const whole = { name: '', from: Date.parse('2024-06-30T12:00:00Z'), to: Date.parse('2026-01-02T00:00:00Z') };
    expect(splitWindow(whole).map(({ name }) => name)).toEqual(['2024', '2025', '2026']);
    let [window] = splitWindow(whole);
    for (const count of [12, 31, 24, 60]) {
      const parts = window === undefined ? [] : splitWindow(window);
      expect(parts).toHaveLength(count);
      expect(parts[0]?.from).toBe(window?.from);
      expect(parts.at(-1)?.to).toBe(window?.to);
      for (const part of parts) expect(parseWindow(part.name)).toEqual(part);
      [window] = parts;
    }
    expect(window?.name).toBe('2024-01-01T00-00');
    expect(splitWindow(window ?? whole)).toEqual([]);
  });
});
