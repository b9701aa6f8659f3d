import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { performance } from 'node:perf_hooks';
import type { HoleFiller } from '../cache/fill-holes.ts';
import type { CacheResult, ResponseCache } from '../cache/response-cache.ts';
import type { DoorAnswers } from './front-door-answers.ts';
import type { DoorMemory } from './front-door-memory.ts';
import type { RequestBytes } from './front-door-requests.ts';
import type { Asked } from './front-door-visit.ts';
import { createKnownHeads } from './known-heads.ts';

/** Answers requests that nobody has parsed: known by their bytes, under a head that the parser has read before. */
export interface PieceDoor {
  /**
   * Answers `piece`, which came between two requests of `socket`, if its answer goes out as one did before. False: it is
   * the parser's, and nothing was done. A promise of either, while the shared tier is asked.
   */
  answerPiece(piece: Buffer, socket: Socket): boolean | Promise<boolean>;
  /** What the shared tier had for `piece`, which is the parser's all the same; undefined: it was not asked. */
  soughtFor(piece: Buffer): Sought | undefined;
  /** Remembers the head of `piece`, in which all of `request` came. */
  learn(piece: Buffer, request: IncomingMessage): void;
}

export interface Sought {
  readonly found: CacheResult | undefined;
}

/** Whether whoever asks exactly `bytes` has paid for the answer; if not, the request goes on, to be told so. */
export type Toll = (asked: Asked, bytes: RequestBytes) => boolean;

export interface PieceDoorOptions {
  readonly memory: DoorMemory;
  readonly answers: DoorAnswers;
  readonly cache: Pick<ResponseCache, 'peek' | 'find'>;
  readonly holes: HoleFiller;
  /** Whether requests go on: while the process stops, or for somebody further back who wants to see one. */
  readonly isClosed: (asked: Pick<Asked, 'beganAt'>) => boolean;
  readonly toll: Toll;
}

/** A door that has read no head yet. */
export const createPieceDoor = ({ memory, answers, cache, holes, isClosed, toll }: PieceDoorOptions): PieceDoor => {
  const heads = createKnownHeads();
  const sought = new WeakMap<Buffer, Sought>();

  const send = (asked: Asked, bytes: RequestBytes, result: CacheResult): boolean => {
    const form = memory.formOf(asked, result);
    return form !== undefined && answers.sendAgain(asked, result, form, () => toll(asked, bytes));
  };

  const answerLater = async (
    piece: Buffer,
    asked: Asked,
    bytes: RequestBytes,
    asking: Promise<CacheResult | undefined>,
  ): Promise<boolean> => {
    const found = await asking;
    const result = found && (await holes.fillSoon(found));
    // Nobody is there any more.
    if (!asked.socket.writable) return true;
    if (result?.isSendable() === true && send(asked, bytes, result)) return true;
    sought.set(piece, { found });
    return false;
  };

  return {
    answerPiece(piece, socket) {
      const beganAt = performance.now();
      // What is still to go out goes first, and slowly: nothing is put behind it here.
      if (socket.writableLength > 0 || !socket.writable) return false;
      const read = heads.read(piece);
      if (read === undefined || isClosed({ beganAt })) return false;
      const { method, headers, bytes } = read;
      const asked: Asked = { method, headers, socket, beganAt };
      const key = memory.keyOf(asked, bytes);
      if (key === undefined) return false;
      const kept = cache.peek(key);
      if (kept === undefined) {
        const asking = cache.find?.(key);
        return asking === undefined ? false : answerLater(piece, asked, bytes, asking);
      }
      const result = holes.fillNow(kept);
      return result !== undefined && send(asked, bytes, result);
    },
    soughtFor: (piece) => sought.get(piece),
    learn: heads.learn,
  };
};
