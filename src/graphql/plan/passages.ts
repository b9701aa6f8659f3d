import { TypeNameMetaFieldDef, type GraphQLObjectType } from 'graphql';
import type { Context } from '../../../resolvers/context.ts';
import { LASTING } from '../../../resolvers/lasting.ts';
import type { PlannedField } from './plan.ts';

/** What one set of fields has been written as, by what it was written of. */
export interface Passage {
  /** Undefined: it has to be written. */
  find(source: unknown, context: Context): string | undefined;
  /** @param text is all that there is to say, and nothing went wrong in it. */
  keep(source: unknown, context: Context, text: string): void;
}

/** Passages of all plans, under one bound. */
export interface Passages {
  /** For `fields` of objects of `type`; undefined: what they say is not known by the object alone. */
  open(type: GraphQLObjectType, fields: readonly PlannedField[]): Passage | undefined;
}

/** Of heap. Past it all texts are forgotten, which costs that each is written once more. */
const LIMIT_BYTES = 8 * 1024 * 1024;
/** A place in a weak map, and what a text takes besides its letters. */
const PLACE_BYTES = 100;

/** Texts of one set of fields. */
interface Texts {
  /** Under whose addresses those in the texts stand. */
  readonly editions: Context['editions'];
  readonly bySource: WeakMap<object, string>;
}

const lasting: Readonly<Record<string, readonly string[] | undefined>> = LASTING;

/** Whether a field is a leaf that says the same of the same source, always. */
const isFixed = (names: readonly string[], { definition, isLeaf, resolve, takesInfo }: PlannedField): boolean =>
  isLeaf &&
  definition.args.length === 0 &&
  !takesInfo &&
  (resolve === undefined || definition === TypeNameMetaFieldDef || names.includes(definition.name));

/**
 * Nothing written yet. A page names a hundred tags and authors that other pages have named. A text ends with its source, which is
 * another object once anything about it has changed.
 */
export const createPassages = (limitBytes: number = LIMIT_BYTES): Passages => {
  let bytes = 0;
  let inUse: { texts: Texts | undefined }[] = [];

  const forgetAll = (): void => {
    for (const passage of inUse) passage.texts = undefined;
    inUse = [];
    bytes = 0;
  };

  return {
    open(type, fields) {
      const names = Object.hasOwn(lasting, type.name) ? lasting[type.name] : undefined;
      if (names === undefined || !fields.every((field) => isFixed(names, field))) return undefined;
      const own: { texts: Texts | undefined } = { texts: undefined };
      return {
        find: (source, { editions }) =>
          own.texts?.editions === editions ? own.texts?.bySource.get(source as object) : undefined,
        keep(source, { editions }, text) {
          if (typeof source !== 'object' || source === null) return;
          bytes += PLACE_BYTES + text.length;
          if (bytes > limitBytes) forgetAll();
          if (own.texts === undefined) inUse.push(own);
          if (own.texts === undefined || own.texts.editions !== editions)
            own.texts = { editions, bySource: new WeakMap() };
          // In one piece: put together of many, it would be read piece by piece wherever it stands.
          own.texts.bySource.set(source, Buffer.from(text).toString());
        },
      };
    },
  };
};
