import type { MediaType } from '../graphql/executor.ts';
import { negotiateCoding, negotiateMediaType, type Coding } from './negotiate.ts';

/** The form a client wants its answer in. */
export interface Wants {
  /** undefined: it takes none that is offered. */
  mediaTypeOf(accept: string | undefined): MediaType | undefined;
  codingOf(acceptEncoding: string | undefined): Coding;
}

/** Header values remembered; clients send a handful. */
const MEMO_LIMIT = 256;
/** A longer value is worked out every time: nobody but whoever wants to fill memory sends it. */
const VALUE_LIMIT = 256;

const remember = <Value>(decide: (header: string | undefined) => Value): ((header: string | undefined) => Value) => {
  const known = new Map<string, { readonly value: Value }>();
  const ofNone = decide(undefined);
  return (header) => {
    if (header === undefined) return ofNone;
    const found = known.get(header);
    if (found !== undefined) return found.value;
    const value = decide(header);
    if (header.length > VALUE_LIMIT) return value;
    if (known.size >= MEMO_LIMIT) known.clear();
    known.set(header, { value });
    return value;
  };
};

/** Negotiation as everywhere else, each header value worked out once. */
export const createWants = (): Wants => ({
  mediaTypeOf: remember((accept) => negotiateMediaType(accept === undefined ? {} : { accept })),
  codingOf: remember((value) => negotiateCoding(value === undefined ? {} : { 'accept-encoding': value })),
});
