import { makeRequestId } from './request-id.ts';
import { maxHeaderSize, STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { writeProblem, type Problem } from './problem.ts';

const UNREADABLE: Problem = {
  code: 'BAD_REQUEST',
  detail: 'This is no HTTP request: letters beyond ASCII in an address, for one, must be percent-encoded',
};

/** What kept a request from being read, by Node's code for it. */
const PROBLEMS: Readonly<Record<string, Problem>> = {
  HPE_HEADER_OVERFLOW: {
    code: 'PAYLOAD_TOO_LARGE',
    status: 431,
    detail: `Address and headers are larger than ${maxHeaderSize / 1024} KB: send long queries by POST`,
  },
  ERR_HTTP_REQUEST_TIMEOUT: { code: 'BAD_REQUEST', status: 408, detail: 'The request took too long to arrive' },
};

/** Answers what never became a request, and lets go of the connection: nothing that follows on it can be told apart. */
export const refuseUnreadable = (error: NodeJS.ErrnoException, socket: Socket): void => {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
  const requestId = makeRequestId();
  const { status, contentType, body } = writeProblem(PROBLEMS[error.code ?? ''] ?? UNREADABLE, requestId);
  socket.write(
    [
      `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
      `content-type: ${contentType}`,
      `content-length: ${Buffer.byteLength(body)}`,
      'cache-control: no-store',
      `x-request-id: ${requestId}`,
      'connection: close',
      '',
      body,
    ].join('\r\n'),
  );
  socket.destroySoon();
};
