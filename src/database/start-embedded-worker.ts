import { Worker } from 'node:worker_threads';
import { createPassing } from '../content/passing.ts';
import { StoreError } from '../errors.ts';
import type { EmbeddedFailure, EmbeddedMessage, EmbeddedResult, EmbeddedWorkerOptions } from './embedded-messages.ts';

const STORE = 'embedded';

/** The engine in its own thread. */
export interface EmbeddedWorker {
  /**
   * The result of one statement; statements run in the order they were sent.
   *
   * @throws {StoreError} also when the thread has ended, now or ever before: it is not started again, because nobody
   *   can say what an interrupted transaction had read.
   */
  send(text: string, values?: readonly (string | null)[]): Promise<EmbeddedResult>;
  /** Writes everything out and ends the thread. */
  close(): Promise<void>;
}

interface Waiting {
  readonly resolve: (result: EmbeddedResult) => void;
  readonly reject: (error: StoreError) => void;
}

/** Starts the engine and waits until it answers. `onNotification` gets every NOTIFY of a channel that is listened to. */
export const startEmbeddedWorker = async (
  options: EmbeddedWorkerOptions,
  onNotification: (channel: string, payload: string) => void,
): Promise<EmbeddedWorker> => {
  const worker = new Worker(new URL('./embedded-worker.ts', import.meta.url), { workerData: options });
  const waiting = createPassing<Waiting>();
  const ready = Promise.withResolvers<void>();
  let failure: StoreError | undefined;
  let lastId = 0;

  const fail = (cause: unknown): void => {
    failure ??= new StoreError(STORE, 'STORE_FAILED', { cause });
    for (const { reject } of waiting.values()) reject(failure);
    ready.reject(failure);
  };
  const take = (id: number): Waiting | undefined => {
    const entry = waiting.get(id);
    waiting.delete(id);
    return entry;
  };

  worker.on('error', fail);
  worker.on('exit', (code) => fail(new Error(`the embedded database's thread has ended (exit ${code})`)));
  worker.on('message', (message: EmbeddedMessage) => {
    switch (message.kind) {
      case 'ready':
        return ready.resolve();
      case 'result':
        return take(message.id)?.resolve(message.result);
      case 'failure':
        return take(message.id)?.reject(storeErrorOf(message.failure));
      case 'notification':
        return onNotification(message.channel, message.payload);
    }
  });
  await ready.promise;

  const ask = (request: { kind: 'close' } | { kind: 'query'; text: string; values: readonly (string | null)[] }) => {
    if (failure !== undefined) return Promise.reject(failure);
    const { promise, resolve, reject } = Promise.withResolvers<EmbeddedResult>();
    lastId += 1;
    waiting.set(lastId, { resolve, reject });
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
    worker.postMessage({ ...request, id: lastId });
    return promise;
  };

  return {
    send: (text, values = []) => ask({ kind: 'query', text, values }),
    close: async () => {
      if (failure === undefined) await ask({ kind: 'close' }).catch(() => undefined);
      await worker.terminate();
    },
  };
};

const storeErrorOf = ({ message, ...fields }: EmbeddedFailure): StoreError =>
  new StoreError(STORE, 'STORE_FAILED', { cause: Object.assign(new Error(message), fields) });
