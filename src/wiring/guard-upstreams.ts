import { createGuard, type Guard, type GuardOptions } from '../stores/guarded/guard.ts';
import type { Logger } from '../telemetry/logger.ts';
import type { Metrics } from '../telemetry/metrics.ts';
import { createStoreMetrics } from '../telemetry/store-metrics.ts';

/** The guards of this gateway's stores, counted and logged. */
export interface Guards {
  /** A guard for one store. A name has one: what shares it is one store, sick or well together. */
  guardOf(options: Pick<GuardOptions, 'name' | 'settings' | 'probe'>): Guard;
  /** Every store by name. */
  states(): Readonly<Record<string, 'ok' | 'failed'>>;
  close(): void;
}

/** What is under a failure, in one line that holds no address with a password. */
const reasonOf = (error: unknown): string => {
  if (!(error instanceof Error)) return 'unknown';
  if (error.cause instanceof Error) return reasonOf(error.cause);
  const { code } = error as { code?: unknown };
  return typeof code === 'string' && !error.message.includes(code) ? `${error.message} (${code})` : error.message;
};

/** No store is guarded yet. That one is sick, and that it is well, is logged once each time. */
export const guardUpstreams = ({ logger, metrics }: { readonly logger: Logger; readonly metrics: Metrics }): Guards => {
  const counted = createStoreMetrics(metrics.registry);
  const guards = new Map<string, Guard>();
  return {
    guardOf(options) {
      const { name } = options;
      if (guards.has(name)) throw new TypeError(`Two guards for the store ${name}: one store has one`);
      const series = counted.add(name, () => guard.load());
      const guard = createGuard({
        ...options,
        observe: {
          ...series,
          stateChanged(isWell, reason) {
            series.stateChanged(isWell);
            if (isWell) logger.info({ store: name }, 'a store is well again');
            else
              logger.warn(
                { store: name, reason: reasonOf(reason) },
                'a store is sick: it is left alone but for one call now and then, and its fields are null',
              );
          },
        },
      });
      guards.set(name, guard);
      return guard;
    },
    states: () => Object.fromEntries([...guards].map(([name, guard]) => [name, guard.isWell() ? 'ok' : 'failed'])),
    close: () => guards.forEach((guard) => guard.close()),
  };
};
