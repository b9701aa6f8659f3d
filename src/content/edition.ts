/** The desks this gateway knows: the values of `EditionCode` in the schema, in display order. */
export const EDITION_CODES = ['EN', 'AR', 'ES'] as const;

/** A desk. Upper case inside the gateway and in GraphQL, lower case in addresses, ids and tags. */
export type EditionCode = (typeof EDITION_CODES)[number];

export type TextDirection = 'LTR' | 'RTL';

export interface Link {
  readonly label: string;
  /** Absolute. */
  readonly url: string;
  readonly rel: string | null;
}

/** An entry of an edition's menu, in display order. */
export interface NavigationEntry {
  readonly label: string;
  /** Path of the section it leads to, without outer slashes; null when it leads elsewhere. */
  readonly sectionPath: string | null;
  /** Absolute; null: the section's own address, or a heading that leads nowhere. */
  readonly url: string | null;
  /** True for the entry that stands for the live stream: it is lit while the stream is on air. */
  readonly isLiveEntry: boolean;
  readonly children: readonly NavigationEntry[];
}

/** One desk's settings, from the configuration file. */
export interface Edition {
  readonly code: EditionCode;
  readonly name: string;
  /** What the first step of a breadcrumb says. */
  readonly homeLabel: string;
  readonly tagline: string | null;
  /** BCP 47. */
  readonly language: string;
  readonly direction: TextDirection;
  /** BCP 47 with its digits (`-u-nu-…`), e.g. `ar-LB-u-nu-latn`: how dates and numbers are written for its readers. */
  readonly locale: string;
  /** Of `locale`, as Unicode names it, e.g. `latn`. */
  readonly numberingSystem: string;
  /** IANA name, e.g. `Asia/Beirut`. */
  readonly timeZone: string;
  /** Absolute, no trailing slash; every address of the edition begins with it. */
  readonly url: string;
  readonly links: readonly Link[];
  readonly navigation: readonly NavigationEntry[];
}

/** As they are nearly always written: a page reads the editions of a hundred ids. */
const USUAL: ReadonlyMap<string, EditionCode> = new Map(
  EDITION_CODES.flatMap((code) => [code, code.toLowerCase()].map((text) => [text, code] as const)),
);

/** The edition `text` names in either case, or undefined. */
export const parseEditionCode = (text: string): EditionCode | undefined =>
  USUAL.get(text) ?? USUAL.get(text.toUpperCase());
