import { newsroomJsonSchema } from '../config/newsroom-json-schema.ts';
import { readSchemaText } from '../graphql/schema.ts';
import { EXIT, type ExitStatus } from './exit-status.ts';
import type { Terminal } from './terminal.ts';

/** `masthead schema`: prints the SDL of the whole graph, or the JSON Schema of the configuration file. */
export const schemaCommand = async (
  { config }: { readonly config: boolean },
  { out }: Terminal,
): Promise<ExitStatus> => {
  out(config ? JSON.stringify(newsroomJsonSchema(), null, 2) : readSchemaText());
  return EXIT.done;
};
