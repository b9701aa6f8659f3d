import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { findChromium, findPostgresFolder, findProgram, findRedis, hasArabicFont } from './find-programs.ts';

/** Something the tests need beside Node, and the Debian package it comes in. */
export interface Requirement {
  readonly name: string;
  readonly debianPackage: string;
  readonly isMet: () => boolean;
}

/** What the tests need beside Node: real servers, a browser, and letters for its screenshots. */
export const REQUIREMENTS: readonly Requirement[] = [
  { name: 'PostgreSQL', debianPackage: 'postgresql', isMet: () => findPostgresFolder() !== undefined },
  { name: 'Redis', debianPackage: 'redis-server', isMet: () => findRedis() !== undefined },
  { name: 'Chromium', debianPackage: 'chromium', isMet: () => findChromium() !== undefined },
  { name: 'a font with Arabic letters', debianPackage: 'fonts-noto-core', isMet: hasArabicFont },
];

const isDebian = (): boolean => existsSync('/etc/debian_version') && findProgram(['apt-get']) !== undefined;

/** The one line that tells a person what to install and how; `debian` when apt is there. */
export const renderAdvice = (missing: readonly Requirement[], system: 'debian' | 'other'): string => {
  const names = missing.map(({ name }) => name).join(', ');
  const packages = missing.map(({ debianPackage }) => debianPackage).join(' ');
  return system === 'debian'
    ? `The tests need ${names}: sudo apt-get update && sudo apt-get install -y --no-install-recommends ${packages}`
    : `The tests need ${names}: install what Debian calls ${packages}, with the programs on PATH`;
};

/**
 * Installs what is missing where that is allowed: as root, on Debian. Quiet unless it fails.
 *
 * @returns why the tests cannot run, ready to print, or `undefined` when everything is there.
 */
export const bringPrograms = (requirements: readonly Requirement[] = REQUIREMENTS): string | undefined => {
  const missing = requirements.filter(({ isMet }) => !isMet());
  if (missing.length === 0) return undefined;
  if (!isDebian()) return renderAdvice(missing, 'other');
  if (process.getuid?.() !== 0) return renderAdvice(missing, 'debian');

  const packages = missing.map(({ debianPackage }) => debianPackage);
  console.log(`Installing for the tests: ${packages.join(' ')}`);
  const installer = fileURLToPath(new URL('install-programs.sh', import.meta.url));
  const { status, stdout, stderr, error } = spawnSync(installer, packages, {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const left = missing.filter(({ isMet }) => !isMet());
  if (status === 0 && left.length === 0) return undefined;
  return `${stdout ?? ''}${stderr ?? ''}${error?.message ?? ''}\n${renderAdvice(left.length === 0 ? missing : left, 'debian')}`;
};
