import type { IncomingMessage, ServerResponse } from 'node:http';
import { performance } from 'node:perf_hooks';
import type { HoleFiller } from '../cache/fill-holes.ts';
import type { CacheResult, ResponseCache } from '../cache/response-cache.ts';
import { createDoorAnswers, staysOpen, type DoorAnswersOptions } from './front-door-answers.ts';
import type { ReadyForm } from './front-door-forms.ts';
import { createDoorMemory, type DoorMemoryOptions, type Lesson } from './front-door-memory.ts';
import { createPieceDoor, type PieceDoor, type Toll } from './front-door-pieces.ts';
import type { RequestBytes } from './front-door-requests.ts';
import { pickQuestion, type Asked, type Visit, type Way } from './front-door-visit.ts';
import { findPacked, packBody } from './packed-body.ts';

/**
 * Stands before the router: a request that is byte for byte one answered before, whose answer is still kept and true,
 * is answered at once, in the turn in which it was read; everything else goes on untouched.
 */
export interface FrontDoor extends Pick<PieceDoor, 'answerPiece'> {
  /** Answers, or hands on: in this turn, or when a shared tier has been asked. */
  receive(request: IncomingMessage, response: ServerResponse, way: Way): void;
  /** Remembers how `request`, handed on before, is answered: kept, public, for anyone who sends the same bytes. */
  learn(request: IncomingMessage, tellLesson: () => Lesson): void;
}

export interface FrontDoorOptions extends DoorMemoryOptions, DoorAnswersOptions {
  readonly cache: Pick<ResponseCache, 'peek' | 'find'>;
  readonly holes: HoleFiller;
  /** While it stops every request goes on: whoever refuses them stands further back. */
  readonly isDraining: () => boolean;
  /** Whether somebody further back wants to see a hit. */
  readonly isLookDue: () => boolean;
  /** Takes `price` of whoever asks; false: it may not be there. Absent: nothing is taken. */
  readonly chargeNow?: ((asked: Asked, price: number) => boolean) | undefined;
}

/** While a look is due, one request goes on every so often: few answers may be such as can be looked at. */
const LOOK_EVERY_MS = 250;

/** A door that knows no request yet. */
export const createFrontDoor = (options: FrontDoorOptions): FrontDoor => {
  const { cache, holes, isDraining, isLookDue, chargeNow } = options;
  let shownAt = -Infinity;
  const isToBeShown = ({ beganAt }: Pick<Asked, 'beganAt'>): boolean =>
    beganAt - shownAt >= LOOK_EVERY_MS && isLookDue();
  const memory = createDoorMemory(options);
  const answers = createDoorAnswers(options);
  // Asked last of all: what is paid for goes out.
  const toll: Toll = (asked, bytes) => chargeNow === undefined || chargeNow(asked, memory.priceOf(bytes));
  const pieces = createPieceDoor({
    memory,
    answers,
    cache,
    holes,
    isClosed: (asked) => isDraining() || isToBeShown(asked),
    toll,
  });
  /** What came with requests that were handed on. */
  const handedOn = new WeakMap<IncomingMessage, RequestBytes>();

  const send = (visit: Visit, result: CacheResult, form: ReadyForm, isLast: boolean): void => {
    const { request, way } = visit;
    const piece = isLast || !staysOpen(visit) ? undefined : way.pieceOf(request);
    if (piece !== undefined) pieces.learn(piece, request);
    answers.send(visit, result, form, isLast);
  };

  /** Answers with what has to be waited for. Meanwhile the request is one under way: its connection may be ending. */
  const answerLater = async (
    visit: Visit,
    bytes: RequestBytes,
    asked: CacheResult | Promise<CacheResult | undefined>,
  ): Promise<void> => {
    const { request, response, way } = visit;
    way.begin(request, response);
    const found = await asked;
    if (found !== undefined) {
      const result = await holes.fillSoon(found);
      const coding = memory.codingOf(visit);
      if (findPacked(result.entry, coding) === undefined) await packBody(result.entry, coding);
      if (response.destroyed) return;
      const form = result.isSendable() ? memory.formOf(visit, result) : undefined;
      if (form !== undefined && toll(visit, bytes)) return send(visit, result, form, way.endsAfter(request));
    }
    handedOn.set(request, bytes);
    way.route(request, response);
  };

  /**
   * Sends what `kept` was before a counter in it changed, while it is packed as it is now; false: it may not be sent, or
   * never was in that form.
   */
  const sendFormer = (
    visit: Visit,
    bytes: RequestBytes,
    kept: CacheResult,
    result: CacheResult | undefined,
  ): boolean => {
    const former = result && holes.former(kept);
    const form = former && memory.formOf(visit, former);
    if (result === undefined || former === undefined || form === undefined || !toll(visit, bytes)) return false;
    send(visit, former, form, false);
    // Behind the answer: a small body is packed at once.
    void packBody(result.entry, form.coding).catch(() => undefined);
    return true;
  };

  /** Asks the shared tier, once for a request: it may have been asked before the parser was. */
  const find = ({ request, way }: Visit, key: string): CacheResult | Promise<CacheResult | undefined> | undefined => {
    const piece = way.pieceOf(request);
    const sought = piece && pieces.soughtFor(piece);
    return sought === undefined ? cache.find?.(key) : sought.found;
  };

  /** Sees to it that `visit`, which asks exactly `bytes`, is answered. */
  const take = (visit: Visit, bytes: RequestBytes): void => {
    const { request, response, way } = visit;
    const key = memory.keyOf(visit, bytes);
    const isShown = isToBeShown(visit);
    if (isShown) shownAt = visit.beganAt;
    const kept = key === undefined || isShown ? undefined : cache.peek(key);
    const result = kept && holes.fillNow(kept);
    const form = result && memory.formOf(visit, result);
    if (result !== undefined && form !== undefined && toll(visit, bytes)) return send(visit, result, form, false);
    const isHoled = kept?.entry.holes !== undefined;
    if (kept !== undefined && isHoled && sendFormer(visit, bytes, kept, result)) return;

    // As it came, in the turn in which the body was taken: its end has not been announced yet.
    if (typeof bytes !== 'string') request.unshift(bytes);
    const asked =
      key === undefined || isShown ? undefined : kept === undefined ? find(visit, key) : isHoled ? kept : undefined;
    if (asked !== undefined) {
      answerLater(visit, bytes, asked).catch((error: unknown) => response.destroy(error as Error));
      return;
    }
    handedOn.set(request, bytes);
    way.handOn(request, response);
  };

  return {
    answerPiece: pieces.answerPiece,
    receive(request, response, way) {
      const beganAt = performance.now();
      // Without a socket of its own yet: queued behind an answer that somebody else has still to give.
      const isFirst = response.socket !== null;
      const { method = '', headers, socket } = request;
      const question = isFirst && !isDraining() ? pickQuestion(request, headers) : undefined;
      if (question === undefined) return way.handOn(request, response);
      const visit: Visit = { method, headers, socket, beganAt, request, response, way };
      if ('address' in question) return take(visit, question.address);

      // The parser hands over headers first; a body that came with them follows before the turn ends.
      process.nextTick(() => {
        // Taken only when it is there whole: what is still to come, or never comes, is nobody's business here.
        const bytes: Buffer | null = request.readableLength === question.length ? request.read() : null;
        if (bytes === null) way.handOn(request, response);
        else take(visit, bytes);
      });
    },
    learn(request, tellLesson) {
      const bytes = handedOn.get(request);
      if (bytes !== undefined) memory.learn(request.headers, bytes, tellLesson());
    },
  };
};
