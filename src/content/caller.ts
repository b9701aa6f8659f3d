/** Who asks, as far as it changes an answer. */
export interface Caller {
  /** Digest of what the caller may see: callers of one audience share answers. */
  readonly audience: string;
}

/** Whoever brings no key. */
export const ANONYMOUS: Caller = { audience: 'public' };
