import type { Distortion } from '../support/tcp-proxy.ts';

/** What is given in place of a whole reply; the connection is closed after the last. `index`: of the connection's, from 0. */
type ChangeReply = (reply: Buffer, index: number) => ReturnType<Distortion>;

const LINE_END = '\r\n';

/** Where the reply that begins at `from` ends, by RESP2; undefined: not in these bytes. */
const endOfReply = (bytes: Buffer, from = 0): number | undefined => {
  const lineEnd = bytes.indexOf(LINE_END, from);
  if (lineEnd < 0) return undefined;
  const next = lineEnd + LINE_END.length;
  const kind = String.fromCharCode(bytes[from] ?? 0);
  if (kind !== '$' && kind !== '*') return next;
  const size = Number(bytes.toString('latin1', from + 1, lineEnd));
  if (size < 0) return next;
  if (kind === '$') {
    const end = next + size + LINE_END.length;
    return end <= bytes.length ? end : undefined;
  }
  let end: number | undefined = next;
  for (let part = 0; part < size && end !== undefined; part += 1) end = endOfReply(bytes, end);
  return end;
};

/** Replies of a Redis, changed one by one, however they are cut into pieces. */
const changeReplies = (change: ChangeReply) => (): Distortion => {
  let rest = Buffer.alloc(0);
  let index = 0;
  return (piece) => {
    rest = Buffer.concat([rest, piece]);
    const changed: Buffer[] = [];
    for (let end = endOfReply(rest); end !== undefined; end = endOfReply(rest)) {
      const { bytes, isLast = false } = change(rest.subarray(0, end), index);
      changed.push(bytes);
      if (isLast) return { bytes: Buffer.concat(changed), isLast };
      rest = rest.subarray(end);
      index += 1;
    }
    return { bytes: Buffer.concat(changed) };
  };
};

const always = (text: string) => changeReplies(() => ({ bytes: Buffer.from(text) }));
const isList = (reply: Buffer): boolean => reply[0] === '*'.charCodeAt(0);
const NOTHING = Buffer.alloc(0);

/** Numbers become texts, and texts numbers. */
const swapTypes = (list: Buffer): Buffer =>
  Buffer.from(
    list
      .toString('latin1')
      .replace(/:-?\d+\r\n|\$\d+\r\n[^\r\n]*\r\n/g, (part) => (part.startsWith(':') ? '$4\r\nmany\r\n' : ':7\r\n')),
    'latin1',
  );

/** Ways in which what comes back from a Redis is not what it said, for `TcpProxy.distort`. */
export const DISTORTED_REPLIES = {
  'a status in place of everything': always('+LIES\r\n'),
  'a number in place of everything': always(':7\r\n'),
  'nothing in place of everything': always('$-1\r\n'),
  'an error in place of everything': always('-ERR it is not itself\r\n'),
  'the language of another': always('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n'),
  'lists that nest 100,000 deep': always('*1\r\n'.repeat(100_000)),
  'lists with other types in them': changeReplies((reply) => ({ bytes: isList(reply) ? swapTypes(reply) : reply })),
  'lists that are empty': changeReplies((reply) => ({ bytes: isList(reply) ? Buffer.from('*0\r\n') : reply })),
  'ten megabytes': always(`$${10 * 1024 * 1024}\r\n${'x'.repeat(10 * 1024 * 1024)}\r\n`),
  'half a reply, then nothing any more': changeReplies((reply, index) => ({
    bytes: index === 0 ? reply.subarray(0, reply.length / 2) : NOTHING,
  })),
  'half a reply, then the end': changeReplies((reply) => ({
    bytes: reply.subarray(0, reply.length / 2),
    isLast: true,
  })),
  'one reply of a pipeline, then the end': changeReplies((reply) => ({ bytes: reply, isLast: true })),
} as const satisfies Readonly<Record<string, () => Distortion>>;
