import { cleanText } from '../xml/clean-text.ts';

/** `value` as JSON that every reader takes: without the letters that feeds of XML leave out, absent where it is null. */
export const writeJson = (value: unknown): string =>
  JSON.stringify(value, (_name, inner: unknown) =>
    inner === null ? undefined : typeof inner === 'string' ? cleanText(inner) : inner,
  );
