import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, readdirSync, realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';

const DEBIAN_POSTGRES = '/usr/lib/postgresql';

const FONT_FOLDERS = [
  '/usr/share/fonts',
  '/usr/local/share/fonts',
  join(homedir(), '.local/share/fonts'),
  '/System/Library/Fonts',
  '/Library/Fonts',
];

const isExecutable = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

const namesIn = (folder: string, options: { readonly recursive: boolean }): string[] => {
  try {
    return readdirSync(folder, { ...options, encoding: 'utf8' });
  } catch {
    return [];
  }
};

/** The path of the first of `names` that PATH offers, `undefined` when it offers none. */
export const findProgram = (names: readonly string[]): string | undefined => {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable);
};

/**
 * The folder that holds PostgreSQL's `initdb` and `postgres`, `undefined` when there is none.
 * Debian keeps the server's programs off PATH, one folder per version; the newest is taken.
 */
export const findPostgresFolder = (): string | undefined => {
  const onPath = findProgram(['initdb']);
  const versions = namesIn(DEBIAN_POSTGRES, { recursive: false }).toSorted((a, b) => Number(b) - Number(a));
  return [
    ...(onPath === undefined ? [] : [dirname(realpathSync(onPath))]),
    ...versions.map((version) => join(DEBIAN_POSTGRES, version, 'bin')),
  ].find((folder) => isExecutable(join(folder, 'initdb')) && isExecutable(join(folder, 'postgres')));
};

/** The path of `redis-server`, `undefined` when there is none. */
export const findRedis = (): string | undefined => findProgram(['redis-server']);

/** The path of `varnishd`, `undefined` when there is none. Debian keeps it where only root looks. */
export const findVarnish = (): string | undefined =>
  findProgram(['varnishd']) ?? ['/usr/sbin/varnishd', '/usr/local/sbin/varnishd'].find(isExecutable);

/** Whether Varnish can purge by key: its module `xkey` is installed. */
export const hasVarnishKeys = (): boolean =>
  ['/usr/lib', '/usr/local/lib']
    .flatMap((folder) => [folder, ...namesIn(folder, { recursive: false }).map((name) => join(folder, name))])
    .some((folder) => namesIn(join(folder, 'varnish/vmods'), { recursive: false }).includes('libvmod_xkey.so'));

/** The path of a Chromium or Chrome, `undefined` when there is none. */
export const findChromium = (): string | undefined =>
  findProgram(['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome']);

/** Whether a font with Arabic letters is installed; without one, screenshots show boxes. */
export const hasArabicFont = (): boolean =>
  FONT_FOLDERS.some((folder) =>
    namesIn(folder, { recursive: true }).some((name) => /naskh|kufi|sansarabic|geeza|amiri|kacst/i.test(name)),
  );

/** What starts real WordPress sites for the tests, `undefined` where the folder ../shared is not beside the project. */
export const findWordPressStarter = (): string | undefined =>
  [resolve(import.meta.dirname, '../../shared/wordpress/up.sh')].find(isExecutable);

/** Whether WordPress itself is where Debian puts it. */
export const hasWordPress = (): boolean => existsSync('/usr/share/wordpress/wp-load.php');

/** Whether WordPress's translations are where Debian puts them. */
export const hasWordPressTranslations = (): boolean =>
  namesIn('/var/lib/wordpress/wp-content/languages', { recursive: false }).includes('ar.mo');

/** The path of `php`, `undefined` when there is none. */
export const findPhp = (): string | undefined => findProgram(['php']);

/** Whether `php` has a module, by the name it calls it. */
export const hasPhpModule = (name: string): boolean => {
  const php = findPhp();
  if (php === undefined) return false;
  const { stdout } = spawnSync(php, ['-m'], { encoding: 'utf8' });
  return stdout.split('\n').some((line) => line.trim().toLowerCase() === name);
};

/** The path of `mariadbd`, `undefined` when there is none. Debian keeps it where only root looks. */
export const findMariaDb = (): string | undefined =>
  findProgram(['mariadbd']) ?? ['/usr/sbin/mariadbd', '/usr/local/sbin/mariadbd'].find(isExecutable);
