import { ARABIC } from './arabic.ts';
import { ENGLISH } from './english.ts';
import { SPANISH } from './spanish.ts';

/** A word in the forms that go with numbers, by the categories of Unicode's plural rules; `{n}` is the number. */
export type Forms = { readonly [Category in Intl.LDMLPluralRule]?: string } & { readonly other: string };

/** What this site says itself, in one language. Everything else on a page comes from the graph. */
export interface Wording {
  readonly language: string;
  readonly direction: 'ltr' | 'rtl';
  readonly skipToContent: string;
  readonly editions: string;
  readonly mainMenu: string;
  readonly subMenu: string;
  readonly breadcrumb: string;
  readonly search: string;
  readonly searchPlaceholder: string;
  readonly latest: string;
  readonly breaking: string;
  readonly trending: string;
  readonly mostRead: string;
  readonly readThis: string;
  readonly readMore: string;
  readonly tags: string;
  /** Stands before who signs. */
  readonly by: string;
  readonly source: Forms;
  readonly updated: string;
  readonly shares: Forms;
  readonly minutesToRead: Forms;
  readonly pictures: Forms;
  readonly results: Forms;
  /** In quotation marks. */
  readonly quoted: (words: string) => string;
  /** `asked` as it is to be shown, marks included. */
  readonly resultsFor: (asked: string) => string;
  readonly nothingFound: string;
  readonly nothingFoundHint: string;
  readonly nothingHere: string;
  readonly moreOf: (name: string) => string;
  readonly older: string;
  readonly newest: string;
  readonly corrections: string;
  readonly alsoIn: string;
  readonly share: string;
  readonly shareOn: (place: string) => string;
  readonly watchOn: (place: string) => string;
  readonly watchOnItsPage: string;
  /** Of a text of others of which only the beginning may be shown. */
  readonly withheld: string;
  readonly authors: string;
  readonly tag: string;
  readonly sections: string;
  readonly about: readonly string[];
  readonly contact: readonly string[];
  readonly notFoundTitle: string;
  readonly notFoundText: string;
  readonly goneTitle: string;
  readonly goneText: string;
  /** Of a request that is refused. */
  readonly refusedTitle: string;
  readonly refusedText: string;
  readonly awayTitle: string;
  readonly awayText: string;
  readonly toFrontPage: string;
}

const BY_LANGUAGE: ReadonlyMap<string, Wording> = new Map(
  [ENGLISH, ARABIC, SPANISH].map((wording) => [wording.language, wording]),
);

/** The words for a BCP 47 language tag; English where there are none of its own. */
export const wordingOf = (language: string): Wording => BY_LANGUAGE.get(new Intl.Locale(language).language) ?? ENGLISH;
