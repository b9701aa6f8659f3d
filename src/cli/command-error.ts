import type { ExitStatus } from './exit-status.ts';

/** A command that cannot go on: one line for the person at the terminal, and how the process ends. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
  readonly exitStatus: ExitStatus;

  constructor(message: string, exitStatus: ExitStatus, options?: ErrorOptions) {
    super(message, options);
    this.exitStatus = exitStatus;
  }
}
