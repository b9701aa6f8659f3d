import { describe, expect, it } from 'vitest';
import { parseDate } from '../../../src/ingest/foreign/parse-date.ts';

const iso = (text: string): string | null => {
  const instant = parseDate(text);
  return instant === null ? null : new Date(instant).toISOString();
};

describe('parseDate', () => {
  it.each([
    ['Tue, 10 Jun 2003 04:00:00 GMT', '2003-06-10T04:00:00.000Z'],
    ['10 Jun 2003 04:00 UT', '2003-06-10T04:00:00.000Z'],
    ['Tue, 10 Jun 03 04:00:00 EST', '2003-06-10T09:00:00.000Z'],
    ['Tue, 1 June 1999 04:00:00 PDT', '1999-06-01T11:00:00.000Z'],
    ['Tue, 10 Nov 98 04:00:00 CEST', '1998-11-10T02:00:00.000Z'],
    ['Tue, 10 Jun 2003 04:00:00 +0300', '2003-06-10T01:00:00.000Z'],
    ['Tue, 10 Jun 2003 04:00:00 +03:30', '2003-06-10T00:30:00.000Z'],
    ['Tue,  10 Jun 2003  04:00:00  GMT+3', '2003-06-10T01:00:00.000Z'],
    ['Tue, 10 Jun 2003 04:00:00 -0000 (somewhere)', '2003-06-10T04:00:00.000Z'],
    ['2003-12-13T18:30:02.25+01:00', '2003-12-13T17:30:02.000Z'],
    ['2003-12-13 18:30:02Z', '2003-12-13T18:30:02.000Z'],
    ['2003-12-13T18:30+0100', '2003-12-13T17:30:00.000Z'],
    ['2003-12-13', '2003-12-13T00:00:00.000Z'],
    ['2003-12', '2003-12-01T00:00:00.000Z'],
    ['2016-12-31T23:59:60Z', '2016-12-31T23:59:59.000Z'],
  ])('reads %s', (text, expected) => {
    expect(iso(text)).toBe(expected);
  });

  it.each([
    '',
    'yesterday',
    '2003-12-13T18:30:02',
    'Tue, 10 Jun 2003 04:00:00',
    'Tue, 10 Jun 2003 04:00:00 IST',
    'Tue, 10 Jun 2003 04:00:00 +2500',
    'Tue, 30 Feb 2003 04:00:00 GMT',
    '2003-02-29',
    '2003-13-01',
    '2003-12-13T24:30:00Z',
    '10 Foo 2003 04:00 GMT',
    '0001-01-01T00:00:00Z',
    '0085-03-01',
    'Tue, 10 Jun 0003 04:00:00 GMT',
    '0999-12-31T23:00:00Z',
    `${' '.repeat(50)}${'9'.repeat(100_000)}`,
  ])('takes %s for no instant', (text) => {
    expect(parseDate(text)).toBeNull();
  });
});
