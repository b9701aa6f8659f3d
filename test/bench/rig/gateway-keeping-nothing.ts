/** `masthead start` of a gateway that makes every answer anew: what a query costs that no cache has seen. */
import { startCommand } from '../../../src/cli/start-command.ts';

process.exitCode = await startCommand(
  {},
  { out: () => undefined, err: (line) => console.error(line) },
  { answersLimitBytes: 1 },
);
