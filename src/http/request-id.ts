import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** A caller's own request id is kept when it is short and plain: it goes into logs. */
const REQUEST_ID_LIMIT = 100;

/** The id of a request: the one that came with it, or a new one. */
export const pickRequestId = ({ headers }: Pick<IncomingMessage, 'headers'>): string => {
  const given = headers['x-request-id'];
  const isUsable = typeof given === 'string' && given.length <= REQUEST_ID_LIMIT && /^[\w.:-]+$/.test(given);
  return isUsable ? given : randomUUID();
};
