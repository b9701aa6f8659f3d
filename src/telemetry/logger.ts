import { destination, pino, stdTimeFunctions, type Logger as PinoLogger } from 'pino';

/** Structured log, one JSON object a line. */
export type Logger = Pick<PinoLogger, 'debug' | 'info' | 'warn' | 'error' | 'fatal'>;

/** The stack says where, the chain of causes why; neither ever reaches a client. */
const describeError = (error: unknown): unknown =>
  error instanceof Error
    ? {
        type: error.name,
        message: error.message,
        code: (error as { code?: unknown }).code,
        stack: error.stack,
        ...(error.cause === undefined ? {} : { cause: describeError(error.cause) }),
      }
    : error;

/** Logs to standard error: standard output belongs to what a command prints. */
export const createLogger = (level: string): Logger =>
  pino(
    {
      level,
      base: { process: 'masthead' },
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { error: describeError },
      redact: ['*.authorization', '*["x-api-key"]', 'headers.authorization', 'headers["x-api-key"]'],
    },
    destination({ dest: 2, sync: true }),
  );
