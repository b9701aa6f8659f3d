import type { OutboundAnswer } from './http-client.ts';

/** What is wrong with an answer that should be JSON. */
export type JsonProblemKind = 'content-type' | 'too-large' | 'encoding' | 'too-deep' | 'syntax' | 'forbidden-key';

/** `message` quotes nothing of the answer: it may hold what is not for logs. */
export interface JsonProblem {
  readonly kind: JsonProblemKind;
  readonly message: string;
}

export type ParsedJson = { readonly value: unknown } | { readonly problem: JsonProblem };

export interface JsonLimits {
  /** Default: 1 MiB. */
  readonly limitBytes?: number;
  /** Lists and objects within each other; default 64: whoever walks them walks recursively. */
  readonly maxDepth?: number;
}

const JSON_TYPE = /^(?:application|text)\/(?:[a-z0-9.!#$&^_-]+\+)?json$/;

/** Whether `headers` say that the body is JSON, whatever it is. */
export const isSaidToBeJson = (headers: Headers): boolean =>
  JSON_TYPE.test((headers.get('content-type')?.split(';')[0] ?? '').trim().toLowerCase());

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPENING: ReadonlySet<number> = new Set([0x5b, 0x7b]);
const CLOSING: ReadonlySet<number> = new Set([0x5d, 0x7d]);

/** Read off the bytes, where nothing is built yet. */
const isDeeperThan = (bytes: Buffer, maxDepth: number): boolean => {
  let depth = 0;
  let isText = false;
  for (let place = 0; place < bytes.length; place += 1) {
    const byte = bytes[place] as number;
    if (isText) {
      if (byte === BACKSLASH) place += 1;
      else if (byte === QUOTE) isText = false;
    } else if (byte === QUOTE) isText = true;
    else if (OPENING.has(byte)) {
      depth += 1;
      if (depth > maxDepth) return true;
    } else if (CLOSING.has(byte)) depth -= 1;
  }
  return false;
};

/** A key may be written with escapes, so these say only where it is worth looking. */
const MAY_REACH_PROTOTYPE = /__proto__|prototype|\\u00/;

/** Names by which a copy of an object would alter what all objects share. */
const reachesPrototype = (value: unknown): boolean => {
  if (typeof value !== 'object' || value === null) return false;
  if (Array.isArray(value)) return value.some(reachesPrototype);
  return Object.entries(value).some(
    ([name, inner]) =>
      name === '__proto__' ||
      (name === 'constructor' && typeof inner === 'object' && inner !== null && Object.hasOwn(inner, 'prototype')) ||
      reachesPrototype(inner),
  );
};

/**
 * The JSON of an answer, or why it is none: not said to be JSON, too large, not UTF-8, nested too deep, no JSON, or with keys
 * that reach for the prototype. A byte order mark is left out. Whether the value is what was asked for is not looked at.
 */
export const parseJson = (
  { headers, body }: Pick<OutboundAnswer, 'headers' | 'body'>,
  { limitBytes = 1024 * 1024, maxDepth = 64 }: JsonLimits = {},
): ParsedJson => {
  const fail = (kind: JsonProblemKind, message: string): ParsedJson => ({ problem: { kind, message } });
  if (!isSaidToBeJson(headers)) return fail('content-type', 'is not said to be JSON');
  if (body.length > limitBytes) return fail('too-large', `has more than ${limitBytes} bytes`);
  if (isDeeperThan(body, maxDepth)) return fail('too-deep', `nests deeper than ${maxDepth}`);
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    return fail('encoding', 'is not UTF-8');
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return fail('syntax', 'is no JSON');
  }
  if (MAY_REACH_PROTOTYPE.test(text) && reachesPrototype(value))
    return fail('forbidden-key', 'has a key that reaches for the prototype');
  return { value };
};
