import type { Logger } from '../../src/telemetry/logger.ts';

/** A line as it was handed to the log. */
export interface LoggedLine {
  readonly level: string;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly message: string | undefined;
}

export interface RecordingLogger {
  readonly logger: Logger;
  readonly lines: readonly LoggedLine[];
  /** Resolves when the next line with this message is written. */
  next(message: string): Promise<void>;
}

/** A log that keeps its lines for a test to read. */
export const createRecordingLogger = (): RecordingLogger => {
  const lines: LoggedLine[] = [];
  const waiting = new Map<string, () => void>();
  const write = (level: string) => (fields: object, message?: string) => {
    lines.push({ level, fields: { ...fields }, message });
    waiting.get(message ?? '')?.();
    waiting.delete(message ?? '');
  };
  const logger = Object.fromEntries(
    ['debug', 'info', 'warn', 'error', 'fatal'].map((level) => [level, write(level)]),
  ) as unknown as Logger;
  return {
    logger,
    lines,
    next: (message) => new Promise((resolve) => waiting.set(message, resolve)),
  };
};
