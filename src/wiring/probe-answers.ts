import type { Changes } from '../changes/changes.ts';
import type { Environment } from '../config/schema.ts';
import { createProbe, type Probe } from '../graphql/probe.ts';
import type { Logger } from '../telemetry/logger.ts';
import type { Metrics } from '../telemetry/metrics.ts';
import { createProbeCounter } from '../telemetry/probe-metrics.ts';

export interface ProbeAnswersOptions {
  readonly changes: Changes;
  readonly environment: Environment;
  readonly logger: Logger;
  readonly metrics: Metrics;
}

/** Tags shown of an answer that was wrong: enough to find it by. */
const SHOWN_TAGS = 20;

/** The probe as this gateway runs it: counted, and an answer that was wrong is logged with what it was made of. */
export const probeAnswers = ({ changes, environment, logger, metrics }: ProbeAnswersOptions): Probe => {
  const looks = createProbeCounter(metrics.registry);
  return createProbe({
    everySeconds: environment.PROBE_SECONDS,
    catchUp: changes.step,
    onOutcome: (outcome, { tags, fence, epoch, filledAt }) => {
      looks.inc({ outcome });
      if (outcome === 'inconsistent')
        logger.error(
          { tags: tags.slice(0, SHOWN_TAGS), fence, epoch, filledAt: new Date(filledAt).toISOString() },
          'an answer out of the cache is not what the stores hold',
        );
    },
  });
};
