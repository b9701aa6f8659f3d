import { readSchemaText } from '../graphql/schema.ts';
import type { Terminal } from './configure.ts';
import { EXIT, type ExitStatus } from './exit-status.ts';

/** `masthead schema`: prints the SDL of the whole graph. */
export const schemaCommand = async ({ out }: Terminal): Promise<ExitStatus> => {
  out(readSchemaText());
  return EXIT.done;
};
