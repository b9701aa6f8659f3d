import type { CacheResult } from '../cache/response-cache.ts';
import type { Instant } from '../clock.ts';
import type { Entry } from '../content/answer.ts';
import { secondsLeft, writeEntryHeaders, type Header, type HeaderOptions } from './entry-headers.ts';
import type { Coding } from './negotiate.ts';
import { findPacked } from './packed-body.ts';

/** A kept answer as it goes out in this second, but for the id of the request. */
export interface ReadyForm {
  readonly bytes: Buffer;
  readonly etag: string | undefined;
  /** Names and values in turn, as `writeHead` takes them; the request's id belongs at `REQUEST_ID_AT`. */
  readonly head: string[];
  /** How much of `head` a 304 says. */
  readonly notModifiedLength: number;
}

interface Form extends ReadyForm {
  /** The second it was written for. */
  left: number;
  readonly around: readonly Header[];
}

export const REQUEST_ID_AT = 1;

export interface Forms {
  /**
   * How `hit`, live, goes out in `coding` at `now`, among the headers `around` that others set; undefined when it was
   * not packed that way yet.
   */
  of(hit: CacheResult, coding: Coding, around: readonly Header[], now: Instant): ReadyForm | undefined;
}

/** Headers written once for every second an entry is asked for. */
export const createForms = (options: HeaderOptions): Forms => {
  // Weakly: what the cache lets go of goes with all that was made of it.
  const written = new WeakMap<Entry, { [Name in Coding]?: Form }>();

  return {
    of(hit, coding, around, now) {
      const { entry } = hit;
      const left = secondsLeft(entry, now);
      let forms = written.get(entry);
      const form = forms?.[coding];
      if (form !== undefined && form.left === left && form.around === around) return form;
      const packed = findPacked(entry, coding);
      if (packed === undefined) return undefined;
      const { ofAnswer, ofBytes, etag } = writeEntryHeaders(hit, packed, now, options);
      const head = ['x-request-id', '', ...[...around, ...ofAnswer, ...ofBytes].flat()];
      if (form !== undefined && form.around === around && form.etag === etag && form.head.length === head.length) {
        // In its old place: thousands of lists a second that live for a second are what a collector is slowest at.
        for (const [place, text] of head.entries()) if (form.head[place] !== text) form.head[place] = text;
        form.left = left;
        return form;
      }
      const notModifiedLength = 2 * (1 + around.length + ofAnswer.length);
      const fresh: Form = { left, around, bytes: packed.bytes, etag, head, notModifiedLength };
      if (forms === undefined) {
        forms = {};
        written.set(entry, forms);
      }
      forms[coding] = fresh;
      return fresh;
    },
  };
};
