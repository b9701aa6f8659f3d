import { readSchemaText } from '../graphql/schema.ts';
import { EXIT, type ExitStatus } from './exit-status.ts';
import type { Terminal } from './terminal.ts';

/** `masthead schema`: prints the SDL of the whole graph. */
export const schemaCommand = async ({ out }: Terminal): Promise<ExitStatus> => {
  out(readSchemaText());
  return EXIT.done;
};
