/** A terminal tells the whole foreground, and npm passes it on: told twice so closely, it is one request. */
const ONE_REQUEST_MS = 500;

/** Resolves when the process is asked to end; asked a second time it ends at once, with status 1. */
export const untilAsked = (): Promise<NodeJS.Signals> =>
  new Promise((resolve) => {
    let askedAt: number | undefined;
    const take = (signal: NodeJS.Signals): void => {
      askedAt ??= performance.now();
      if (performance.now() - askedAt > ONE_REQUEST_MS) process.exit(1);
      resolve(signal);
    };
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, take);
  });
