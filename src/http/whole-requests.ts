import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** Answers the piece of a connection that it is shown; false: it is the parser's. */
export type AnswerPiece = (piece: Buffer, socket: Socket) => boolean;

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

/** What the parser was given of a connection since the last time it stood between two requests. */
interface Course {
  isBetween: boolean;
  /**
   * Whether the parser has read a request of it. Node bounds the time a connection takes for its first: one that it never
   * sees would be ended for that.
   */
  isKnown: boolean;
  first: Buffer | undefined;
  bytes: number;
}

const HEAD_END = Buffer.from('\r\n\r\n');

/** Whether `request`, read to its end, is all that the parser was given: RFC 9112, 6.3. Chunks would be bytes beside it. */
const isAll = ({ first, bytes }: Course, { headers, complete }: IncomingMessage): boolean => {
  const headEnd = first?.indexOf(HEAD_END) ?? -1;
  return complete && headEnd >= 0 && bytes === headEnd + HEAD_END.length + Number(headers['content-length'] ?? 0);
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
        const course: Course = { isBetween: true, isKnown: false, first: undefined, bytes: 0 };
        courses.set(socket, course);
        socket.removeListener('data', parse as (piece: Buffer) => void);
        socket.on('data', (piece: Buffer) => {
          if (course.isBetween) {
            if (course.isKnown && answer(piece, socket)) return;
            course.isBetween = false;
            course.first = piece;
            course.bytes = 0;
          }
          course.bytes += piece.length;
          parse.call(socket, piece);
        });
      });
    },
    begin(request, response) {
      const course = courses.get(request.socket);
      if (course === undefined) return;
      response.once('close', () => {
        if (!isAll(course, request)) return;
        course.isBetween = true;
        course.isKnown = true;
        course.first = undefined;
      });
    },
    pieceOf({ socket }) {
      const course = courses.get(socket);
      return course?.first?.length === course?.bytes ? course?.first : undefined;
    },
  };
};
