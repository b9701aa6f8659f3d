import { STATUS_CODES, type ServerResponse } from 'node:http';
import type { Clock } from '../clock.ts';

/** The head of a response without the request's id and without all that begins with the date. */
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
  /**
   * The same, of names and values in turn whose first is the id: to be compared with what Node writes before it is used in
   * place of that.
   */
  write(status: number, headers: readonly string[]): WrittenHead;
  /** `written` under another id, as of now; undefined: Node has written nothing yet that tells how a head ends. */
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

const LINE_END = '\r\n';
const ID = '\r\nx-request-id: ';
const DATE = '\r\nDate: ';
const KEPT_OPEN = '\r\nConnection: keep-alive\r\n';

/** Nothing that Node has written yet; dates are those of `clock`. */
export const createWrittenHeads = (clock: Clock): WrittenHeads => {
  /** What Node says after the date, which is the same on every connection that stays open. */
  let afterDate: string | undefined;
  /** The date of a second, and what comes after it. */
  let end = '';
  let endSecond = Number.NaN;

  const again: WrittenHeads['again'] = ({ untilId, afterId }, requestId) => {
    if (afterDate === undefined) return undefined;
    const second = Math.floor(clock.now() / 1000);
    if (second !== endSecond) {
      end = `${DATE}${new Date(second * 1000).toUTCString()}${afterDate}`;
      endSecond = second;
    }
    return untilId + requestId + afterId + end;
  };

  return {
    again,
    read(response) {
      const head = (response as Headed)[HEAD];
      if (typeof head !== 'string') return undefined;
      const idAt = head.indexOf(ID) + ID.length;
      const dateAt = head.lastIndexOf(DATE);
      // One that ends its connection says nothing of those that stay open.
      if (idAt < ID.length || dateAt < idAt || !head.includes(KEPT_OPEN, dateAt)) return undefined;
      afterDate = head.slice(head.indexOf(LINE_END, dateAt + DATE.length));
      endSecond = Number.NaN;
      return { untilId: head.slice(0, idAt), afterId: head.slice(head.indexOf(LINE_END, idAt), dateAt) };
    },
    write(status, [_name, _id, ...headers]) {
      let afterId = '';
      for (let place = 0; place < headers.length; place += 2)
        afterId += `${LINE_END}${headers[place]}: ${headers[place + 1]}`;
      return { untilId: `HTTP/1.1 ${status} ${STATUS_CODES[status]}${ID}`, afterId };
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
