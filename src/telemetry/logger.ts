import { destination, pino, stdTimeFunctions, type Logger as PinoLogger } from 'pino';

/** Structured log, one JSON object a line. */
export type Logger = Pick<PinoLogger, 'debug' | 'info' | 'warn' | 'error' | 'fatal'> &
  Partial<Pick<PinoLogger, 'isLevelEnabled'>>;

/** The stack says where, the chain of causes why; neither ever reaches a client. */
const describeError = (error: unknown, above: readonly unknown[] = []): unknown => {
  if (!(error instanceof Error)) return error;
  // Logging must not fail: a chain may lead back to where it began.
  if (above.includes(error)) return 'the same error as above';
  return {
    type: error.name,
    message: error.message,
    code: (error as { code?: unknown }).code,
    stack: error.stack,
    ...(error.cause === undefined ? {} : { cause: describeError(error.cause, [...above, error]) }),
  };
};

/** Headers that hold credentials, wherever in what is logged they stand, three steps deep. */
const CREDENTIALS = ['', '*', '*.*'].flatMap((place) => [
  place === '' ? 'authorization' : `${place}.authorization`,
  `${place}["x-api-key"]`,
]);

/**
 * Logs to standard error: standard output belongs to what a command prints.
 *
 * @param process said in every line: lines of several processes are read side by side.
 */
export const createLogger = (level: string, process: string): Logger =>
  pino(
    {
      level,
      base: { process },
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { error: (error) => describeError(error) },
      redact: CREDENTIALS,
    },
    destination({ dest: 2, sync: true }),
  );
