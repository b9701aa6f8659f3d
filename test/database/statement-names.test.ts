import { describe, expect, it } from 'vitest';
import { createStatementNames, isNameLost } from '../../src/database/statement-names.ts';
import { uniteStatements } from '../../src/database/unite-statements.ts';

describe('createStatementNames', () => {
  it('gives each text a name of its own, and always the same', () => {
    const names = createStatementNames();
    const [first, second] = [names.of('SELECT $1'), names.of('SELECT $1, 2')];
    expect(new Set([first, second, undefined]).size).toBe(3);
    expect([names.of('SELECT $1'), names.of('SELECT $1, 2')]).toEqual([first, second]);
  });

  it('gives a text the same name in every process, however many came before it', () => {
    const [one, other] = [createStatementNames(), createStatementNames()];
    other.of('SELECT 0');
    expect(other.of('SELECT $1')).toBe(one.of('SELECT $1'));
    // PostgreSQL cuts off what is longer.
    expect(one.of('SELECT $1')?.length).toBeLessThanOrEqual(63);
  });

  it('names a hundred or two, for each connection keeps them all, and goes on with those', () => {
    const names = createStatementNames();
    const first = names.of('SELECT 0');
    const given = Array.from({ length: 10_000 }, (_, number) => names.of(`SELECT ${number}`));
    expect(given.filter((name) => name !== undefined).length).toBeLessThanOrEqual(200);
    expect(names.of('SELECT 0')).toBe(first);
  });

  it('leaves a long statement put together out of several without one, and no other', () => {
    const names = createStatementNames();
    const long = `SELECT ${'1, '.repeat(2_000)}1`;
    expect(names.of(uniteStatements([long, long]))).toBeUndefined();
    expect(names.of(uniteStatements(['SELECT 1', 'SELECT 2']))).toBeDefined();
    expect(names.of(long + long)).toBeDefined();
  });

  it('gives none any more once a statement was not there or another was, and for no other failure', () => {
    for (const [sqlState, isLost] of [
      ['26000', true],
      ['42P05', true],
      ['0A000', false],
      ['23505', false],
      [undefined, false],
    ] as const) {
      const names = createStatementNames();
      names.heed(sqlState);
      expect(names.of('SELECT 1') === undefined).toBe(isLost);
    }
  });
});

describe('isNameLost', () => {
  it.each([
    ['26000', true],
    ['42P05', true],
    ['0A000', true],
    ['42601', false],
    [undefined, false],
  ] as const)('%s: %s', (sqlState, isLost) => {
    expect(isNameLost(sqlState)).toBe(isLost);
  });
});
