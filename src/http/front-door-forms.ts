import type { CacheResult } from '../cache/response-cache.ts';
import type { Instant } from '../clock.ts';
import { endOf, secondsTo, writeEntryHeaders, type Header, type HeaderOptions } from './entry-headers.ts';
import type { Coding } from './negotiate.ts';
import { findBytes, findPacked } from './packed-body.ts';
import type { WrittenHead } from './written-heads.ts';

/**
 * How a kept answer goes out in this second, but for the id of the request and the bytes: those belong to the entry, and
 * may be let go of before what is noted beside it.
 */
export interface ReadyForm {
  readonly status: number;
  /** Of its bytes. */
  readonly coding: Coding;
  readonly length: number;
  readonly etag: string | undefined;
  /** Names and values in turn, as `writeHead` takes them; the request's id belongs at `REQUEST_ID_AT`. */
  readonly head: string[];
  /** How much of `head` a 304 says. */
  readonly notModifiedLength: number;
  /** The same as it is written, for the whole answer and for a 304. */
  readonly written: { readonly whole: FormHead; readonly notModified: FormHead };
}

/** How a head is written. */
export interface FormHead {
  /** In this second; undefined: nobody was sent it yet. */
  current: WrittenHead | undefined;
  /** Whether Node, in whatever second, wrote it just as the door does: then the door writes it in all others. */
  isOurs: boolean;
}

interface Form extends ReadyForm {
  readonly around: readonly Header[];
  /** The end of the entry's life, and the whole seconds to it for which this was written. */
  readonly end: Instant;
  left: number;
}

export const REQUEST_ID_AT = 1;

export interface Forms {
  /**
   * How `hit`, live, goes out in `coding` at `now`, among the headers `around` that others set; undefined when it was
   * not packed that way yet.
   */
  of(hit: CacheResult, coding: Coding, around: readonly Header[], now: Instant): ReadyForm | undefined;
}

/** What they are noted as beside an answer. */
const NOTE = 'front door';

/** Texts that are shared, each short: values of headers that say the same of many answers. */
const SHARED_LIMIT = 4_096;
const SHARED_LENGTH = 64;

/** One string for all that are equal: what every answer says lies in one place, however many answers there are. */
const createShare = (): ((text: string) => string) => {
  const shared = new Map<string, string>();
  return (text) => {
    if (text.length > SHARED_LENGTH) return text;
    const known = shared.get(text);
    if (known !== undefined) return known;
    if (shared.size >= SHARED_LIMIT) shared.clear();
    shared.set(text, text);
    return text;
  };
};

/** Headers written once for every second an entry is asked for. */
export const createForms = (options: HeaderOptions): Forms => {
  const share = createShare();

  const write = (hit: CacheResult, coding: Coding, around: readonly Header[], now: Instant): Form | undefined => {
    const packed = findPacked(hit.entry, coding);
    if (packed === undefined) return undefined;
    const { ofAnswer, ofBytes, etag } = writeEntryHeaders(hit, packed, now, options);
    const head = ['x-request-id', ''];
    for (const headers of [around, ofAnswer, ofBytes])
      for (const [name, value] of headers) head.push(name, value === etag ? value : share(value));
    const end = endOf(hit.entry);
    return {
      status: hit.entry.status,
      coding: packed.coding,
      length: packed.bytes.length,
      etag,
      head,
      notModifiedLength: 2 * (1 + around.length + ofAnswer.length),
      written: {
        whole: { current: undefined, isOurs: false },
        notModified: { current: undefined, isOurs: false },
      },
      around,
      end,
      left: secondsTo(end, now),
    };
  };

  const isTrue = (form: Form, { entry }: CacheResult, around: readonly Header[], now: Instant): boolean =>
    form.left === secondsTo(form.end, now) &&
    form.around === around &&
    findBytes(entry, form.coding)?.length === form.length;

  return {
    of(hit, coding, around, now) {
      const forms = (hit.notes[NOTE] ??= {}) as { [Name in Coding]?: Form };
      const known = forms[coding];
      if (known !== undefined && isTrue(known, hit, around, now)) return known;
      const form = write(hit, coding, around, now);
      if (form === undefined) return undefined;
      if (
        known !== undefined &&
        known.around === around &&
        known.etag === form.etag &&
        known.length === form.length &&
        known.head.length === form.head.length
      ) {
        // In its old place: thousands of lists that live for a second are what a collector is slowest at.
        for (const [place, text] of form.head.entries()) if (known.head[place] !== text) known.head[place] = text;
        known.left = form.left;
        known.written.whole.current = undefined;
        known.written.notModified.current = undefined;
        return known;
      }
      forms[coding] = form;
      return form;
    },
  };
};
