import type { HttpBindings } from '@hono/node-server';
import { Hono, type Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { csrf } from 'hono/csrf';
import { HTTPException } from 'hono/http-exception';
import { timeout } from 'hono/timeout';
import { stepOf } from './addresses.ts';
import { loadIcon, loadStyles, type Asset } from './assets.ts';
import { createEditionMemory } from './edition-memory.ts';
import { createPageFinder } from './find-pages.ts';
import { createGatewayClient, GatewayAway, isReadersFault } from './gateway-client.ts';
import { guardHeaders } from './guards.ts';
import { keepQuery, oneAddressOf } from './one-address.ts';
import type { DeskFragment } from './operations.generated.ts';
import type { Outcome } from './outcome.ts';
import { pickEdition } from './pick-edition.ts';
import { reasonOf } from './reason-of.ts';
import { share, SHARE_LIMIT_BYTES } from './share-route.ts';
import { page } from './templates/page.ts';
import { apologyPage } from './templates/plain-pages.ts';
import { visitorOf } from './visitor-of.ts';
import { wordingOf } from './wording/wording.ts';

/** What a site is drawn from, and where it stands. */
export interface ReaderOptions {
  /** Where the gateway is asked, without a trailing slash. */
  readonly gatewayUrl: string;
  /** Where readers find this site, without a trailing slash. */
  readonly readerUrl: string;
  /** How long a reader is kept waiting for the gateway in all; default: 8 s. */
  readonly patienceMs?: number;
  /** Milliseconds since 1970; default: this machine's clock. */
  readonly now?: () => number;
  /** Is told in a line what went wrong behind a page; default: nobody is. */
  readonly log?: (line: string) => void;
}

/** A news site drawn from a gateway. */
export interface Reader {
  readonly fetch: (request: Request, bindings?: HttpBindings) => Response | Promise<Response>;
  /** Resolves when every view that pages have begun to count is counted. */
  counted(): Promise<void>;
}

const PATIENCE_MS = 8_000;
const SEARCH_LIMIT_CHARACTERS = 200;
/** A line of the log is no place for whatever was sent. */
const LOGGED_LIMIT_CHARACTERS = 200;
const A_YEAR_SECONDS = 365 * 24 * 60 * 60;

/** Statuses of a page that cannot be made, by what the gateway said. */
const awayStatusOf = ({ codes }: GatewayAway): 502 | 503 | 504 => {
  if (codes.includes('STORE_TIMEOUT')) return 504;
  return codes.length === 0 ? 503 : 502;
};

const sendAsset = (context: Context, { body, type }: Asset): Response =>
  context.body(body, 200, {
    'content-type': type,
    'cache-control': `public, max-age=${A_YEAR_SECONDS}, immutable`,
    'x-content-type-options': 'nosniff',
  });

/** The first characters of `text`: whole ones, whatever they are written with. */
const beginningOf = (text: string, limit: number): string => [...text].slice(0, limit).join('');

/** Whether somebody looks at the page: nobody does at one that is fetched in advance. */
const isSeen = ({ req }: Context): boolean => req.method === 'GET' && !/prefetch/.test(req.header('sec-purpose') ?? '');

/** A news site for every edition of the gateway at `gatewayUrl`. It asks nothing before it is asked. */
export const createReader = ({
  gatewayUrl,
  readerUrl,
  patienceMs = PATIENCE_MS,
  now = Date.now,
  log = () => undefined,
}: ReaderOptions): Reader => {
  const client = createGatewayClient(gatewayUrl, patienceMs);
  const memory = createEditionMemory(client, now);
  const pages = createPageFinder({ client, readerUrl, now });
  const [styles, icon] = [loadStyles(), loadIcon()];
  const counting = new Set<Promise<void>>();

  /** Counts beside the page, which does not wait and does not fail with it. */
  const countView = (articleId: string, visitor: string): void => {
    const counted: Promise<void> = client
      .ask('RecordEngagement', { input: { articleId, kind: 'VIEW' } }, visitor)
      .then(
        () => undefined,
        (error: unknown) => log(`a view was not counted: ${reasonOf(error)}`),
      )
      .finally(() => counting.delete(counted));
    counting.add(counted);
  };

  /** The edition that an address of this site lies in, as far as it is known. */
  const deskAt = (pathname: string): DeskFragment | undefined =>
    memory.remembered().find((edition) => stepOf(edition) === pathname.split('/')[1]?.toLowerCase());

  const sendApology = (context: Context, status: 400 | 403 | 404 | 405 | 413 | 502 | 503 | 504) => {
    const { pathname } = new URL(context.req.url);
    // A form says where it stood: the address it leads to is one for all editions.
    const known = deskAt(pathname) ?? deskAt(URL.parse(context.req.header('referer') ?? '')?.pathname ?? '');
    // Before the first answer nobody has said which languages there are: the step is the best guess.
    const [, guess = 'en'] = /^\/([a-z]{2})(?:\/|$)/.exec(pathname) ?? [];
    const wording = wordingOf(known?.language ?? guess);
    if (status >= 500) context.header('retry-after', '30');
    const home = known === undefined ? '/' : `/${stepOf(known)}`;
    return context.html(apologyPage(wording, status, home, styles.href), status);
  };

  const send = (context: Context, outcome: Outcome): Response | Promise<Response> => {
    if (outcome.kind === 'moved') return context.redirect(keepQuery(outcome.to, new URL(context.req.url)), 301);
    if (outcome.kind === 'away') return sendApology(context, outcome.status);
    const { site, face, main, status, articleId } = outcome;
    if (articleId !== undefined && isSeen(context)) countView(articleId, visitorOf(context));
    context.header('content-language', site.edition.language);
    return context.html(page(site, face, main, styles.href), status);
  };

  const app = new Hono();
  app.use(async (context, next) => {
    for (const [name, value] of Object.entries(guardHeaders(gatewayUrl, memory.remembered())))
      context.header(name, value);
    // A page is as new as the gateway's answer, which has a cache of its own.
    context.header('cache-control', 'no-cache');
    await next();
  });
  app.use(timeout(patienceMs, () => new HTTPException(503, { message: 'The gateway gave no answer in time' })));

  app.get('/styles.css', (context) => sendAsset(context, styles));
  app.get('/favicon.svg', (context) => sendAsset(context, icon));
  app.get('/', async (context) => {
    const edition = pickEdition(await memory.editions(), context.req.header('accept-language') ?? '');
    context.header('vary', 'Accept-Language');
    return context.redirect(edition === undefined ? '/en' : `/${stepOf(edition)}`, 302);
  });

  app.post(
    '/share',
    csrf({ origin: (origin) => origin === new URL(readerUrl).origin }),
    bodyLimit({ maxSize: SHARE_LIMIT_BYTES, onError: (context) => sendApology(context, 413) }),
    async (context) => {
      const shared = await share({ client, memory, readerUrl }, context);
      return 'to' in shared ? context.redirect(shared.to, 303) : sendApology(context, shared.refused);
    },
  );
  app.all('/share', (context) => {
    context.header('allow', 'POST');
    return sendApology(context, 405);
  });

  app.get('*', async (context) => {
    // As it was sent: the gateway compares addresses in whatever form they arrive.
    const url = new URL(context.req.url);
    const [, step = '', ...rest] = url.pathname.split('/');
    const editions = await memory.editions();
    const edition = editions.find((candidate) => stepOf(candidate) === step.toLowerCase());
    const nearest = edition ?? pickEdition(editions, context.req.header('accept-language') ?? '');
    if (nearest === undefined) return sendApology(context, 502);
    if (edition === undefined) return send(context, await pages.missing(nearest));
    const to = oneAddressOf(edition, url);
    if (to !== null) return context.redirect(to, 301);
    try {
      return send(context, await visit(edition, rest.join('/'), context));
    } catch (error) {
      // Refused whole, e.g. an address longer than any: nothing can stand there.
      if (error instanceof GatewayAway && isReadersFault(error.codes))
        return send(context, await pages.missing(edition));
      throw error;
    }
  });
  app.all('*', (context) => {
    context.header('allow', 'GET, HEAD');
    return sendApology(context, 405);
  });

  const visit = (edition: DeskFragment, path: string, { req }: Context): Promise<Outcome> => {
    const after = req.query('after') || null;
    if (path === '') return pages.front(edition);
    if (path === 'search')
      return pages.search(edition, beginningOf((req.query('q') ?? '').trim(), SEARCH_LIMIT_CHARACTERS), after);
    if (path === 'authors') return pages.authors(edition);
    return pages.at(edition, `/${path}`, after);
  };

  /** Requests whose failure was told: what one that was given up still waited for fails after it. */
  const told = new WeakSet<Context>();
  app.onError((error, context) => {
    // A form of another site's.
    if (error instanceof HTTPException && error.status === 403) return sendApology(context, 403);
    if (!told.has(context))
      log(`${context.req.method} ${beginningOf(context.req.path, LOGGED_LIMIT_CHARACTERS)}: ${reasonOf(error)}`);
    told.add(context);
    if (error instanceof HTTPException) return sendApology(context, 503);
    return sendApology(context, error instanceof GatewayAway ? awayStatusOf(error) : 502);
  });

  return {
    fetch: (request, bindings) => app.fetch(request, bindings),
    counted: async () => {
      while (counting.size > 0) await Promise.all(counting);
    },
  };
};
