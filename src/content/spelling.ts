/**
 * Signs that are not seen, as editors paste them into slugs: soft hyphens, joiners, marks and isolates of direction, byte
 * order marks. Tatweel is seen and says nothing: it only stretches the letter before it.
 */
const UNSAID = /[\u00AD\u061C\u0640\u200B-\u200F\u202A-\u202E\u2060\u2066-\u2069\uFEFF]/g;

/**
 * Letters in the shape they have on paper: Arabic presentation forms, and full-width forms of what stands unescaped in an
 * address. Of the latter no other: a full-width slash is no step of a path, whatever it looks like.
 */
const SHAPED = /[\uFB50-\uFDFF\uFE70-\uFEFE\uFF0D\uFF0E\uFF10-\uFF19\uFF21-\uFF3A\uFF3F\uFF41-\uFF5A\uFF5E]/g;

/** The letters behind a shape; whole phrases, such as U+FDFA, stay signs: four words would be no step of an address. */
const plainOf = (shape: string): string => {
  const plain = shape.normalize('NFKC').trim();
  return plain.includes(' ') ? shape : plain;
};

/**
 * What a slug or a path is found by, decoded: one for all spellings a reader would call the same. It is compared and
 * never shown. Letters stay apart that are letters of their own somewhere: capitals, accents, vowel signs, digits.
 * `spelling_key` in SQL says the same of every text, and a test holds them together.
 */
export const spellingKey = (text: string): string => {
  const key = text.replaceAll(SHAPED, plainOf).replaceAll(UNSAID, '').normalize('NFC');
  // Of nothing but signs that say nothing: it is found as it stands.
  return key === '' ? text : key;
};

/** A letter takes four bytes at most. */
const LETTER_BYTES = 4;

/** Whether the key of `text` takes no more room than `limit` letters may: one ligature stands for up to four of them. */
export const isShortKey = (text: string, limit: number): boolean =>
  Buffer.byteLength(spellingKey(text)) <= limit * LETTER_BYTES;
