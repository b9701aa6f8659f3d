import type { ServerResponse } from 'node:http';
import { performance } from 'node:perf_hooks';
import type { CacheResult } from '../cache/response-cache.ts';
import type { Clock } from '../clock.ts';
import { matchesEtag } from './entry-headers.ts';
import { REQUEST_ID_AT, type ReadyForm } from './front-door-forms.ts';
import { PATH, type Asked, type DoorAnswer, type Visit } from './front-door-visit.ts';
import { findBytes } from './packed-body.ts';
import { pickRequestId } from './request-id.ts';
import { createWrittenHeads, type WrittenHead } from './written-heads.ts';

/** Sends answers from the door. It waits for nothing: whoever calls it has just asked whether the answer may go out. */
export interface DoorAnswers {
  /** To a request that Node has read, as Node does. */
  send(visit: Visit, result: CacheResult, form: ReadyForm, isLast: boolean): void;
  /**
   * To a request that nobody has parsed, on a connection that stays open: as Node has sent the same before. False: it has not,
   * and nothing was done.
   *
   * @param isPaid asked last of all, once nothing else keeps the answer back.
   */
  sendAgain(asked: Asked, result: CacheResult, form: ReadyForm, isPaid: () => boolean): boolean;
}

export interface DoorAnswersOptions {
  readonly clock: Clock;
  /** Told of every answer given here, once its last byte is on its way. */
  readonly onAnswered: (answer: DoorAnswer) => void;
}

/**
 * Whether the connection goes on after the answer to `visit`, by Node's own reckoning; that of an older HTTP may end with an answer
 * that has no length.
 */
export const staysOpen = ({ request, response }: Visit): boolean =>
  response.shouldKeepAlive && request.httpVersion === '1.1';

const isNotModifiedFor = ({ method, headers }: Asked, { etag }: ReadyForm): boolean => {
  const condition = headers['if-none-match'];
  return condition !== undefined && etag !== undefined && method === 'GET' && matchesEtag(condition, etag);
};

/** A sender that has sent nothing yet. */
export const createDoorAnswers = ({ clock, onAnswered }: DoorAnswersOptions): DoorAnswers => {
  const heads = createWrittenHeads(clock);
  const tell = ({ method, headers, socket, beganAt }: Asked, requestId: string, status: number): void =>
    onAnswered({ method, headers, socket, requestId, route: PATH, status, milliseconds: performance.now() - beganAt });

  const headersOf = (form: ReadyForm, isNotModified: boolean): string[] =>
    isNotModified ? form.head.slice(0, form.notModifiedLength) : form.head;

  const learntOf = ({ written }: ReadyForm, isNotModified: boolean) =>
    isNotModified ? written.notModified : written.whole;

  /** How the head of `form` is written in this second; undefined: Node has to say first. */
  const writtenOf = (form: ReadyForm, isNotModified: boolean): WrittenHead | undefined => {
    const head = learntOf(form, isNotModified);
    if (head.current === undefined && head.isOurs)
      head.current = heads.write(isNotModified ? 304 : form.status, headersOf(form, isNotModified));
    return head.current;
  };

  /** Learns from `response`, which Node has written, how the head of `form` is. */
  const noteWritten = (form: ReadyForm, isNotModified: boolean, response: ServerResponse): void => {
    const head = learntOf(form, isNotModified);
    head.current = heads.read(response);
    const ours = heads.write(response.statusCode, headersOf(form, isNotModified));
    head.isOurs = head.current?.untilId === ours.untilId && head.current.afterId === ours.afterId;
  };

  return {
    send(visit, { entry }, form, isLast) {
      const { response, socket } = visit;
      const requestId = pickRequestId(visit);
      const isNotModified = isNotModifiedFor(visit, form);
      const sent = isNotModified ? 304 : form.status;
      const isUsual = !isLast && staysOpen(visit);
      const written = isUsual ? writtenOf(form, isNotModified) : undefined;
      if (written === undefined || !heads.repeat(response, sent, written, requestId)) {
        const { head } = form;
        // Shared by all who get this form, and written out before anyone else can touch it.
        head[REQUEST_ID_AT] = requestId;
        const said = headersOf(form, isNotModified);
        response.writeHead(sent, isLast ? [...said, 'connection', 'close'] : said);
        // A young string in an old list outlives its request, and has to be cleared away by the slow collector.
        head[REQUEST_ID_AT] = '';
        if (isUsual) noteWritten(form, isNotModified, response);
      }
      response.end(isNotModified ? undefined : findBytes(entry, form.coding));
      // Nearly always the kernel has taken all of it by now; where it has not, the last byte is still to go.
      if (socket.writableLength === 0) tell(visit, requestId, sent);
      else response.once('close', () => tell(visit, requestId, sent));
    },
    sendAgain(asked, { entry }, form, isPaid) {
      const { socket } = asked;
      const isNotModified = isNotModifiedFor(asked, form);
      const written = writtenOf(form, isNotModified);
      const bytes = isNotModified ? undefined : findBytes(entry, form.coding);
      if (written === undefined || (bytes === undefined && !isNotModified)) return false;
      const requestId = pickRequestId(asked);
      const head = heads.again(written, requestId);
      if (head === undefined || !isPaid()) return false;
      socket.cork();
      socket.write(head, 'latin1');
      if (bytes !== undefined) socket.write(bytes);
      socket.uncork();
      const sent = isNotModified ? 304 : form.status;
      if (socket.writableLength === 0) tell(asked, requestId, sent);
      // Behind all that has still to go.
      else socket.write('', () => tell(asked, requestId, sent));
      return true;
    },
  };
};
