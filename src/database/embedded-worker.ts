import { openAsBlob } from 'node:fs';
import { access, mkdir, rm, writeFile } from 'node:fs/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { PGlite } from '@electric-sql/pglite';
import type { EmbeddedFailure, EmbeddedMessage, EmbeddedRequest, EmbeddedResult } from './embedded-messages.ts';
import type { EmbeddedWorkerOptions } from './embedded-messages.ts';
import { createStatementRunner } from './create-statement-runner.ts';

const asText = (text: string): string => text;

const open = async ({ directory, snapshotFile }: EmbeddedWorkerOptions): Promise<PGlite> => {
  if (directory === undefined) {
    return await PGlite.create(snapshotFile === undefined ? {} : { loadDataDir: await openAsBlob(snapshotFile) });
  }
  // A process that ended while the first files were written leaves a directory that looks whole and is not. Nothing
  // was ever committed to it.
  const unfinished = `${directory}.unfinished`;
  if (await exists(unfinished)) await rm(directory, { recursive: true, force: true });
  const isNew = !(await exists(`${directory}/PG_VERSION`));
  await mkdir(directory, { recursive: true, mode: 0o700 });
  if (isNew) await writeFile(unfinished, '');
  const engine = await PGlite.create({ dataDir: directory, relaxedDurability: false });
  if (isNew) await rm(unfinished);
  return engine;
};

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

const failureOf = (error: unknown): EmbeddedFailure => {
  if (!(error instanceof Error)) return { message: String(error) };
  const fields = Object.entries(error).filter(
    ([key, value]) => ['code', 'constraint', 'detail', 'table'].includes(key) && typeof value === 'string',
  );
  return { message: error.message, ...Object.fromEntries(fields) };
};

const serve = async (): Promise<void> => {
  if (parentPort === null) throw new TypeError('This file is started as a worker');
  const port = parentPort;
  const say = (message: EmbeddedMessage): void => port.postMessage(message);

  const engine = await open(workerData as EmbeddedWorkerOptions);
  // Both directions in text: PGlite's own types differ from those of the driver for servers.
  engine.serializers = {};
  engine.parsers = new Proxy({}, { get: () => asText });
  const run = createStatementRunner(engine);
  engine.onNotification((channel, payload) => say({ kind: 'notification', channel, payload }));

  const answer = async (request: EmbeddedRequest): Promise<void> => {
    const { id } = request;
    try {
      if (request.kind === 'close') await engine.close();
      const result = request.kind === 'close' ? EMPTY : await run(request.text, request.values);
      say({ kind: 'result', id, result });
    } catch (error) {
      // The engine's memory is in no known state: end the worker, which fails everything that waits and comes.
      if (error instanceof Error && error.name === 'RuntimeError') throw error;
      say({ kind: 'failure', id, failure: failureOf(error) });
    }
  };

  let last: Promise<void> = Promise.resolve();
  port.on('message', (request: EmbeddedRequest) => {
    last = last.then(() => answer(request));
  });
  say({ kind: 'ready' });
};

const EMPTY: EmbeddedResult = { command: '', fields: [], rows: [] };

await serve();
