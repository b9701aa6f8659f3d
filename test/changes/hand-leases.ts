import type { Leases } from '../../src/changes/leases.ts';

/** Leases of one process whose row the test can take away, and whose renewals it can hold up. */
export interface HandLeases extends Leases {
  /** As an appender does with a life it declares dead. */
  declareDead(): void;
  /** Called before every renewal reaches the table; what it throws, the renewal throws. */
  beforeRenewal: () => Promise<void>;
  /** Lives that have a row. */
  readonly lives: ReadonlySet<string>;
  /** Lives that are waited for no more, in the order in which that was said. */
  readonly forgiven: readonly string[];
}

/** An empty table. */
export const createHandLeases = (): HandLeases => {
  const lives = new Set<string>();
  const forgiven: string[] = [];
  const leases: HandLeases = {
    lives,
    forgiven,
    beforeRenewal: async () => undefined,
    declareDead: () => lives.clear(),
    join: async (life, former) => {
      for (const other of former) lives.delete(other);
      lives.add(life);
    },
    renew: async (life) => {
      await leases.beforeRenewal();
      return lives.has(life) ? 0 : undefined;
    },
    forgive: async (former) => void forgiven.push(...former),
    leave: async (life) => void lives.delete(life),
  };
  return leases;
};
