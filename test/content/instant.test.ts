import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatInZone, parseInstant } from '../../src/content/instant.ts';

const at = (text: string): number => Date.parse(text);

describe('formatInZone', () => {
  it.each([
    ['2022-10-07T07:31:00Z', 'Asia/Beirut', '2022-10-07T10:31:00+03:00', 'summer time'],
    ['2022-12-07T08:31:00Z', 'Asia/Beirut', '2022-12-07T10:31:00+02:00', 'winter time'],
    ['2022-10-07T07:31:00Z', 'UTC', '2022-10-07T07:31:00+00:00', 'no offset'],
    ['2022-10-07T07:31:00Z', 'Europe/London', '2022-10-07T08:31:00+01:00', 'London in summer'],
    ['2022-12-07T07:31:00Z', 'Europe/London', '2022-12-07T07:31:00+00:00', 'London in winter'],
    ['2022-10-07T02:31:00Z', 'America/Mexico_City', '2022-10-06T21:31:00-05:00', 'the day before'],
    ['2022-10-07T20:31:00Z', 'Asia/Kathmandu', '2022-10-08T02:16:00+05:45', 'the day after, quarter of an hour'],
    ['2022-10-07T02:31:00Z', 'America/St_Johns', '2022-10-07T00:01:00-02:30', 'half an hour west'],
    ['2022-10-07T02:31:00Z', 'Pacific/Kiritimati', '2022-10-07T16:31:00+14:00', 'the largest of all'],
    ['2022-10-07T02:31:00Z', '+03:30', '2022-10-07T06:01:00+03:30', 'a zone given as an offset'],
    ['1969-12-31T23:59:59Z', 'Asia/Beirut', '1970-01-01T01:59:59+02:00', 'before 1970'],
    ['2022-10-07T07:31:00.999Z', 'UTC', '2022-10-07T07:31:00+00:00', 'fractions dropped'],
  ])('writes %s in %s as %s: %s', (instant, zone, text) => {
    expect(formatInZone(at(instant), zone)).toBe(text);
  });

  it('tells the two half past twos of the night the clock is set back', () => {
    const [before, after] = [at('2022-10-30T00:30:00Z'), at('2022-10-30T01:30:00Z')];
    expect([formatInZone(before, 'Europe/Madrid'), formatInZone(after, 'Europe/Madrid')]).toEqual([
      '2022-10-30T02:30:00+02:00',
      '2022-10-30T02:30:00+01:00',
    ]);
  });

  it('leaves out the hour that does not exist in spring, to the second', () => {
    const change = at('2022-03-27T01:00:00Z');
    expect([formatInZone(change - 1_000, 'Europe/Madrid'), formatInZone(change, 'Europe/Madrid')]).toEqual([
      '2022-03-27T01:59:59+01:00',
      '2022-03-27T03:00:00+02:00',
    ]);
  });

  it('writes what a clock on the wall shows, every hour of a year, days on which it is changed among them', () => {
    for (const timeZone of ['Asia/Beirut', 'America/Santiago', 'Africa/Casablanca', 'Australia/Lord_Howe']) {
      const wall = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
      const wrong: string[] = [];
      for (let hour = at('2022-01-01T00:30:00Z'); hour < at('2023-01-01T00:00:00Z'); hour += 3_600_000) {
        const written = formatInZone(hour, timeZone);
        if (written.slice(0, 19) !== wall.format(hour).replace(' ', 'T')) wrong.push(written);
      }
      expect(wrong).toEqual([]);
    }
  });

  it('is read back as the instant it was, in every zone', () => {
    const zone = fc.constantFrom('Asia/Beirut', 'America/Mexico_City', 'Asia/Kathmandu', 'UTC', 'Australia/Lord_Howe');
    const second = fc.integer({ min: at('1900-01-01T00:00:00Z') / 1_000, max: at('2100-01-01T00:00:00Z') / 1_000 });
    fc.assert(
      fc.property(second, zone, (seconds, timeZone) => {
        expect(parseInstant(formatInZone(seconds * 1_000, timeZone))).toBe(seconds * 1_000);
      }),
    );
  });
});

describe('parseInstant', () => {
  it.each([
    ['2026-11-23T10:31:00+03:00', '2026-11-23T07:31:00Z'],
    ['2026-11-23T07:31:00Z', '2026-11-23T07:31:00Z'],
    ['2026-11-23t07:31:00z', '2026-11-23T07:31:00Z'],
    ['2026-11-23T07:31:00-00:00', '2026-11-23T07:31:00Z'],
    ['2026-11-23T23:31:00-05:30', '2026-11-24T05:01:00Z'],
    ['2024-02-29T23:30:00-02:00', '2024-03-01T01:30:00Z'],
    ['2026-03-01T00:30:00+03:00', '2026-02-28T21:30:00Z'],
    ['0001-01-01T00:00:00Z', '0001-01-01T00:00:00Z'],
    ['9999-12-31T23:59:59Z', '9999-12-31T23:59:59Z'],
  ])('reads %s', (text, instant) => {
    expect(parseInstant(text)).toBe(at(instant));
  });

  it.each([
    ['2026-11-23T07:31:00.9Z', '2026-11-23T07:31:00Z'],
    ['2026-11-23T07:31:00.000000001+00:00', '2026-11-23T07:31:00Z'],
    ['1969-12-31T23:59:58.5Z', '1969-12-31T23:59:58Z'],
  ])('drops fractions of a second: %s', (text, instant) => {
    expect(parseInstant(text)).toBe(at(instant));
  });

  it.each([
    ['2022-02-30T10:00:00Z', '30 February'],
    ['2023-02-29T10:00:00Z', '29 February of a common year'],
    ['1900-02-29T10:00:00Z', '29 February of 1900'],
    ['2022-04-31T00:30:00+03:00', '31 April, a day before in UTC'],
    ['2022-04-31T23:30:00-03:00', '31 April, a day after in UTC'],
    ['2022-13-01T10:00:00Z', 'a thirteenth month'],
    ['2022-00-01T10:00:00Z', 'a month nought'],
    ['2022-01-00T10:00:00Z', 'a day nought'],
    ['2022-01-01T24:00:00Z', 'hour 24'],
    ['2022-01-01T23:60:00Z', 'minute 60'],
    ['2016-12-31T23:59:60Z', 'a leap second: no machine’s clock has it'],
    ['2022-01-01T10:00:00', 'no offset'],
    ['2022-01-01T10:00:00+0300', 'an offset without a colon'],
    ['2022-01-01T10:00:00+25:00', 'an offset of more than a day'],
    ['2022-01-01T10:00:00+10:75', 'an offset of 75 minutes'],
    ['2022-01-01 10:00:00Z', 'a blank for the T'],
    ['2022-01-01T10:00Z', 'no seconds'],
    ['2022-01-01', 'a date alone'],
    ['1641031200000', 'a number'],
    ['+002022-01-01T10:00:00Z', 'six digits of year'],
    ['2022-01-01T10:00:00.Z', 'a point without a fraction'],
    [' 2022-01-01T10:00:00Z', 'a blank before it'],
    ['2022-01-01T10:00:00Z\n', 'a line break after it'],
    ['٢٠٢٢-٠١-٠١T10:00:00Z', 'other digits'],
    ['', 'nothing'],
  ])('refuses %j: %s', (text) => {
    expect(parseInstant(text)).toBe(null);
  });
});
