import { z } from 'zod';
import { createNewsroomSchema } from './newsroom-schema.ts';

/** What a text is that names a variable of the environment: it may stand wherever a number or a word of ours is wanted. */
const REFERENCE: z.core.JSONSchema.BaseSchema = { type: 'string', pattern: '\\$\\{env\\.[A-Za-z_][A-Za-z0-9_]*\\}' };

/** Text that anything may stand in takes a reference as it is; what leads to another schema says it there. */
const isNarrow = ({ type, format, pattern, enum: words, $ref }: z.core.JSONSchema.BaseSchema): boolean =>
  $ref === undefined && (type === 'integer' || [format, pattern, words].some((bound) => bound !== undefined));

/** The JSON Schema of the configuration file, as `docs/newsroom.schema.json` holds it: for editors. */
export const newsroomJsonSchema = (): object => {
  const schema = z.toJSONSchema(createNewsroomSchema('.'), {
    io: 'input',
    override: ({ jsonSchema, path }) => {
      delete jsonSchema['id'];
      // A name of a store or of a header is a key: references are filled in in values.
      if (path.at(-1) === 'propertyNames' || !isNarrow(jsonSchema)) return;
      const { description: _, default: __, ...narrow } = jsonSchema;
      for (const key of Object.keys(narrow)) delete jsonSchema[key];
      jsonSchema.anyOf = [narrow, REFERENCE];
    },
  });
  return { title: 'Configuration file of a Masthead gateway', ...schema };
};
