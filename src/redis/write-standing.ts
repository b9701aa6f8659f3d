/** Whether a server that answers takes what is written to it: one that is full or read-only does not. Begins as one that does. */
export interface WriteStanding {
  taken(): void;
  refused(reason: string): void;
}

export interface WriteStandingOptions {
  /** How long after it refused a write a server that takes one counts as taking them: one that is full takes a few. */
  readonly refusalMs: number;
  /** Once per change; `reason`, of a refusal, holds no secret. */
  readonly onChanged: (isTaking: boolean, reason: string) => void;
}

/** Tells when a server begins to refuse writes, and when it takes them again. */
export const createWriteStanding = ({ refusalMs, onChanged }: WriteStandingOptions): WriteStanding => {
  let refusedAt: number | undefined;
  return {
    taken() {
      if (refusedAt === undefined || performance.now() - refusedAt < refusalMs) return;
      refusedAt = undefined;
      onChanged(true, '');
    },
    refused(reason) {
      if (refusedAt === undefined) onChanged(false, reason);
      refusedAt = performance.now();
    },
  };
};
