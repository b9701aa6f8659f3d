import { createChanges, type Changes, type ChangesOptions } from '../changes/changes.ts';
import { processNameOf } from '../config/process-name-of.ts';
import type { Environment } from '../config/schema.ts';
import type { Logger } from '../telemetry/logger.ts';
import { watchFollower } from '../telemetry/follower-metrics.ts';
import type { Metrics } from '../telemetry/metrics.ts';

export interface FollowChangesOptions extends Pick<ChangesOptions, 'database' | 'clock' | 'onClock'> {
  readonly environment: Environment;
  readonly logger: Logger;
  readonly metrics: Metrics;
}

/** The change log as this gateway follows it; that it cannot be read, and that it can again, is logged once. */
export const followChanges = ({ environment, logger, metrics, ...options }: FollowChangesOptions): Changes => {
  let isLogRead = true;
  let readAtMs = performance.now();
  const changes = createChanges({
    ...options,
    process: processNameOf(environment),
    degradedSeconds: environment.DEGRADED_SECONDS,
    softSeconds: environment.SOFT_SECONDS,
    onFailure: (error) => {
      if (isLogRead) logger.error({ error }, 'the change log cannot be read: nothing kept is trusted');
      isLogRead = false;
    },
    onRejoin: () =>
      logger.warn({}, 'others had declared this process dead, or the log was replaced: it joins the log again'),
    onApplied: (sequence) => {
      if (!isLogRead) logger.info({ sequence }, 'the change log is read again');
      isLogRead = true;
      readAtMs = performance.now();
      metrics.appliedSequence.set(sequence);
    },
  });
  const { follower } = changes;
  watchFollower(metrics.registry, {
    standing: follower.standing,
    silentSeconds: () => (performance.now() - readAtMs) / 1000,
    memory: follower.memory,
    applied: follower.applied,
    tombstones: follower.tombstones.size,
  });
  return changes;
};
