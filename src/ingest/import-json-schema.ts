import { z } from 'zod';
import { documentSchema } from './document.ts';

/** The JSON Schema of one line of an import file, as `docs/import.schema.json` holds it. */
export const importJsonSchema = (): object => ({
  title: 'One line of a Masthead import file',
  ...z.toJSONSchema(documentSchema, { io: 'input' }),
});
