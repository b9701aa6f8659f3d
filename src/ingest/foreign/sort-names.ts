import type { NamedDocument } from '../document.ts';
import { digestOf, slugOfWords } from './words.ts';

/** A subject, category or keyword of others. */
export interface ForeignName {
  readonly name: string;
  /** Its code or the last step of its address: a section may be known by that. */
  readonly codes: readonly string[];
  /** Told what it became; not called when it is dropped. */
  readonly note: (target: 'section' | 'tag') => void;
}

/** What names became. */
export interface SortedNames {
  /** Paths of sections that exist, in the order of the names, each once. */
  readonly sections: readonly string[];
  readonly tags: readonly NamedDocument[];
}

// As the import document has them.
const MAX_SECTIONS = 20;
const MAX_TAGS = 100;
const MAX_NAME_LETTERS = 200;

/** `C++` and `C#` are not `C`, and `Canal+` is no canal; a hash or star before a word is only its decoration. */
const IS_TOLD_BY_SIGNS = /[\p{L}\p{M}\p{N}][+#*]/u;

/** A tag or author that is made when it is missing; undefined when `name` has no letters to be found by, or too many. */
export const namedOf = (name: string): Exclude<NamedDocument, string> | undefined => {
  const line = name.normalize('NFC').replace(/\s+/gu, ' ').trim();
  const words = slugOfWords(line);
  const slug = words !== '' && IS_TOLD_BY_SIGNS.test(line) ? `${words}-${digestOf(line)}` : words;
  return slug === '' || line.length > MAX_NAME_LETTERS ? undefined : { slug, name: line };
};

/** Names of sections become sections, all others tags; what is over the limits of an article is dropped. */
export const sortNames = (
  names: readonly ForeignName[],
  sectionOf: (names: readonly string[]) => string | undefined,
): SortedNames => {
  const sections = new Set<string>();
  const tags = new Map<string, Exclude<NamedDocument, string>>();
  for (const { name, codes, note } of names) {
    const section = sectionOf([name, ...codes]);
    if (section !== undefined && (sections.has(section) || sections.size < MAX_SECTIONS)) {
      sections.add(section);
      note('section');
      continue;
    }
    const tag = section === undefined ? namedOf(name) : undefined;
    if (tag === undefined || (!tags.has(tag.slug) && tags.size >= MAX_TAGS)) continue;
    if (!tags.has(tag.slug)) tags.set(tag.slug, tag);
    note('tag');
  }
  return { sections: [...sections], tags: [...tags.values()] };
};
