import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** What a client is given in place of a piece that its server sent; after the last its connection is closed. */
export type Distortion = (piece: Buffer) => { readonly bytes: Buffer; readonly isLast?: boolean };

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
  /** What comes back is distorted, of each connection by a distortion of its own, which begins with what comes next. */
  distort(create: () => Distortion): Promise<void>;
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
  distort(by: Distortion | undefined): void;
}

/** Carries what `from` says to `to`, in order, each piece after its delay; a held lane carries nothing. */
const createLane = (from: Socket, to: Socket, delayMs: () => number, count: (bytes: number) => void): Lane => {
  let distortion: Distortion | undefined;
  let isOver = false;
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
    if (isOver) return;
    isOver = piece === null;
    queue.push({ dueMs: performance.now() + delayMs(), piece });
    carry();
  };
  from.on('data', (piece: Buffer) => {
    count(piece.length);
    const { bytes, isLast } = distortion?.(piece) ?? { bytes: piece };
    take(bytes);
    if (isLast === true) take(null);
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
    distort: (by) => void (distortion = by),
  };
};

/** A proxy on a free loopback port in front of the server at `url`; passes everything until told otherwise. */
export const startTcpProxy = async (url: string): Promise<TcpProxy> => {
  const { hostname, port } = new URL(url);
  const lanes = new Map<Socket, readonly [out: Lane, back: Lane]>();
  let isHeld = false;
  let delayMs = 0;
  let distortion: (() => Distortion) | undefined;
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
    const back = createLane(
      upstream,
      client,
      () => delayMs,
      (bytes) => (answeredBytes += bytes),
    );
    back.distort(distortion?.());
    const both = [
      createLane(
        client,
        upstream,
        () => 0,
        () => undefined,
      ),
      back,
    ] as const;
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
  const set = async (next: {
    readonly isHeld?: boolean;
    readonly delayMs?: number;
    readonly distort?: () => Distortion;
  }): Promise<void> => {
    ({ isHeld = false, delayMs = 0, distort: distortion } = next);
    for (const [, back] of lanes.values()) back.distort(distortion?.());
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
    pass: () => set({}),
    refuse: stopListening,
    hang: () => set({ isHeld: true, delayMs }),
    slow: (milliseconds) => set({ delayMs: milliseconds }),
    distort: (create) => set({ distort: create }),
    cut,
    answered: () => answeredBytes,
    close: stopListening,
  };
};
