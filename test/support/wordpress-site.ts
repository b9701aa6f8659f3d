import { inject } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { createHttpClient } from '../../src/outbound/http-client.ts';
import type { ContentSource } from '../../src/stores/content-source.ts';
import { createWordPressSource, type WordPressSourceOptions } from '../../src/stores/wordpress/wordpress-source.ts';
import { findShared, PROJECT_ROOT } from './shared.ts';
import { runPhp, type WordPressAccess } from './wordpress.ts';

/** Whether there is nothing to start real sites with: the folder ../shared is not beside the project. */
export const isWithoutSites = findShared(PROJECT_ROOT) === null;

/** What WordPress answered; a status that is no success is thrown. */
type Answered = Readonly<Record<string, unknown>> & { readonly id: number };

/** A real site, as an editor and as the gateway see it. */
export interface WordPressSite extends WordPressAccess {
  /** As an administrator, over REST: `call('POST', 'posts', { … })`. */
  call(method: string, route: string, body?: Readonly<Record<string, unknown>>): Promise<Answered>;
  /** Puts a file into the library. */
  upload(name: string, mimeType: string, bytes: Uint8Array): Promise<Answered>;
  /** What the plugin says of itself. */
  status(): Promise<Readonly<Record<string, unknown>>>;
  /** Runs PHP within the site and gives what it printed. */
  php(code: string): Promise<string>;
  /** The gateway's own view of it. */
  source(options?: Partial<WordPressSourceOptions>): ContentSource;
}

const openSite = (access: WordPressAccess): WordPressSite => {
  const root = `${access.home}/wp-json`;
  const pair = Buffer.from(`${access.user}:${access.applicationPassword}`).toString('base64');
  const ask = async (method: string, route: string, headers: Record<string, string>, body?: string | Uint8Array) => {
    const response = await fetch(`${root}/${route}`, {
      method,
      headers: { authorization: `Basic ${pair}`, ...headers },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : new Uint8Array(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${route}: ${response.status} ${text.slice(0, 500)}`);
    return JSON.parse(text) as Answered;
  };
  return {
    ...access,
    call: (method, route, body) =>
      ask(
        method,
        `wp/v2/${route}`,
        { 'content-type': 'application/json' },
        body === undefined ? undefined : JSON.stringify(body),
      ),
    upload: (name, mimeType, bytes) =>
      ask(
        'POST',
        'wp/v2/media',
        { 'content-type': mimeType, 'content-disposition': `attachment; filename="${name}"` },
        bytes,
      ),
    status: () => ask('GET', 'masthead/v1/status', {}),
    php: (code) => runPhp(access, code),
    source: (options) =>
      createWordPressSource({
        name: `wordpress-${access.edition}`,
        url: root,
        credentials: { user: access.user, applicationPassword: access.applicationPassword },
        http: createHttpClient(),
        clock: systemClock,
        // The sites of the tests share two cores with everything else.
        deadlineMs: 30_000,
        ...options,
      }),
  };
};

/**
 * A real site: the first who asks waits until the run's sites are up. Each is for one test file: `en` and `es` for the
 * contract with and without the plugin, `ar` for the plugin itself, `desk` for the source, `journey` for the whole gateway,
 * `kinds` for a gateway over stores of every kind.
 */
export const realSite = async (edition: 'en' | 'ar' | 'es' | 'desk' | 'journey' | 'kinds'): Promise<WordPressSite> => {
  const response = await fetch(inject('wordpressUrl'));
  if (!response.ok) throw new Error(await response.text());
  const access = ((await response.json()) as readonly WordPressAccess[]).find((site) => site.edition === edition);
  if (access === undefined) throw new Error(`There is no site of ${edition}`);
  return openSite(access);
};
