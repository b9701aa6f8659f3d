import type { Queryable } from '../database/database.ts';
import { loadRegister, loadRegisterVersion, type RegisteredKey } from './partner-rows.ts';

/** The keys of all partners, as a process holds them. */
export interface PartnerRegister {
  /**
   * Resolves once the register is known to have been true at most `maxAgeMs` ago. Default: `REGISTER_MAX_AGE_MS`.
   *
   * @throws {StoreError} when the database does not say: then nobody knows whether a key still opens anything.
   */
  confirm(maxAgeMs?: number): Promise<void>;
  /** The key of this prefix, as of the last confirmation. */
  find(prefix: string): RegisteredKey | undefined;
}

/**
 * A key that was revoked opens nothing after so long, wherever. Asked for when a key comes, not by a timer: who has no partners asks
 * nothing, and what cannot be confirmed is not relied on.
 */
export const REGISTER_MAX_AGE_MS = 2_000;

/**
 * A key that is shown opens what it opens at once, also where keys were read a moment before: one that is not known is looked for
 * again. So often at most, whoever makes up keys.
 */
export const LOOK_AGAIN_MS = 100;

export interface PartnerRegisterOptions {
  readonly database: Queryable;
  /** Milliseconds on a clock that nobody sets. */
  readonly elapsed?: () => number;
}

/** A register that has read nothing yet. */
export const createPartnerRegister = ({
  database,
  elapsed = () => performance.now(),
}: PartnerRegisterOptions): PartnerRegister => {
  let version: string | undefined;
  let keys: ReadonlyMap<string, RegisteredKey> = new Map();
  let confirmedAt = -Infinity;
  let confirming: Promise<void> | undefined;

  const ask = async (): Promise<void> => {
    // Before the question: what is done after it was answered is not in the answer.
    const askedAt = elapsed();
    if (version === undefined || version !== (await loadRegisterVersion(database))) {
      const read = await loadRegister(database);
      keys = new Map(read.keys.map((key) => [key.prefix, key]));
      version = read.version;
    }
    confirmedAt = askedAt;
  };

  return {
    async confirm(maxAgeMs = REGISTER_MAX_AGE_MS) {
      if (elapsed() - confirmedAt <= maxAgeMs) return;
      confirming ??= ask().finally(() => (confirming = undefined));
      await confirming;
    },
    find: (prefix) => keys.get(prefix),
  };
};
