import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { environmentSchema, NOT_READ_YET } from '../src/config/schema.ts';
import { FAULTS } from '../src/errors.ts';
import { PROJECT_ROOT } from './support/shared.ts';

const readme = readFileSync(join(PROJECT_ROOT, 'README.md'), 'utf8');

/** Rows of the table whose header names `column` first: their first cell and the others. */
const tableOf = (column: string): ReadonlyMap<string, readonly string[]> => {
  const lines = readme.split('\n');
  const start = lines.findIndex((line) => line.startsWith(`| ${column} |`));
  const rows = lines.slice(start + 2);
  const end = rows.findIndex((line) => !line.startsWith('|'));
  return new Map(
    rows.slice(0, end).map((line) => {
      const [first = '', ...others] = line
        .slice(1, -1)
        .split('|')
        .map((cell) => cell.trim());
      return [first.replaceAll('`', ''), others];
    }),
  );
};

describe('the README', () => {
  it('lists every code with its status, and no other', () => {
    const listed = [...tableOf('code')].map(([code, [status]]) => [code, Number(status)]);
    expect(Object.fromEntries(listed)).toEqual(
      Object.fromEntries(Object.entries(FAULTS).map(([code, { status }]) => [code, status])),
    );
  });

  it('lists every variable of the environment, and no other', () => {
    expect([...tableOf('variable').keys()].toSorted()).toEqual(Object.keys(environmentSchema.shape).toSorted());
  });

  it('gives the defaults the schema gives', () => {
    const defaults = environmentSchema.parse({}) as object as Readonly<Record<string, string | number | undefined>>;
    const given = [...tableOf('variable')].map(([name, [cell = '']]) => [name, cell] as const);
    const numbers = given.filter(([name, cell]) => defaults[name] !== undefined || /^`\d+`$/.test(cell));
    expect(numbers).toEqual(numbers.map(([name]) => [name, `\`${defaults[name] ?? 'none'}\``]));
  });

  it('links to nothing that is not there', () => {
    const links = [...readme.matchAll(/\]\(([^)#]+)\)/g)].map(([, target = '']) => target);
    const local = links.filter((target) => !/^https?:/.test(target));
    const missing = local.filter((target) => {
      const folder = join(PROJECT_ROOT, target, '..');
      const name = target.replace(/\/$/, '').split('/').at(-1) ?? '';
      return !readdirSync(folder).includes(name);
    });
    expect(missing).toEqual([]);
  });
});

describe('the changelog', () => {
  it('names every variable that is not read yet', () => {
    const changelog = readFileSync(join(PROJECT_ROOT, 'CHANGELOG.md'), 'utf8');
    expect(NOT_READ_YET.filter((name) => !changelog.includes(`\`${name}\``))).toEqual([]);
  });
});
