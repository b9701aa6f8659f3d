import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** How slow a link is. */
export interface Slowness {
  readonly toServerMs: number;
  readonly toClientMs: number;
  /** Only what asks for this, prepared or not, and its answer; default: everything. */
  readonly matching?: RegExp;
}

/** A stretch of network between one process and one server, and what may happen to it. */
export interface Link {
  /** Where the process connects to. */
  readonly port: number;
  /** The server moves; connections that are open end. */
  leadTo(port: number): void;
  /** As a network should be. What was held goes on. */
  heal(): void;
  /** Ends every connection and refuses new ones. */
  cut(): void;
  /** Takes everything and brings nothing, as a network does that lost its way: nobody is told. */
  swallow(): void;
  slow(slowness: Slowness): void;
  close(): Promise<void>;
}

/** A statement that is prepared: its name, and its text. Names are of texts alone, on whichever connection. */
const PREPARED = /(masthead_[0-9a-f]{32})\0([^\0]+)\0/g;
const NAME = /masthead_[0-9a-f]{32}/g;
const texts = new Map<string, string>();

/** What a client sends, with the texts of the statements that it only names. */
const readStatements = (bytes: Buffer): string => {
  const sent = bytes.toString('latin1');
  for (const [, name = '', text = ''] of sent.matchAll(PREPARED)) texts.set(name, text);
  return [sent, ...[...sent.matchAll(NAME)].map(([name]) => texts.get(name) ?? '')].join('\n');
};

type Mood = 'well' | 'cut' | 'swallowing';

interface Lane {
  take(bytes: Buffer, delayMs: number): void;
  /** Sends what is due, unless everything is held. */
  pump(): void;
  end(): void;
}

/** One direction of one connection: bytes in order, each with the instant before which it may not go on. */
const createLane = (to: Socket, isHeld: () => boolean): Lane => {
  const queue: { readonly bytes: Buffer; readonly dueAt: number }[] = [];
  let timer: NodeJS.Timeout | undefined;
  let isEnding = false;
  const pump = (): void => {
    clearTimeout(timer);
    if (isHeld()) return;
    for (let first = queue[0]; first !== undefined; first = queue[0]) {
      const leftMs = first.dueAt - performance.now();
      if (leftMs > 0) {
        timer = setTimeout(pump, leftMs);
        return;
      }
      queue.shift();
      to.write(first.bytes);
    }
    if (isEnding) to.end();
  };
  return {
    take(bytes, delayMs) {
      queue.push({ bytes, dueAt: performance.now() + delayMs });
      pump();
    },
    pump,
    end() {
      isEnding = true;
      pump();
    },
  };
};

/** A link to `port` of this machine, well until told otherwise. */
export const openLink = async (targetPort: number): Promise<Link> => {
  let target = targetPort;
  let mood: Mood = 'well';
  let slowness: Slowness | undefined;
  const sockets = new Set<Socket>();
  const lanes = new Set<Lane>();
  const isHeld = (): boolean => mood === 'swallowing';

  const server = createServer({ noDelay: true }, (client) => {
    if (mood === 'cut') return void client.destroy();
    const upstream = connect({ port: target, host: '127.0.0.1', noDelay: true });
    const there = createLane(upstream, isHeld);
    const back = createLane(client, isHeld);
    const pair = [client, upstream] as const;
    const end = (): void => {
      for (const socket of pair) socket.destroy();
      for (const socket of pair) sockets.delete(socket);
      for (const lane of [there, back]) lanes.delete(lane);
    };
    for (const socket of pair) {
      sockets.add(socket);
      // A process that dies takes its end with it at once; what it had sent still arrives.
      socket.on('error', () => undefined);
    }
    for (const lane of [there, back]) lanes.add(lane);
    let isSlow = false;
    client.on('data', (bytes) => {
      // Also while all is well: what is prepared then is sent by its name alone later.
      const said = readStatements(bytes);
      if (slowness !== undefined) isSlow = slowness.matching?.test(said) ?? true;
      there.take(bytes, isSlow ? (slowness?.toServerMs ?? 0) : 0);
    });
    upstream.on('data', (bytes) => back.take(bytes, isSlow ? (slowness?.toClientMs ?? 0) : 0));
    client.on('end', () => there.end());
    client.on('close', () => there.end());
    upstream.on('end', () => back.end());
    upstream.on('close', end);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  const endAll = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  const resume = (): void => {
    for (const lane of lanes) lane.pump();
  };
  return {
    port: (server.address() as AddressInfo).port,
    leadTo(port) {
      target = port;
      endAll();
    },
    heal() {
      mood = 'well';
      slowness = undefined;
      resume();
    },
    cut() {
      mood = 'cut';
      endAll();
    },
    swallow() {
      mood = 'swallowing';
    },
    slow(wanted) {
      slowness = wanted;
    },
    async close() {
      endAll();
      server.close();
      await once(server, 'close');
    },
  };
};
