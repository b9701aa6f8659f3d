import { GraphQLScalarType, Kind, type ValueNode } from 'graphql';
import { GatewayError } from '../src/errors.ts';
import type { Instant } from '../src/clock.ts';
import { parseInstant } from '../src/content/instant.ts';

const refuse = (message: string): never => {
  throw new GatewayError('BAD_USER_INPUT', message);
};

const readText = (name: string, node: ValueNode): string =>
  node.kind === Kind.STRING ? node.value : refuse(`${name} is written as a string`);

const readInstant = (value: unknown): Instant => {
  const instant = typeof value === 'string' ? parseInstant(value) : null;
  return instant ?? refuse('DateTime must be an RFC 3339 instant with an offset, e.g. 2026-11-23T10:31:00+03:00');
};

/** Milliseconds inside, RFC 3339 outside; resolvers write it, for only they know the edition's offset. */
export const DateTime = new GraphQLScalarType<Instant, string>({
  name: 'DateTime',
  serialize: (value) => value as string,
  parseValue: readInstant,
  parseLiteral: (node) => readInstant(readText('DateTime', node)),
});

const URL_LIMIT = 2_000;

const readUrl = (value: unknown): string => {
  if (typeof value !== 'string' || value.length > URL_LIMIT)
    return refuse(`URL must be text of at most ${URL_LIMIT} characters`);
  const { protocol } = URL.parse(value) ?? {};
  return protocol === 'https:' || protocol === 'http:' ? value : refuse('URL must be an absolute http(s) address');
};

export const Url = new GraphQLScalarType<string, string>({
  name: 'URL',
  serialize: (value) => value as string,
  parseValue: readUrl,
  parseLiteral: (node) => readUrl(readText('URL', node)),
});

const readLocale = (value: unknown): string => {
  try {
    // A list of tags would be taken too, and all but its first lost.
    const [locale] = typeof value === 'string' ? Intl.getCanonicalLocales(value) : [];
    return locale ?? refuse('Locale must be text');
  } catch {
    return refuse('Locale must be a BCP 47 language tag, e.g. es-419');
  }
};

export const Locale = new GraphQLScalarType<string, string>({
  name: 'Locale',
  serialize: (value) => value as string,
  parseValue: readLocale,
  parseLiteral: (node) => readLocale(readText('Locale', node)),
});
