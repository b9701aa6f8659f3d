import { STATUS_CODES, type ServerResponse } from 'node:http';
import type { Clock } from '../clock.ts';

/** The head of a response as Node wrote it, without the request's id and without all that begins with the date. */
export interface WrittenHead {
  readonly untilId: string;
  readonly afterId: string;
}

/**
 * Writes a head again that Node has written before: for a connection that stays open, under another id. Node looks at every
 * letter of every header each time, a tenth of an answer; what it has once passed needs no second look.
 */
export interface WrittenHeads {
  /** What Node has just written for `response`, whose first header is its id; undefined: it does not say. */
  read(response: ServerResponse): WrittenHead | undefined;
  /** `written` under another id; undefined: it tells a date that is over, and Node has to write one. */
  again(written: WrittenHead, requestId: string): string | undefined;
  /** Whether `written` now is the head of `response`; if not, nothing was done, and Node has to write one. */
  repeat(response: ServerResponse, status: number, written: WrittenHead, requestId: string): boolean;
}

const HEAD = '_header';

/**
 * Where `node:http` keeps a head between writing and sending it, since its beginning and without a word in its
 * documentation. A Node that keeps it elsewhere leaves nothing to read here, and then writes every head itself.
 */
interface Headed {
  [HEAD]?: string | null;
}

const ID = '\r\nx-request-id: ';
const DATE = '\r\nDate: ';

/** Heads that last as long as the second of `clock` in which they were read: they tell the date. */
export const createWrittenHeads = (clock: Clock): WrittenHeads => {
  const secondOf = (): number => Math.floor(clock.now() / 1000);
  /** The date and what Node says after it, which is the same on every connection that stays open. */
  let end = '';
  let endSecond = Number.NaN;
  const again: WrittenHeads['again'] = ({ untilId, afterId }, requestId) =>
    endSecond === secondOf() ? untilId + requestId + afterId + end : undefined;

  return {
    again,
    read(response) {
      const head = (response as Headed)[HEAD];
      if (typeof head !== 'string') return undefined;
      const idAt = head.indexOf(ID) + ID.length;
      const dateAt = head.lastIndexOf(DATE);
      if (idAt < ID.length || dateAt < idAt) return undefined;
      end = head.slice(dateAt);
      endSecond = secondOf();
      return { untilId: head.slice(0, idAt), afterId: head.slice(head.indexOf('\r\n', idAt), dateAt) };
    },
    repeat(response, status, written, requestId) {
      const head = again(written, requestId);
      if (head === undefined) return false;
      // In the order of `writeHead`: responses that come about differently slow down all that handles them.
      response.statusMessage = STATUS_CODES[status] ?? '';
      response.statusCode = status;
      (response as Headed)[HEAD] = head;
      return true;
    },
  };
};
