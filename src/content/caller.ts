import type { Plan } from './plan.ts';

/** Who a partner is. */
export interface PartnerIdentity {
  readonly id: string;
  readonly name: string;
}

/** Who asks, as far as it changes an answer. */
export interface Caller {
  /** Digest of what the caller may see: callers of one audience share answers. */
  readonly audience: string;
  /** Null: whoever brings no key. */
  readonly partner: PartnerIdentity | null;
  /** What the partner may have; null: what everybody may have. */
  readonly plan: Plan | null;
}

/** Whoever brings no key. */
export const ANONYMOUS: Caller = { audience: 'public', partner: null, plan: null };
