import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { LRUCache } from 'lru-cache';
import type { RequestBytes } from './front-door-requests.ts';
import { PATH, pickQuestion } from './front-door-visit.ts';

/** What a request asks, and how: as Node's parser would have it. */
export interface ReadRequest {
  readonly method: string;
  readonly headers: IncomingHttpHeaders;
  /** The address of a GET, the body of a POST. */
  readonly bytes: RequestBytes;
}

/**
 * Heads of requests that Node's parser has read before. What stands behind a request's first line is nearly always the same
 * for one client: byte for byte the same, it means the same, and needs no parser.
 */
export interface KnownHeads {
  /** What `piece` asks, if it is one whole request under a head read before; undefined: the parser may know. */
  read(piece: Buffer): ReadRequest | undefined;
  /** Remembers the head of `piece`, in which all of `request` came. */
  learn(piece: Buffer, request: IncomingMessage): void;
}

interface Head {
  readonly method: string;
  readonly headers: IncomingHttpHeaders;
  readonly bodyLength: number;
}

/** Heads remembered, and the longest: clients of one kind share theirs. */
const HEAD_LIMIT = 1_024;
const HEAD_LIMIT_BYTES = 4_096;

const LINE_END = '\r\n';
const HEAD_END = Buffer.from('\r\n\r\n');
const GET = 'GET ';
const VERSION = ` HTTP/1.1${LINE_END}`;
/** A POST has one address, a GET one that goes on behind its path. */
const POST_LINE = `POST ${PATH}${VERSION}`;

interface Line {
  /** Of the fields behind it. */
  readonly end: number;
  /** Of a GET; undefined: a POST to the one path it has. */
  readonly address: string | undefined;
}

/** The first line of `piece`, if it is one of the two that are answered by their bytes. */
const readLine = (piece: Buffer): Line | undefined => {
  if (piece.toString('latin1', 0, GET.length) === GET) {
    const end = piece.indexOf(LINE_END) + LINE_END.length;
    const addressEnd = end - VERSION.length;
    if (addressEnd <= GET.length || piece.toString('latin1', addressEnd, end) !== VERSION) return undefined;
    return { end, address: piece.toString('latin1', GET.length, addressEnd) };
  }
  const end = POST_LINE.length;
  return piece.toString('latin1', 0, end) === POST_LINE ? { end, address: undefined } : undefined;
};

/** Where the body of `piece` begins, whose head goes on at `from`; negative: it does not end. */
const bodyOf = (piece: Buffer, from: number): number => {
  // The line's own end may be the head's: nothing stands behind it then.
  const end = piece.indexOf(HEAD_END, from - LINE_END.length);
  return end < 0 ? -1 : end + HEAD_END.length;
};

/** No head yet. */
export const createKnownHeads = (): KnownHeads => {
  const heads = new LRUCache<string, Head>({ max: HEAD_LIMIT });
  return {
    read(piece) {
      const line = readLine(piece);
      if (line === undefined) return undefined;
      const bodyAt = bodyOf(piece, line.end);
      if (bodyAt < 0 || bodyAt - line.end > HEAD_LIMIT_BYTES) return undefined;
      const head = heads.get(piece.toString('latin1', line.end, bodyAt));
      if (head === undefined || piece.length - bodyAt !== head.bodyLength) return undefined;
      const { method, headers } = head;
      // The fields of a POST tell of a body, those of a GET of none.
      if ((line.address === undefined) !== (method === 'POST')) return undefined;
      return { method, headers, bytes: line.address ?? piece.subarray(bodyAt) };
    },
    learn(piece, request) {
      const { method = '', url, headers } = request;
      const question = pickQuestion(request, headers);
      const line = readLine(piece);
      if (question === undefined || line === undefined || (line.address ?? PATH) !== url) return;
      const bodyAt = bodyOf(piece, line.end);
      if (bodyAt < 0 || bodyAt - line.end > HEAD_LIMIT_BYTES) return;
      const bodyLength = 'length' in question ? question.length : 0;
      if (piece.length - bodyAt !== bodyLength) return;
      heads.set(piece.toString('latin1', line.end, bodyAt), { method, headers, bodyLength });
    },
  };
};
