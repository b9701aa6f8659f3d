import type { Logger } from '../../src/telemetry/logger.ts';

/** A line as it was handed to the log. */
export interface LoggedLine {
  readonly level: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** A log that keeps its lines for a test to read. */
export const createRecordingLogger = (): { readonly logger: Logger; readonly lines: readonly LoggedLine[] } => {
  const lines: LoggedLine[] = [];
  const write = (level: string) => (fields: object) => void lines.push({ level, fields: { ...fields } });
  const logger = Object.fromEntries(
    ['debug', 'info', 'warn', 'error', 'fatal'].map((level) => [level, write(level)]),
  ) as unknown as Logger;
  return { logger, lines };
};
