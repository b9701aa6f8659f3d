import type { IncomingHttpHeaders, IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Connections } from './track-connections.ts';
import type { WholeRequests } from './whole-requests.ts';

/** The whole way, behind the door. */
export interface Way extends Pick<Connections, 'begin' | 'endsAfter'>, Pick<WholeRequests, 'pieceOf'> {
  /** Begins a request, and routes it. */
  readonly handOn: RequestListener;
  /** Routes a request that was begun. */
  readonly route: RequestListener;
}

/** A request, as far as its answer depends on it. */
export interface Asked {
  readonly method: string;
  /** Taken once: Node puts them together when it is asked for them. */
  readonly headers: IncomingHttpHeaders;
  readonly socket: Socket;
  /** Milliseconds on the monotonic clock. */
  readonly beganAt: number;
}

/** A request at the door that Node's parser has read. */
export interface Visit extends Asked {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly way: Way;
}

/** A request that was answered at the door. */
export interface DoorAnswer extends Pick<Asked, 'method' | 'headers' | 'socket'> {
  readonly requestId: string;
  readonly route: string;
  readonly status: number;
  readonly milliseconds: number;
}

/** The one route that has a door before it. */
export const PATH = '/graphql';
const ADDRESS_START = `${PATH}?`;

/** A larger body goes on: it does not come in one piece, and no page sends one. */
const BODY_LIMIT_BYTES = 64 * 1024;

/** What the parser takes, as it is nearly always written; whoever writes it otherwise goes on. */
const JSON_TYPES: ReadonlySet<string | undefined> = new Set(['application/json', 'application/json; charset=utf-8']);

/** Whether nothing about a request asks for more than an answer for everybody, whole and at once. */
const isPlain = (headers: IncomingHttpHeaders): boolean =>
  headers.authorization === undefined &&
  headers['x-api-key'] === undefined &&
  headers.range === undefined &&
  headers.expect === undefined &&
  headers['transfer-encoding'] === undefined;

/** What tells a request apart: its address alone, or `length` bytes of body; undefined: more than that, so it goes on. */
export const pickQuestion = (
  { method, url = '' }: IncomingMessage,
  headers: IncomingHttpHeaders,
): { readonly address: string } | { readonly length: number } | undefined => {
  if (!isPlain(headers)) return undefined;
  const length = headers['content-length'];
  if (method === 'GET') return length === undefined && url.startsWith(ADDRESS_START) ? { address: url } : undefined;
  if (method !== 'POST' || url !== PATH || headers['content-encoding'] !== undefined) return undefined;
  if (length === undefined || !JSON_TYPES.has(headers['content-type'])) return undefined;
  const bytes = Number(length);
  return bytes > 0 && bytes <= BODY_LIMIT_BYTES ? { length: bytes } : undefined;
};
