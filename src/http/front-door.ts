import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { CacheResult } from '../cache/response-cache.ts';
import type { Clock } from '../clock.ts';
import type { MediaType } from '../graphql/apollo.ts';
import type { AccessLog } from '../telemetry/access-log.ts';
import type { Metrics } from '../telemetry/metrics.ts';
import { addressOf } from './address-of.ts';
import { matchesEtag, type Header, type HeaderOptions } from './entry-headers.ts';
import { createForms, REQUEST_ID_AT } from './front-door-forms.ts';
import { createKnownRequests, type RequestBytes } from './front-door-requests.ts';
import { createWants } from './front-door-wants.ts';
import { pickRequestId } from './request-id.ts';

/** What was sent to a request that came the whole way. */
export interface Lesson {
  readonly mediaType: MediaType;
  /** Of the answer, in the cache. */
  readonly key: string;
  /** Headers that are none of the answer's own, without the request's id. */
  readonly around: readonly Header[];
}

/**
 * Stands before the router: a request that is byte for byte one answered before, whose answer is still kept and true,
 * is answered at once, in the tick in which it was read; everything else goes on untouched.
 */
export interface FrontDoor {
  /** Answers, or calls `handOn`: at once, or when it had to wait for the body to be parsed in this very turn. */
  receive(request: IncomingMessage, response: ServerResponse, handOn: RequestListener): void;
  /** Remembers how `request`, handed on before, is answered: kept, public, for anyone who sends the same bytes. */
  learn(request: IncomingMessage, tellLesson: () => Lesson): void;
}

export interface FrontDoorOptions extends HeaderOptions {
  readonly peek: (key: string) => CacheResult | undefined;
  readonly clock: Clock;
  readonly metrics: Metrics;
  readonly accessLog: AccessLog;
  /** While it stops every request goes on: whoever refuses them stands further back. */
  readonly isDraining: () => boolean;
  /** Whether the headers of others depend on the Origin of a request. */
  readonly isOriginTold: boolean;
  readonly trustProxyHops: number;
  /** Bound of the requests remembered. */
  readonly limitBytes: number;
}

const PATH = '/graphql';
const ADDRESS_START = `${PATH}?`;

/** A larger body goes on: it does not come in one piece, and no page sends one. */
const BODY_LIMIT_BYTES = 64 * 1024;

/** What the parser takes, as it is nearly always written; whoever writes it otherwise goes on. */
const JSON_TYPES: ReadonlySet<string | undefined> = new Set(['application/json', 'application/json; charset=utf-8']);

/** Origins whose headers are remembered: those that are allowed, and some that are not. */
const ORIGIN_LIMIT = 100;

/** Whether nothing about a request asks for more than an answer for everybody, whole and at once. */
const isPlain = ({ headers }: IncomingMessage): boolean =>
  headers.authorization === undefined &&
  headers['x-api-key'] === undefined &&
  headers.range === undefined &&
  headers.expect === undefined &&
  headers['transfer-encoding'] === undefined;

export const createFrontDoor = (options: FrontDoorOptions): FrontDoor => {
  const { peek, clock, metrics, accessLog, isDraining, isOriginTold, trustProxyHops, limitBytes } = options;
  const requests = createKnownRequests(limitBytes);
  const forms = createForms(options);
  const wants = createWants();
  /** What came with requests that were handed on. */
  const handedOn = new WeakMap<IncomingMessage, RequestBytes>();
  const aroundOf = new Map<string, readonly Header[]>();
  const originOf = ({ headers }: IncomingMessage): string => (isOriginTold ? (headers.origin ?? '') : '');

  const hits = metrics.cacheAnswers.labels({ state: 'hit' });
  const timers = new Map<number, { observe(seconds: number): void }>();
  const tell = (request: IncomingMessage, status: number, requestId: string, began: number): void => {
    const milliseconds = performance.now() - began;
    let timer = timers.get(status);
    if (timer === undefined) {
      timer = metrics.requestSeconds.labels({ route: PATH, status: String(status) });
      timers.set(status, timer);
    }
    timer.observe(milliseconds / 1000);
    accessLog.tell(() => ({
      requestId,
      address: addressOf(request, trustProxyHops),
      method: request.method ?? '',
      route: PATH,
      status,
      milliseconds,
    }));
  };

  /** Sends the kept answer to exactly `bytes`; false, and nothing done, where there is none that may go out now. */
  const answer = (request: IncomingMessage, response: ServerResponse, bytes: RequestBytes, began: number): boolean => {
    const { headers, socket } = request;
    const mediaType = wants.mediaTypeOf(headers.accept);
    const key = mediaType === undefined ? undefined : requests.keyOf(bytes, mediaType);
    const around = aroundOf.get(originOf(request));
    if (key === undefined || around === undefined) return false;
    const result = peek(key);
    if (result?.state !== 'hit') return false;
    const form = forms.of(result, wants.codingOf(headers['accept-encoding']), around, clock.now());
    if (form === undefined) return false;

    const requestId = pickRequestId(request);
    const condition = headers['if-none-match'];
    const isNotModified =
      condition !== undefined &&
      form.etag !== undefined &&
      request.method === 'GET' &&
      matchesEtag(condition, form.etag);
    const status = isNotModified ? 304 : result.entry.status;
    const head = isNotModified ? form.headOfNotModified : form.head;
    // Shared by all who get this form, and written out before anyone else can touch it.
    head[REQUEST_ID_AT] = requestId;
    response.writeHead(status, head);
    response.end(isNotModified ? undefined : form.bytes);
    hits.inc();
    // Nearly always the kernel has taken all of it by now; where it has not, the last byte is still to go.
    if (socket.writableLength === 0) tell(request, status, requestId, began);
    else response.once('close', () => tell(request, status, requestId, began));
    return true;
  };

  return {
    receive(request, response, handOn) {
      const began = performance.now();
      const { method, url = '', headers } = request;
      // Without a socket of its own yet: queued behind an answer that somebody else has still to give.
      const isOurs = response.socket !== null && isPlain(request) && !isDraining();

      if (isOurs && method === 'GET' && url.startsWith(ADDRESS_START) && headers['content-length'] === undefined) {
        if (answer(request, response, url, began)) return;
        handedOn.set(request, url);
        return handOn(request, response);
      }

      const length = Number(headers['content-length'] ?? 0);
      const isWorthwhile = length > 0 && length <= BODY_LIMIT_BYTES && headers['content-encoding'] === undefined;
      if (!isOurs || method !== 'POST' || url !== PATH || !isWorthwhile || !JSON_TYPES.has(headers['content-type']))
        return handOn(request, response);

      // The parser hands over headers first; a body that came with them follows before the turn ends.
      process.nextTick(() => {
        // Taken only when it is there whole: what is still to come, or never comes, is nobody's business here.
        const bytes: Buffer | null = request.readableLength === length ? request.read() : null;
        if (bytes !== null) {
          if (answer(request, response, bytes, began)) return;
          handedOn.set(request, bytes);
          // Put back in the same turn, before its end is announced: the next reader finds it as it came.
          request.unshift(bytes);
        }
        handOn(request, response);
      });
    },
    learn(request, tellLesson) {
      const bytes = handedOn.get(request);
      if (bytes === undefined) return;
      const { mediaType, key, around } = tellLesson();
      const origin = originOf(request);
      if (!aroundOf.has(origin)) {
        if (aroundOf.size >= ORIGIN_LIMIT) return;
        aroundOf.set(origin, around);
      }
      requests.learn(bytes, mediaType, key);
    },
  };
};
