import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { findHeadEnd } from './find-head-end.ts';

/** Answers the piece of a connection that it is shown, at once or once it knows; false: it is the parser's. */
export type AnswerPiece = (piece: Buffer, socket: Socket) => boolean | Promise<boolean>;

/**
 * Knows, of every connection, when it stands between two requests: what comes then begins a new one, so it may be told by
 * its bytes alone.
 */
export interface WholeRequests {
  /** Shows `answer` whatever comes between two requests of a connection, before Node's parser has seen it. */
  watch(server: Server, answer: AnswerPiece): void;
  /** Has to be told of every request that the parser finds. */
  begin(request: IncomingMessage, response: ServerResponse): void;
  /** The one piece that the parser was given with `request`, maybe among others; undefined: it was several. */
  pieceOf(request: IncomingMessage): Buffer | undefined;
}

/** What the parser was given. */
interface Given {
  readonly first: Buffer;
  bytes: number;
  request: IncomingMessage | undefined;
}

/** How far the parser is with a connection. */
interface Course {
  /** Begun by the parser, and not answered to the end. */
  underWay: number;
  /**
   * Whether the parser has read a request of it. Node bounds the time a connection takes for its first: one that it never
   * sees would be ended for that.
   */
  isKnown: boolean;
  /** What the parser was given since the last time that it had read exactly one request: nothing, it waits for a new one. */
  given: Given | undefined;
  /** Whether bytes did not add up: then nothing about it is counted, or held, any more. */
  isLost: boolean;
  /** The last request that was begun, and what the parser was given with it. */
  latest: { readonly request: IncomingMessage; readonly piece: Buffer | undefined } | undefined;
}

/** Where `node:http` notes the parser of a connection, null once it is taken from it. A Node that notes it elsewhere says nothing. */
const parserOf = (socket: Socket): unknown => (socket as { parser?: unknown }).parser;

/** How many bytes `request` takes that begins with `first`: RFC 9112, 6.3. Undefined: nobody can say, so of chunks. */
const lengthOf = ({ first, request }: Given): number | undefined => {
  const bodyAt = findHeadEnd(first);
  if (request === undefined || bodyAt < 0 || request.headers['transfer-encoding'] !== undefined) return undefined;
  return bodyAt + Number(request.headers['content-length'] ?? 0);
};

/**
 * Counts bytes, for nothing else proves that a parser waits for a new request: a connection on which they do not add up
 * (several requests at once, an unread body, chunks) is the parser's until it ends.
 */
export const createWholeRequests = (): WholeRequests => {
  const courses = new WeakMap<Socket, Course>();
  return {
    watch(server, answer) {
      server.on('connection', (socket: Socket) => {
        const [parse, ...others] = socket.listeners('data');
        // A Node whose parser is not fed by its connection's events is left to itself: it costs speed, no answer.
        if (parse === undefined || others.length > 0) return;
        const course: Course = { underWay: 0, isKnown: false, given: undefined, isLost: false, latest: undefined };
        courses.set(socket, course);
        socket.removeListener('data', parse as (piece: Buffer) => void);
        const parser = parserOf(socket);
        const parsePiece = (piece: Buffer): void => {
          // Taken from it, by an upgrade or a tunnel: the parser is another connection's by now, and so would be the piece.
          if (parserOf(socket) !== parser) return;
          if (course.isLost) return parse.call(socket, piece);
          const given = (course.given ??= { first: piece, bytes: 0, request: undefined });
          given.bytes += piece.length;
          parse.call(socket, piece);
          const length = lengthOf(given);
          if (length === undefined || given.bytes > length) {
            course.isLost = true;
            course.given = undefined;
          } else if (given.bytes === length && given.request?.complete === true) {
            course.given = undefined;
            course.isKnown = true;
          }
        };
        const waitFor = async (piece: Buffer, answering: Promise<boolean>): Promise<void> => {
          // Nothing is read meanwhile: what comes next is answered next.
          socket.pause();
          let isAnswered: boolean;
          try {
            isAnswered = await answering;
          } catch (error) {
            socket.destroy(error as Error);
            return;
          }
          if (!isAnswered) parsePiece(piece);
          socket.resume();
        };
        socket.on('data', (piece: Buffer) => {
          const isBetween = course.given === undefined && !course.isLost && course.underWay === 0;
          const answered = isBetween && course.isKnown && answer(piece, socket);
          if (answered === false) parsePiece(piece);
          else if (answered !== true) void waitFor(piece, answered);
        });
      });
    },
    begin(request, response) {
      const course = courses.get(request.socket);
      if (course === undefined) return;
      const { given } = course;
      if (given !== undefined) given.request = request;
      course.latest = { request, piece: given?.first.length === given?.bytes ? given?.first : undefined };
      course.underWay += 1;
      response.once('close', () => {
        course.underWay -= 1;
        if (course.latest?.request === request) course.latest = undefined;
      });
    },
    pieceOf(request) {
      const latest = courses.get(request.socket)?.latest;
      return latest?.request === request ? latest.piece : undefined;
    },
  };
};
