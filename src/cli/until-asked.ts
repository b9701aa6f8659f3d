import { EXIT } from './exit-status.ts';

/** A terminal tells the whole foreground, and what started us passes it on: told twice so closely, it is one request. */
const ONE_REQUEST_MS = 500;

export interface Asking {
  /** True once there are requests to finish; before that, whoever asks is obeyed at once. */
  readonly isServing: () => boolean;
}

/** Resolves when the process is asked to end; asked a second time it ends at once. */
export const untilAsked = ({ isServing }: Asking): Promise<NodeJS.Signals> =>
  new Promise((resolve) => {
    let askedAt: number | undefined;
    const take = (signal: NodeJS.Signals): void => {
      if (!isServing()) process.exit(EXIT.done);
      askedAt ??= performance.now();
      if (performance.now() - askedAt > ONE_REQUEST_MS) process.exit(EXIT.failed);
      resolve(signal);
    };
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, take);
  });
