import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { LRUCache } from 'lru-cache';
import { findHeadEnd } from './find-head-end.ts';
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

/** A piece that may be one whole request, in its parts. */
interface Parts extends Pick<Line, 'address'> {
  /** All behind the first line, the body left out. */
  readonly fields: string;
  readonly body: Buffer;
}

/** The parts of `piece`; undefined: it is none of those that are answered by their bytes, or its head is too long. */
const readParts = (piece: Buffer): Parts | undefined => {
  const line = readLine(piece);
  if (line === undefined) return undefined;
  // The line's own end may be the head's: nothing stands behind it then.
  const bodyAt = findHeadEnd(piece, line.end - LINE_END.length);
  if (bodyAt < 0 || bodyAt - line.end > HEAD_LIMIT_BYTES) return undefined;
  return { address: line.address, fields: piece.toString('latin1', line.end, bodyAt), body: piece.subarray(bodyAt) };
};

/** No head yet. */
export const createKnownHeads = (): KnownHeads => {
  const heads = new LRUCache<string, Head>({ max: HEAD_LIMIT });
  return {
    read(piece) {
      const parts = readParts(piece);
      const head = parts && heads.get(parts.fields);
      if (parts === undefined || head === undefined || parts.body.length !== head.bodyLength) return undefined;
      const { method, headers } = head;
      // The fields of a POST tell of a body, those of a GET of none.
      if ((parts.address === undefined) !== (method === 'POST')) return undefined;
      return { method, headers, bytes: parts.address ?? parts.body };
    },
    learn(piece, request) {
      const { method = '', url, headers } = request;
      const question = pickQuestion(request, headers);
      const parts = readParts(piece);
      if (question === undefined || parts === undefined || (parts.address ?? PATH) !== url) return;
      const bodyLength = 'length' in question ? question.length : 0;
      if (parts.body.length === bodyLength) heads.set(parts.fields, { method, headers, bodyLength });
    },
  };
};
