import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** A key as a request brings it: what finds it, and what is compared. */
export interface GivenKey {
  /** Public: it names the key in lists and to `masthead partner revoke`. */
  readonly prefix: string;
  /** SHA-256 of the whole key, in hex. It is 160 random bits: nobody finds a key for a digest. */
  readonly digest: string;
}

/** A key that was made this moment; `text` is shown once and kept nowhere. */
export interface NewKey extends GivenKey {
  readonly text: string;
}

/** What every key begins with, so that scanners of leaked secrets know one when they see it. */
const START = 'mh_live_';
const PREFIX_LETTERS = 8;
const SECRET_LETTERS = 32;
/** Crockford's base 32, lower case. */
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
const SHAPE = new RegExp(`^${START}([${ALPHABET}]{${PREFIX_LETTERS}})_[${ALPHABET}]{${SECRET_LETTERS}}$`);

const randomLetters = (count: number): string => [...randomBytes(count)].map((byte) => ALPHABET[byte & 31]).join('');

const digestOf = (text: string): string => createHash('sha256').update(text).digest('hex');

/** A new key. */
export const createKey = (): NewKey => {
  const prefix = randomLetters(PREFIX_LETTERS);
  const text = `${START}${prefix}_${randomLetters(SECRET_LETTERS)}`;
  return { text, prefix, digest: digestOf(text) };
};

/** The key that `text` is, as far as one can see; undefined: it never was one. */
export const readKey = (text: string): GivenKey | undefined => {
  const prefix = SHAPE.exec(text)?.[1];
  return prefix === undefined ? undefined : { prefix, digest: digestOf(text) };
};

/** Compared where no key is found, so that the time tells nobody whether one was. */
const NO_DIGEST = digestOf('');

/** Whether a key is the one whose digest is kept, in a time that tells nothing of it. */
export const isSameKey = ({ digest }: GivenKey, kept: string | undefined): boolean =>
  timingSafeEqual(Buffer.from(digest, 'hex'), Buffer.from(kept ?? NO_DIGEST, 'hex'));
