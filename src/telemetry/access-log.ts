import type { Logger } from './logger.ts';

/** A request that was answered, as the log tells of it. */
export interface RequestRecord {
  readonly requestId: string;
  /** Of the client, as far as proxies are believed. */
  readonly address: string | undefined;
  readonly method: string;
  readonly route: string;
  readonly status: number;
  readonly milliseconds: number;
}

export interface AccessLog {
  /** Writes what `describe` tells, if this request is one to be logged; otherwise nothing is put together. */
  tell(describe: () => RequestRecord): void;
}

export interface AccessLogOptions {
  readonly logger: Logger;
  /** One request in so many is logged at `info`; 0: none. At `debug` every one is, anyway. */
  readonly sampleEvery: number;
}

/** Tells of requests: of all of them at `debug`, of a sample at `info`. */
export const createAccessLog = ({ logger, sampleEvery }: AccessLogOptions): AccessLog => {
  // A logger that cannot say takes everything.
  const isEnabled = (level: 'debug' | 'info'): boolean => logger.isLevelEnabled?.(level) ?? true;
  const logsAll = isEnabled('debug');
  const logsSome = sampleEvery > 0 && isEnabled('info');
  let count = 0;
  return {
    tell(describe) {
      if (!logsAll && !logsSome) return;
      count += 1;
      if (logsSome && count % sampleEvery === 0) logger.info(describe(), 'request');
      else if (logsAll) logger.debug(describe(), 'request');
    },
  };
};
