import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** An answer as it came over the wire. */
export interface RawAnswer {
  readonly status: number;
  /** Names in lower case; each value once per line it stood on. */
  readonly headers: Readonly<Record<string, readonly string[]>>;
  readonly body: Buffer;
}

/** A connection on which a test decides about every byte. */
export interface RawConnection {
  readonly socket: Socket;
  write(bytes: string | Buffer): void;
  /** The next answer, in the order of requests; to a HEAD, or a 304, one without a body. */
  read(method?: string): Promise<RawAnswer>;
  /** Resolves with what else came, once the other side has ended the connection. */
  ended(): Promise<string>;
}

const parseHead = (text: string): Omit<RawAnswer, 'body'> => {
  const [first = '', ...lines] = text.split('\r\n');
  const headers: Record<string, string[]> = {};
  for (const line of lines) {
    const [name = '', ...value] = line.split(':');
    (headers[name.toLowerCase()] ??= []).push(value.join(':').trim());
  }
  return { status: Number(first.split(' ')[1]), headers };
};

/** Opens a connection to `port` of this machine. */
export const openConnection = async (port: number): Promise<RawConnection> => {
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  let received = Buffer.alloc(0);
  let isOver = false;
  let wake = (): void => undefined;
  socket.on('data', (chunk) => {
    received = Buffer.concat([received, chunk]);
    wake();
  });
  socket.on('error', () => undefined);
  socket.on('close', () => {
    isOver = true;
    wake();
  });
  const until = async (isThere: () => boolean): Promise<void> => {
    while (!isThere()) {
      if (isOver) throw new Error(`The connection ended; unread: ${received.toString('latin1').slice(0, 200)}`);
      await new Promise<void>((resolve) => (wake = resolve));
    }
  };
  const take = (length: number): Buffer => {
    const taken = received.subarray(0, length);
    received = received.subarray(length);
    return taken;
  };
  return {
    socket,
    write: (bytes) => void socket.write(bytes),
    async read(method = 'GET') {
      await until(() => received.includes('\r\n\r\n'));
      const head = parseHead(take(received.indexOf('\r\n\r\n')).toString('latin1'));
      take(4);
      const isBare = method === 'HEAD' || head.status === 304 || head.status === 100;
      const length = isBare ? 0 : Number(head.headers['content-length']?.[0] ?? 0);
      await until(() => received.length >= length);
      return { ...head, body: Buffer.from(take(length)) };
    },
    async ended() {
      if (!isOver) await once(socket, 'close');
      return received.toString('latin1');
    },
  };
};

/** A request as it goes over the wire. */
export interface RawRequest {
  readonly method: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** `request` as text, with the length of its body. */
export const writeRequest = ({ method, path, headers = {}, body = '' }: RawRequest): string =>
  [
    `${method} ${path} HTTP/1.1`,
    'host: x',
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    ...(method === 'POST' && headers['transfer-encoding'] === undefined
      ? [`content-length: ${Buffer.byteLength(body)}`]
      : []),
    '',
    body,
  ].join('\r\n');

/** The answer to `request` on a connection of its own. */
export const sendRaw = async (port: number, request: RawRequest): Promise<RawAnswer> => {
  const connection = await openConnection(port);
  connection.write(writeRequest(request));
  const answer = await connection.read(request.method);
  connection.socket.destroy();
  return answer;
};
