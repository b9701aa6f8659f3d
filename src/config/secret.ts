import { scryptSync } from 'node:crypto';

/** A text that is shown nowhere: not as JSON, not in a log, only to who reveals it. */
export interface Secret {
  reveal(): string;
  /** Says that something is kept back, and nothing of it. */
  toJSON(): string;
}

/** `text`, kept back. */
export const createSecret = (text: string): Secret => Object.freeze({ reveal: () => text, toJSON: () => '(secret)' });

/** Dear to compute, on purpose: names that are made of it stand where others read, and passwords can be guessed. */
const DIGEST_BYTES = 32;
const DIGEST_SALT = 'masthead: secrets of the configuration';

const isSecret = (value: object): value is Secret => 'reveal' in value && typeof value.reveal === 'function';
/** Documents are values of classes too, which lead back to where they began; what the file holds is plain. */
const isPlain = (value: object): boolean =>
  Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype || Object.getPrototypeOf(value) === null;

const revealAll = (value: unknown): readonly string[] => {
  if (typeof value !== 'object' || value === null || !isPlain(value)) return [];
  return isSecret(value) ? [value.reveal()] : Object.values(value).flatMap(revealAll);
};

/** Equal while all secrets in `value` are, in their order; tells nothing of them. Empty: there are none. */
export const digestSecrets = (value: unknown): string => {
  const secrets = revealAll(value);
  return secrets.length === 0 ? '' : scryptSync(JSON.stringify(secrets), DIGEST_SALT, DIGEST_BYTES).toString('hex');
};
