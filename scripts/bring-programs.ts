import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import {
  findChromium,
  findMariaDb,
  findPhp,
  findPostgresFolder,
  findProgram,
  findRedis,
  findVarnish,
  findWordPressStarter,
  hasArabicFont,
  hasPhpModule,
  hasVarnishKeys,
  hasWordPress,
  hasWordPressTranslations,
} from './find-programs.ts';

/** Something the tests need beside Node, and the Debian package it comes in. */
export interface Requirement {
  readonly name: string;
  readonly debianPackage: string;
  readonly isMet: () => boolean;
}

/** Needed where there is something to start sites with. */
const ofWordPress = (name: string, debianPackage: string, isThere: () => boolean): Requirement => ({
  name,
  debianPackage,
  isMet: () => findWordPressStarter() === undefined || isThere(),
});

/** What the tests need beside Node: real servers, a browser, letters for its screenshots, and what guides ask with. */
export const REQUIREMENTS: readonly Requirement[] = [
  { name: 'PostgreSQL', debianPackage: 'postgresql', isMet: () => findPostgresFolder() !== undefined },
  { name: 'Redis', debianPackage: 'redis-server', isMet: () => findRedis() !== undefined },
  { name: 'Varnish', debianPackage: 'varnish', isMet: () => findVarnish() !== undefined },
  { name: 'its module xkey', debianPackage: 'varnish-modules', isMet: hasVarnishKeys },
  { name: 'Chromium', debianPackage: 'chromium', isMet: () => findChromium() !== undefined },
  { name: 'curl', debianPackage: 'curl', isMet: () => findProgram(['curl']) !== undefined },
  { name: 'a font with Arabic letters', debianPackage: 'fonts-noto-core', isMet: hasArabicFont },
  ofWordPress('WordPress', 'wordpress', hasWordPress),
  ofWordPress('its translations', 'wordpress-l10n', hasWordPressTranslations),
  ofWordPress('MariaDB', 'mariadb-server', () => findMariaDb() !== undefined),
  ofWordPress('PHP', 'php-cli', () => findPhp() !== undefined),
  ...[
    ['mysql', 'mysqli'],
    ['mbstring', 'mbstring'],
    ['xml', 'simplexml'],
    ['curl', 'curl'],
    ['gd', 'gd'],
    ['intl', 'intl'],
  ].map(([debianName = '', name = '']) =>
    ofWordPress(`its module ${name}`, `php-${debianName}`, () => hasPhpModule(name)),
  ),
];

/** The machine the tests are to run on, as far as installing goes. */
export interface Machine {
  readonly system: 'debian' | 'other';
  readonly isRoot: boolean;
  readonly say: (line: string) => void;
  /** Installs packages and gives what went wrong, `undefined` when nothing did. */
  readonly install: (packages: readonly string[]) => string | undefined;
}

const installWithApt = (packages: readonly string[]): string | undefined => {
  const installer = fileURLToPath(new URL('install-programs.sh', import.meta.url));
  const { status, stdout, stderr, error } = spawnSync(installer, packages, {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return status === 0 ? undefined : `${stdout ?? ''}${stderr ?? ''}${error?.message ?? ''}`;
};

const thisMachine: Machine = {
  system: existsSync('/etc/debian_version') && findProgram(['apt-get']) !== undefined ? 'debian' : 'other',
  isRoot: process.getuid?.() === 0,
  say: console.log,
  install: installWithApt,
};

const renderAdvice = (missing: readonly Requirement[], { system, isRoot }: Machine): string => {
  const names = missing.map(({ name }) => name).join(', ');
  const packages = missing.map(({ debianPackage }) => debianPackage).join(' ');
  if (system === 'other') return `The tests need ${names}: install what Debian calls ${packages}, programs on PATH`;
  const sudo = isRoot ? '' : 'sudo ';
  return `The tests need ${names}: ${sudo}apt-get install -y --no-install-recommends ${packages}`;
};

/**
 * Installs what is missing where that is allowed: as root, on Debian. Quiet unless it fails.
 *
 * @returns why the tests cannot run, ready to print and its last line the advice; `undefined` when all is there.
 */
export const bringPrograms = (
  requirements: readonly Requirement[] = REQUIREMENTS,
  machine: Machine = thisMachine,
): string | undefined => {
  const findMissing = (): readonly Requirement[] => requirements.filter(({ isMet }) => !isMet());
  const missing = findMissing();
  if (missing.length === 0) return undefined;
  if (machine.system === 'other' || !machine.isRoot) return renderAdvice(missing, machine);

  const packages = missing.map(({ debianPackage }) => debianPackage);
  machine.say(`Installing for the tests: ${packages.join(' ')}`);
  const failure = machine.install(packages);
  const left = findMissing();
  if (left.length === 0) return undefined;
  return [...(failure === undefined ? [] : [failure.trimEnd()]), renderAdvice(left, machine)].join('\n');
};
