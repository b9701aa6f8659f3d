import { Hono, type Context } from 'hono';
import { csrf } from 'hono/csrf';
import { createAddresses, stepOf } from './addresses.ts';
import { loadIcon, loadStyles, type Asset } from './assets.ts';
import { createEditionMemory } from './edition-memory.ts';
import { createPageFinder } from './find-pages.ts';
import { createGatewayClient, GatewayAway } from './gateway-client.ts';
import { guardHeaders } from './guards.ts';
import type { DeskFragment } from './operations.generated.ts';
import type { Outcome } from './outcome.ts';
import { pickEdition } from './pick-edition.ts';
import { SHARE_PLACES } from './share-places.ts';
import { page } from './templates/page.ts';
import { awayPage } from './templates/plain-pages.ts';
import { wordingOf } from './wording/wording.ts';

export interface ReaderOptions {
  /** Where the gateway is asked, without a trailing slash. */
  readonly gatewayUrl: string;
  /** Where readers find this site, without a trailing slash. */
  readonly readerUrl: string;
  /** Milliseconds since 1970; default: this machine's clock. */
  readonly now?: () => number;
  /** Is told in a line what went wrong behind a page; default: nobody is. */
  readonly log?: (line: string) => void;
}

/** A news site drawn from a gateway. */
export interface Reader {
  readonly fetch: (request: Request) => Response | Promise<Response>;
  /** Resolves when every view that pages have begun to count is counted. */
  counted(): Promise<void>;
}

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

const reasonOf = ({ cause, message }: Error): string =>
  cause instanceof Error ? `${message} (${cause.message})` : message;

/** Whether somebody looks at the page: nobody does at one that is fetched in advance. */
const isSeen = ({ req }: Context): boolean => req.method === 'GET' && !/prefetch/.test(req.header('sec-purpose') ?? '');

export const createReader = ({
  gatewayUrl,
  readerUrl,
  now = Date.now,
  log = () => undefined,
}: ReaderOptions): Reader => {
  const client = createGatewayClient(gatewayUrl);
  const memory = createEditionMemory(client, now);
  const pages = createPageFinder({ client, readerUrl, now });
  const [styles, icon] = [loadStyles(), loadIcon()];
  const counting = new Set<Promise<void>>();

  /** Counts beside the page, which does not wait and does not fail with it. */
  const countView = (articleId: string): void => {
    const counted: Promise<void> = client
      .ask('RecordEngagement', { input: { articleId, kind: 'VIEW' } })
      .then(
        () => undefined,
        (error: unknown) => log(`a view was not counted: ${String(error)}`),
      )
      .finally(() => counting.delete(counted));
    counting.add(counted);
  };

  const sendAway = (context: Context, status: 502 | 503 | 504): Response | Promise<Response> => {
    const step = new URL(context.req.url).pathname.split('/')[1] ?? '';
    const known = memory.remembered().find((edition) => stepOf(edition) === step);
    // Before the first answer nobody has said which languages there are: the step is the best guess.
    const wording = wordingOf(known?.language ?? (/^[a-z]{2}$/.test(step) ? step : 'en'));
    context.header('retry-after', '30');
    return context.html(awayPage(wording, known === undefined ? '/' : `/${step}`, styles.href), status);
  };

  const send = (context: Context, outcome: Outcome): Response | Promise<Response> => {
    if (outcome.kind === 'moved') return context.redirect(outcome.to, 301);
    if (outcome.kind === 'away') return sendAway(context, outcome.status);
    const { site, face, main, status, articleId } = outcome;
    if (articleId !== undefined && isSeen(context)) countView(articleId);
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
  app.use(csrf({ origin: (origin, { req }) => origin === readerUrl || origin === new URL(req.url).origin }));

  app.get('/styles.css', (context) => sendAsset(context, styles));
  app.get('/favicon.svg', (context) => sendAsset(context, icon));
  app.get('/', async (context) => {
    const edition = pickEdition(await memory.editions(), context.req.header('accept-language') ?? '');
    context.header('vary', 'Accept-Language');
    return context.redirect(edition === undefined ? '/en' : `/${stepOf(edition)}`, 302);
  });

  app.post('/share', async (context) => {
    const { article: articleId, place: key } = await context.req.parseBody();
    const place = SHARE_PLACES.find((candidate) => candidate.key === key);
    if (place === undefined || typeof articleId !== 'string') return context.text('Bad request', 400);
    const { data } = await client.ask('RecordEngagement', { input: { articleId, kind: 'SHARE' } });
    const article = data.recordEngagement.article;
    if (article === null) return context.text('Not found', 404);
    const { publicOf } = createAddresses(await memory.editions(), readerUrl);
    return context.redirect(place.addressOf(publicOf(article.url), article.headline), 303);
  });

  app.get('*', async (context) => {
    // As it was sent: the gateway compares addresses in whatever form they arrive.
    const { pathname } = new URL(context.req.url);
    const [, step = '', ...rest] = pathname.split('/');
    const editions = await memory.editions();
    const edition = editions.find((candidate) => stepOf(candidate) === step.toLowerCase());
    if (edition === undefined) {
      const nearest = pickEdition(editions, context.req.header('accept-language') ?? '');
      return nearest === undefined ? sendAway(context, 502) : send(context, await pages.missing(nearest));
    }
    return send(context, await visit(edition, rest.join('/'), context));
  });

  const visit = (edition: DeskFragment, path: string, { req }: Context): Promise<Outcome> => {
    const after = req.query('after') ?? null;
    if (path === '') return pages.front(edition);
    if (path === 'search') return pages.search(edition, (req.query('q') ?? '').trim().slice(0, 200), after);
    if (path === 'authors') return pages.authors(edition);
    return pages.at(edition, `/${path}`, after);
  };

  app.onError((error, context) => {
    if ('getResponse' in error) return error.getResponse();
    log(`${context.req.method} ${context.req.path}: ${reasonOf(error)}`);
    return sendAway(context, error instanceof GatewayAway ? awayStatusOf(error) : 502);
  });

  return {
    fetch: (request) => app.fetch(request),
    counted: async () => {
      while (counting.size > 0) await Promise.all(counting);
    },
  };
};
