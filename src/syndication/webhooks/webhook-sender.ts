import { randomUUID } from 'node:crypto';
import type { Instant } from '../../clock.ts';
import { createDeliveryQueue } from './delivery-queue.ts';
import type { Endpoint } from './endpoint.ts';
import { createEndpointClaims } from './endpoint-claims.ts';
import { serveEndpoint, type ServeOptions } from './serve-endpoint.ts';

/** Tells partners' endpoints of changes for as long as the process runs. Processes share the work. */
export interface WebhookSender {
  start(): void;
  /** Something happened: endpoints are looked at now. */
  notice(): void;
  /** Looks once, and resolves when whatever that began has ended. */
  settle(): Promise<void>;
  /** Ends after the requests that are under way. */
  close(): Promise<void>;
}

export interface WebhookSenderOptions extends Omit<ServeOptions, 'claims' | 'queue' | 'random'> {
  /** False: what this process knows of takedowns may be old, so it sends nothing. */
  readonly isReady: () => boolean;
  /** Told of everything of ours that failed; it is tried again. */
  readonly onFailure: (error: unknown, endpoint?: Endpoint) => void;
  /** After each look. */
  readonly onLook?: () => Promise<void>;
  readonly pollMs?: number;
  readonly random?: () => number;
}

/** Endpoints served at a time: those that answer, and beside them those that last did not. */
const PLACES = { living: 16, failing: 8 } as const;
type Kind = keyof typeof PLACES;

/** How long it is remembered what was delivered. */
export const KEPT_MS = 30 * 86_400_000;
const TRIM_EVERY_MS = 60 * 60_000;

/** A sender, at rest until it is started. */
export const createWebhookSender = ({
  isReady,
  onFailure,
  onLook = async () => undefined,
  pollMs = 1_000,
  random = Math.random,
  ...rest
}: WebhookSenderOptions): WebhookSender => {
  const { database, clock } = rest;
  const claims = createEndpointClaims(database, randomUUID());
  const queue = createDeliveryQueue(database);
  const options: ServeOptions = { ...rest, claims, queue, random };
  const closing = new AbortController();
  const running: Record<Kind, Set<Promise<boolean>>> = { living: new Set(), failing: new Set() };
  const closed = new Set<string>();
  let newsAt: Instant = 0;
  let trimmedAt: Instant = clock.now();

  /** Whether nothing of ours failed. */
  const serve = async (endpoint: Endpoint): Promise<boolean> => {
    try {
      const isOpen = await serveEndpoint(options, endpoint.id, closing.signal);
      closed[isOpen ? 'delete' : 'add'](endpoint.id);
      return true;
    } catch (error) {
      onFailure(error, endpoint);
      return false;
    } finally {
      await claims.release(endpoint.id).catch(onFailure);
    }
  };
  const begin = async (kind: Kind): Promise<number> => {
    const now = clock.now();
    const limit = PLACES[kind] - running[kind].size;
    const claimed = await claims.claim({ now, limit, isFailing: kind === 'failing', newsAt, closed: [...closed] });
    for (const endpoint of claimed) {
      const served = serve(endpoint).finally(() => running[kind].delete(served));
      running[kind].add(served);
      // Somebody may have waited for the place, or more may have come meanwhile. What fails waits for the next look.
      void served.then((isWell) => (isWell ? notice(false) : undefined));
    }
    return claimed.length;
  };
  const trim = async (): Promise<void> => {
    if (clock.now() - trimmedAt < TRIM_EVERY_MS) return;
    trimmedAt = clock.now();
    await queue.trim(trimmedAt - KEPT_MS);
  };
  const lookOnce = async (): Promise<void> => {
    try {
      if (isReady()) {
        await begin('living');
        await begin('failing');
      }
      await trim();
      await onLook();
    } catch (error) {
      onFailure(error);
    }
  };

  let looking: Promise<void> | undefined;
  let isLookDue = false;
  const look = (): Promise<void> => {
    if (closing.signal.aborted) return Promise.resolve();
    if (looking !== undefined) {
      isLookDue = true;
      return looking;
    }
    looking = lookOnce().finally(() => {
      looking = undefined;
      if (!isLookDue) return;
      isLookDue = false;
      void look();
    });
    return looking;
  };
  let isStarted = false;
  const notice = (isNews: boolean): void => {
    if (isNews) newsAt = clock.now();
    if (isStarted) void look();
  };

  let timer: NodeJS.Timeout | undefined;
  return {
    start() {
      isStarted = true;
      newsAt = clock.now();
      timer = setInterval(() => void look(), pollMs);
      void look();
    },
    notice: () => notice(true),
    async settle() {
      newsAt = clock.now();
      await look();
      await Promise.all([...running.living, ...running.failing]);
    },
    async close() {
      clearInterval(timer);
      isStarted = false;
      closing.abort();
      await looking;
      await Promise.all([...running.living, ...running.failing]);
    },
  };
};
