import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { pickFreePort } from '../../src/cli/pick-free-port.ts';
import { findWordPressStarter } from '../../scripts/find-programs.ts';
import { PROJECT_ROOT } from './shared.ts';

/** A real WordPress of this run, with an administrator's application password. */
export interface WordPressAccess {
  readonly edition: string;
  /** Without a slash at its end. */
  readonly home: string;
  readonly user: string;
  readonly applicationPassword: string;
  /** Where its program is, for `php`. */
  readonly program: string;
}

export interface WordPressSites {
  /** All with the plugin but `es`, which is as core has it; their clocks are Madrid's. */
  readonly sites: readonly WordPressAccess[];
  stop(): Promise<void>;
}

const PLUGIN = join(PROJECT_ROOT, 'plugins/wordpress/masthead');
/** A site for each test file that writes: none is to count what another one has just published. */
const SITES = ['en', 'ar', 'es', 'desk', 'journey', 'kinds'];
const WITHOUT_PLUGIN: ReadonlySet<string> = new Set(['es']);
/** Away from Greenwich, and summer ends there: WordPress sorts and filters by the time on the wall. */
const TIME_ZONE = 'Europe/Madrid';
/** A starter that is stuck is not waited for; on two busy cores it takes twenty seconds. */
const START_TIMEOUT_MS = 180_000;

/**
 * Runs the sites until its own standard input ends, which happens at `stop` and at the death, however sudden, of the
 * process that holds the other end. Arguments: directory, starter.
 */
const WARDEN = `
directory=$1 starter=$2
exec 3<&0
"$starter" up "$directory/site" </dev/null >"$directory/env" 2>"$directory/log" 3<&-
echo "started $?"
read -r _ <&3
"$starter" down "$directory/site" </dev/null >/dev/null 2>&1 3<&-
rm -rf -- "$directory"`;

const execute = promisify(execFile);

/** Runs PHP within a site, after it has loaded, and gives what it printed. */
export const runPhp = async (
  { edition, home, program }: Omit<WordPressAccess, 'user' | 'applicationPassword'>,
  code: string,
): Promise<string> => {
  const load = `$_SERVER['HTTP_HOST'] = '${new URL(home).host}'; require '${program}/wp-load.php';`;
  // Not waited for in this thread: what the code tells a server of the same test has to be answered.
  const cache = join(program, '../opcache');
  mkdirSync(cache, { recursive: true });
  const settings = ['display_errors=stderr', 'opcache.enable_cli=1', `opcache.file_cache=${cache}`];
  const { stdout } = await execute(
    'php',
    [...settings.flatMap((setting) => ['-d', setting]), '-r', `${load} ${code}`],
    {
      env: { ...process.env, WP_EDITION: edition, WP_URL: home },
    },
  );
  return stdout;
};

/** The ports of the other sites follow the first; a machine that has lent one of them is asked again by whoever runs the tests. */
const pickPorts = async (): Promise<{ readonly db: number; readonly base: number }> => ({
  db: await pickFreePort(),
  base: 20_000 + Math.floor(Math.random() * 10_000),
});

/** Starts real sites on free loopback ports and puts the plugin into them. About fifteen seconds on two cores. */
export const startWordPress = async (): Promise<WordPressSites> => {
  const starter = findWordPressStarter();
  if (starter === undefined) throw new Error('The folder ../shared is not beside the project');
  const directory = mkdtempSync(join(tmpdir(), 'masthead-wordpress-'));
  const { db, base } = await pickPorts();
  const child = spawn('bash', ['-c', WARDEN, 'warden', directory, starter], {
    cwd: directory,
    detached: true,
    stdio: ['pipe', 'pipe', 'ignore'],
    timeout: 0,
    env: {
      ...process.env,
      WP_DB_PORT: String(db),
      WP_BASE_PORT: String(base),
      WP_EDITIONS: SITES.join(' '),
      // One answers an editor, who waits for the gateway, which asks for what was saved.
      WP_WORKERS: '3',
      WP_TZ: TIME_ZONE,
    },
  });
  child.stdin.on('error', () => undefined);
  const ended = once(child, 'exit');
  const stop = async (): Promise<void> => {
    child.stdin.end();
    await ended;
  };
  try {
    const signal = AbortSignal.timeout(START_TIMEOUT_MS);
    const [line] = (await Promise.race([once(child.stdout, 'data', { signal }), ended])) as [unknown];
    const program = join(directory, 'site/www');
    const password = (edition: string): string => join(directory, 'site', `app-password-${edition}`);
    const isUp = String(line).startsWith('started 0') && SITES.every((edition) => existsSync(password(edition)));
    if (!isUp) throw new Error(`WordPress did not start:\n${readFileSync(join(directory, 'log'), 'utf8')}`);
    mkdirSync(join(program, 'wp-content/plugins'), { recursive: true });
    cpSync(PLUGIN, join(program, 'wp-content/plugins/masthead'), { recursive: true });
    const sites = SITES.map((edition, index) => ({
      edition,
      home: `http://127.0.0.1:${base + index}`,
      user: 'editor',
      applicationPassword: readFileSync(password(edition), 'utf8').trim(),
      program,
    }));
    for (const site of sites.filter(({ edition }) => !WITHOUT_PLUGIN.has(edition)))
      await runPhp(
        site,
        `require ABSPATH.'wp-admin/includes/plugin.php'; $e = activate_plugin('masthead/masthead.php'); if (is_wp_error($e)) { fwrite(STDERR, $e->get_error_message()); exit(1); }`,
      );
    return { sites, stop };
  } catch (error) {
    await stop();
    rmSync(directory, { recursive: true, force: true });
    throw error;
  }
};

/** Who starts the sites when the first test asks for them, once a run. */
export interface WordPressBroker {
  /** Answers what the sites are, as JSON, once they run. */
  readonly url: string;
  stop(): Promise<void>;
}

/** A broker of this run: a run without tests of WordPress starts none. */
export const openWordPressBroker = async (): Promise<WordPressBroker> => {
  let starting: Promise<WordPressSites> | undefined;
  const server = createServer((_request, response) => {
    starting ??= startWordPress();
    starting.then(
      ({ sites }) => response.end(JSON.stringify(sites)),
      (error: unknown) => {
        response.statusCode = 500;
        response.end(String(error));
      },
    );
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async stop() {
      server.closeAllConnections();
      server.close();
      await starting?.then(
        ({ stop }) => stop(),
        () => undefined,
      );
    },
  };
};
