import * as fc from 'fast-check';
import { types } from 'pg';
import { describe, expect, it } from 'vitest';
import { readInstant } from '../../src/database/read-instant.ts';

const readByDriver: (text: string) => unknown = types.getTypeParser(1184, 'text');

describe('readInstant', () => {
  it.each([
    '2026-11-29 13:04:02.123+00',
    '2026-11-29 13:04:02.1+00',
    '2026-11-29 13:04:02.123456+00',
    '2026-11-29 13:04:02+00',
    '2024-02-29 23:59:59.999+00',
    '1999-12-31 00:00:00+00',
    '2026-11-29 13:04:02.123+01',
    '2026-11-29 13:04:02.12+05:30',
    '0044-03-15 12:00:00+00 BC',
    '0099-01-01 00:00:00+00',
    '9999-12-31 23:59:59.999+00',
    '12026-11-29 13:04:02+00',
    'infinity',
    '-infinity',
  ])('reads %s as the driver does', (text) => {
    expect(readInstant(text)).toEqual(readByDriver(text));
  });

  it('reads every instant of the years 1000 to 9999, to the millisecond', () => {
    const instants = fc.date({ min: new Date('1000-01-01'), max: new Date('9999-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(instants, fc.constantFrom('', '0', '00'), (instant, dropped) => {
        const written = instant.toISOString().replace('T', ' ').replace(`${dropped}Z`, 'Z').replace(/\.?Z$/, '+00');
        expect(readInstant(written)).toEqual(instant);
      }),
    );
  });
});
