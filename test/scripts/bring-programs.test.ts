import { describe, expect, it } from 'vitest';
import { bringPrograms, type Machine, REQUIREMENTS, type Requirement } from '../../scripts/bring-programs.ts';

/** A machine without Redis and a browser; `apt` says what happens when something is installed on it. */
const setUp = (machine: Partial<Machine>, apt: 'works' | 'fails' = 'works') => {
  const there = new Set(['postgresql']);
  const asked: (readonly string[])[] = [];
  const said: string[] = [];
  const need = (name: string, debianPackage: string): Requirement => ({
    name,
    debianPackage,
    isMet: () => there.has(debianPackage),
  });
  const requirements = [need('PostgreSQL', 'postgresql'), need('Redis', 'redis-server'), need('Chromium', 'chromium')];
  const install: Machine['install'] = (packages) => {
    asked.push(packages);
    if (apt === 'fails') return 'E: Unable to locate package chromium\n';
    for (const name of packages) there.add(name);
    return undefined;
  };
  const bring = (): string | undefined =>
    bringPrograms(requirements, {
      system: 'debian',
      isRoot: true,
      install,
      say: (line) => said.push(line),
      ...machine,
    });
  return { bring, asked, said };
};

describe('bringPrograms', () => {
  it('installs what is missing, and only that, as root on Debian', () => {
    const { bring, asked, said } = setUp({});
    expect(bring()).toBeUndefined();
    expect(asked).toEqual([['redis-server', 'chromium']]);
    expect(said).toEqual(['Installing for the tests: redis-server chromium']);
  });

  it('touches nothing when everything is there', () => {
    const { bring, asked } = setUp({});
    bring();
    expect(bring()).toBeUndefined();
    expect(asked).toHaveLength(1);
  });

  it('says in one line what to install where it may not', () => {
    const { bring, asked } = setUp({ isRoot: false });
    expect(bring()).toBe(
      'The tests need Redis, Chromium: sudo apt-get install -y --no-install-recommends redis-server chromium',
    );
    expect(asked).toEqual([]);
  });

  it('says in one line what to install where there is no apt', () => {
    const { bring, asked } = setUp({ system: 'other' });
    expect(bring()).toBe(
      'The tests need Redis, Chromium: install what Debian calls redis-server chromium, programs on PATH',
    );
    expect(asked).toEqual([]);
  });

  it('shows what apt said when it could not, and ends with what to install', () => {
    const { bring } = setUp({}, 'fails');
    expect(bring()).toBe(
      'E: Unable to locate package chromium\n' +
        'The tests need Redis, Chromium: apt-get install -y --no-install-recommends redis-server chromium',
    );
  });
});

describe('REQUIREMENTS', () => {
  it.each(REQUIREMENTS.map((requirement) => [requirement.name, requirement] as const))(
    'are met while the tests run: %s',
    (_name, { isMet }) => {
      expect(isMet()).toBe(true);
    },
  );
});
