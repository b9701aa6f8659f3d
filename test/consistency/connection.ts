import { connect, type Socket } from 'node:net';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import type { Tick } from './history.ts';

/** An answer as it came over the wire. */
export interface WireAnswer {
  readonly status: number;
  /** Header fields, as they were written. */
  readonly head: string;
  readonly body: string;
  /** No later than the first byte came. */
  readonly heardAt: Tick;
}

/** One kept-alive HTTP/1.1 connection of one client; one request at a time. */
export interface Connection {
  /** @throws when the connection ends before the answer does, or `timeoutMs` have passed; it is closed then. */
  ask(request: string | Buffer, timeoutMs: number): Promise<WireAnswer>;
  isOpen(): boolean;
  close(): void;
}

const HEAD_END = Buffer.from('\r\n\r\n');

/** The value of a header field; the name is given in lower case. */
export const headerOf = (head: string, name: string): string | undefined =>
  new RegExp(`\\r\\n${name}: *([^\\r]*)`, 'i').exec(head)?.[1];

const unpack = (bytes: Buffer, coding: string | undefined): string => {
  if (coding === 'gzip') return gunzipSync(bytes).toString('utf8');
  if (coding === 'br') return brotliDecompressSync(bytes).toString('utf8');
  return bytes.toString('utf8');
};

/** The chunks of a body that says no length; undefined: not all there yet. */
const joinChunks = (bytes: Buffer): Buffer | undefined => {
  const parts: Buffer[] = [];
  for (let from = 0; ;) {
    const lineEnd = bytes.indexOf('\r\n', from);
    if (lineEnd < 0) return undefined;
    const length = Number.parseInt(bytes.toString('latin1', from, lineEnd), 16);
    const end = lineEnd + 2 + length;
    if (bytes.length < end + 2) return undefined;
    if (length === 0) return Buffer.concat(parts);
    parts.push(bytes.subarray(lineEnd + 2, end));
    from = end + 2;
  }
};

/** The answer in `bytes`; undefined: not all there yet. */
const readAnswer = (bytes: Buffer): Omit<WireAnswer, 'heardAt'> | undefined => {
  const end = bytes.indexOf(HEAD_END);
  if (end < 0) return undefined;
  const head = bytes.toString('latin1', 0, end);
  const status = Number(head.slice(9, 12));
  if (status === 304 || status === 204) return { status, head, body: '' };
  const rest = bytes.subarray(end + 4);
  const length = headerOf(head, 'content-length');
  if (length !== undefined && rest.length < Number(length)) return undefined;
  const body = length === undefined ? joinChunks(rest) : rest;
  return body && { status, head, body: unpack(body, headerOf(head, 'content-encoding')) };
};

interface Asked {
  readonly resolve: (answer: WireAnswer) => void;
  readonly reject: (error: Error) => void;
}

/** @param hear gives an instant no later than now and no earlier than whatever has just come could have come. */
export const openConnection = (port: number, hear: () => Tick): Connection => {
  const socket: Socket = connect({ port, host: '127.0.0.1', noDelay: true });
  let isOpen = true;
  let asked: Asked | undefined;
  let received: Buffer[] = [];
  let heardAt = 0;

  const end = (error: Error): void => {
    isOpen = false;
    socket.destroy();
    const waiting = asked;
    asked = undefined;
    waiting?.reject(error);
  };
  socket.on('error', end);
  socket.on('close', () => end(new Error('the connection was closed')));
  socket.on('timeout', () => end(new Error('no answer in time')));
  socket.on('data', (bytes: Buffer) => {
    if (received.length === 0) heardAt = hear();
    received.push(bytes);
    const answer = readAnswer(received.length === 1 ? bytes : Buffer.concat(received));
    if (answer === undefined) return;
    received = [];
    socket.setTimeout(0);
    const waiting = asked;
    asked = undefined;
    if (/\r\nconnection: close/i.test(answer.head)) end(new Error('the server closed the connection'));
    waiting?.resolve({ ...answer, heardAt });
  });

  return {
    ask: (request, timeoutMs) =>
      new Promise((resolve, reject) => {
        if (!isOpen) return reject(new Error('the connection is closed'));
        if (asked !== undefined) throw new TypeError('one request at a time');
        asked = { resolve, reject };
        socket.setTimeout(timeoutMs);
        socket.write(request);
      }),
    isOpen: () => isOpen,
    close: () => end(new Error('closed')),
  };
};
