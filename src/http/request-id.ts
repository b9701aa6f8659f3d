import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** A caller's own request id is kept when it is short and plain: it goes into logs. */
const REQUEST_ID_LIMIT = 100;

/** Every process begins its ids with letters of its own; 96 bits, so that no two ever share them. */
const PROCESS = randomBytes(12).toString('base64url');

/** Far from 0, so that all ids are of one length: a head is as long as the next. */
let made = 1_000_000_000;

/** An id nobody had before. A number behind the process's letters: a random one takes a twentieth of an answer's time. */
export const makeRequestId = (): string => {
  made += 1;
  return `${PROCESS}-${made}`;
};

/** The id of a request: the one that came with it, or a new one. */
export const pickRequestId = ({ headers }: Pick<IncomingMessage, 'headers'>): string => {
  const given = headers['x-request-id'];
  const isUsable = typeof given === 'string' && given.length <= REQUEST_ID_LIMIT && /^[\w.:-]+$/.test(given);
  return isUsable ? given : makeRequestId();
};
