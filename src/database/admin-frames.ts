import type { Socket } from 'node:net';
import { deserialize, serialize } from 'node:v8';
import { GatewayError, StoreError } from '../errors.ts';
import type { Row } from './database.ts';
import { toStoreError } from './store-failure.ts';

/** What a command asks of the running server; answered one after the other, except `listen`. */
export type AdminRequest =
  | { readonly kind: 'query'; readonly text: string; readonly values: readonly (string | null)[] }
  | { readonly kind: 'begin'; readonly statementTimeoutMs: number | undefined }
  | { readonly kind: 'commit' }
  | { readonly kind: 'rollback' }
  | { readonly kind: 'listen'; readonly channel: string };

/** What the server says. A `farewell` says why the connection ends, whatever was asked meanwhile. */
export type AdminReply =
  | { readonly kind: 'rows'; readonly rows: readonly Row[] }
  | { readonly kind: 'done' }
  | { readonly kind: 'failure' | 'farewell'; readonly failure: AdminFailure }
  | { readonly kind: 'notification'; readonly payload: string };

/** A StoreError on its way; `cause` keeps the driver's words and the SQLSTATE an importer decides by. */
export interface AdminFailure {
  readonly code: 'STORE_FAILED' | 'STORE_TIMEOUT';
  readonly cause: Readonly<Record<string, string>>;
}

/** No statement of ours comes near it; a length beyond it is not a frame. */
export const MAX_FRAME_BYTES = 64 * 1024 * 1024;
const LENGTH_BYTES = 4;

/** Writes one message: its length (32 bits, big endian), then its bytes as `v8.serialize` gives them, so that Dates stay Dates. */
export const writeFrame = (socket: Socket, message: AdminRequest | AdminReply): void => {
  const body = serialize(message);
  if (body.length > MAX_FRAME_BYTES) {
    throw new GatewayError('PAYLOAD_TOO_LARGE', `A statement or its answer is over ${MAX_FRAME_BYTES} bytes`);
  }
  const length = Buffer.alloc(LENGTH_BYTES);
  length.writeUInt32BE(body.length);
  socket.cork();
  socket.write(length);
  socket.write(body);
  socket.uncork();
};

/**
 * The messages that arrive on a connection, until it ends.
 *
 * @throws when the bytes are not frames, or one is over the limit: the connection is of no more use.
 */
export async function* readFrames(socket: Socket): AsyncGenerator<unknown, void> {
  let chunks: Buffer[] = [];
  let available = 0;
  let needed = LENGTH_BYTES;
  let isBody = false;

  // Left open when the bytes are no frames: there is something to say first.
  const bytesOf: AsyncIterable<Buffer> = socket.iterator({ destroyOnReturn: false });
  for await (const chunk of bytesOf) {
    chunks.push(chunk);
    available += chunk.length;
    while (available >= needed) {
      const bytes = Buffer.concat(chunks);
      const part = bytes.subarray(0, needed);
      chunks = [bytes.subarray(needed)];
      available -= needed;
      if (isBody) yield deserialize(part);
      needed = isBody ? LENGTH_BYTES : part.readUInt32BE();
      isBody = !isBody;
      if (needed > MAX_FRAME_BYTES) throw new RangeError('A frame is over the limit');
    }
  }
}

/** An error as it travels: only what a StoreError keeps. */
export const failureOf = (error: unknown): AdminFailure => {
  const { code, cause } = toStoreError('embedded', error);
  const reason = cause instanceof Error ? cause : new Error(code);
  const fields = Object.entries(reason).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  return {
    code: code === 'STORE_TIMEOUT' ? code : 'STORE_FAILED',
    cause: { ...Object.fromEntries(fields), message: reason.message },
  };
};

/** The error that travelled. */
export const errorOf = ({ code, cause: { message, ...fields } }: AdminFailure): StoreError =>
  new StoreError('embedded', code, { cause: Object.assign(new Error(message), fields) });

/** Whether a frame is a request: the other end may be anything that could open the socket. */
export const isRequest = (frame: unknown): frame is AdminRequest => {
  if (typeof frame !== 'object' || frame === null) return false;
  const request = frame as Readonly<Record<string, unknown>>;
  switch (request['kind']) {
    case 'query':
      return typeof request['text'] === 'string' && isTexts(request['values']);
    case 'begin':
      return request['statementTimeoutMs'] === undefined || Number.isSafeInteger(request['statementTimeoutMs']);
    case 'listen':
      return typeof request['channel'] === 'string';
    default:
      return request['kind'] === 'commit' || request['kind'] === 'rollback';
  }
};

const isTexts = (values: unknown): boolean =>
  Array.isArray(values) && values.every((value) => value === null || typeof value === 'string');
