import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** A server seen through a wire that a test can break. */
export interface TcpProxy {
  /** The server's own URL, by way of this proxy. */
  readonly url: string;
  readonly port: number;
  /** Everything flows again, what was held first. */
  pass(): Promise<void>;
  /** Open connections break, new ones are refused: nobody listens. */
  refuse(): Promise<void>;
  /** Connections stay and are accepted, and nothing moves on them in either direction. */
  hang(): Promise<void>;
  /** Every answer arrives `milliseconds` later than it was sent. */
  slow(milliseconds: number): Promise<void>;
  /** Open connections break, once; new ones are taken as before. */
  cut(): void;
  /** Bytes that came back from the server, for who counts. */
  answered(): number;
  close(): Promise<void>;
}

/** Past this much that its reader has not taken, a sender waits. */
const HELD_LIMIT_BYTES = 1024 * 1024;

interface Lane {
  hold(): void;
  go(): void;
}

/** Carries what `from` says to `to`, in order, each piece after its delay; a held lane carries nothing. */
const createLane = (from: Socket, to: Socket, delayMs: () => number, count: (bytes: number) => void): Lane => {
  const queue: { readonly dueMs: number; readonly piece: Buffer | null }[] = [];
  let isHeld = false;
  let timer: NodeJS.Timeout | undefined;
  const carry = (): void => {
    clearTimeout(timer);
    for (;;) {
      const [next] = queue;
      if (isHeld || next === undefined) return;
      const waitMs = next.dueMs - performance.now();
      if (waitMs > 0) {
        timer = setTimeout(carry, Math.ceil(waitMs));
        return;
      }
      queue.shift();
      if (next.piece === null) to.end();
      else if (!to.write(next.piece) && to.writableLength > HELD_LIMIT_BYTES) from.pause();
    }
  };
  const take = (piece: Buffer | null): void => {
    queue.push({ dueMs: performance.now() + delayMs(), piece });
    carry();
  };
  from.on('data', (piece: Buffer) => {
    count(piece.length);
    take(piece);
  });
  from.on('end', () => take(null));
  from.on('close', () => clearTimeout(timer));
  to.on('drain', () => {
    if (!isHeld) from.resume();
  });
  return {
    hold() {
      isHeld = true;
      from.pause();
    },
    go() {
      isHeld = false;
      from.resume();
      carry();
    },
  };
};

/** A proxy on a free loopback port in front of the server at `url`; passes everything until told otherwise. */
export const startTcpProxy = async (url: string): Promise<TcpProxy> => {
  const { hostname, port } = new URL(url);
  const lanes = new Map<Socket, readonly Lane[]>();
  let isHeld = false;
  let delayMs = 0;
  let answeredBytes = 0;

  const server = createServer({ allowHalfOpen: true }, (client) => {
    const upstream = connect({ host: hostname, port: Number(port), allowHalfOpen: true });
    const pair = [client, upstream];
    for (const socket of pair) {
      socket.setNoDelay(true);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        for (const other of pair) other.destroy();
        lanes.delete(client);
      });
    }
    const both = [
      createLane(
        client,
        upstream,
        () => 0,
        () => undefined,
      ),
      createLane(
        upstream,
        client,
        () => delayMs,
        (bytes) => (answeredBytes += bytes),
      ),
    ];
    lanes.set(client, both);
    if (isHeld) for (const lane of both) lane.hold();
  });
  const listen = async (at: number): Promise<number> => {
    server.listen(at, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('The machine gave no port');
    return address.port;
  };
  const cut = (): void => {
    for (const client of lanes.keys()) client.resetAndDestroy();
  };
  const stopListening = async (): Promise<void> => {
    if (!server.listening) return;
    const closed = once(server, 'close');
    server.close();
    cut();
    await closed;
  };

  const ownPort = await listen(0);
  const set = async (next: { readonly isHeld: boolean; readonly delayMs: number }): Promise<void> => {
    ({ isHeld, delayMs } = next);
    for (const lane of [...lanes.values()].flat()) {
      if (isHeld) lane.hold();
      else lane.go();
    }
    if (!server.listening) await listen(ownPort);
  };
  const own = new URL(url);
  own.hostname = '127.0.0.1';
  own.port = String(ownPort);

  return {
    url: own.href,
    port: ownPort,
    pass: () => set({ isHeld: false, delayMs: 0 }),
    refuse: stopListening,
    hang: () => set({ isHeld: true, delayMs }),
    slow: (milliseconds) => set({ isHeld: false, delayMs: milliseconds }),
    cut,
    answered: () => answeredBytes,
    close: stopListening,
  };
};
