import { Gauge, type Registry } from 'prom-client';
import { watchGauge } from './watch-gauge.ts';

/** What the figures of a follower are read from, at the moment somebody reads them. */
export interface FollowerFigures {
  readonly standing: () => string;
  /** Seconds since the log was last read to its end and the lease renewed. */
  readonly silentSeconds: () => number;
  readonly memory: () => { readonly tags: number; readonly floor: number };
  readonly applied: () => number;
  readonly tombstones: () => number;
}

/** Every word a standing can be: each is a series of its own, 1 while it holds. */
const STANDINGS = ['trusted', 'recovering', 'degraded', 'lost'] as const;

/** Shows how this process stands to the change log, in `registry`. */
export const watchFollower = (registry: Registry, figures: FollowerFigures): void => {
  const registers = [registry];
  const watch = watchGauge.bind(null, registry);
  const standing: Gauge<'standing'> = new Gauge({
    name: 'masthead_lease_standing',
    help: '1 for how this process stands: trusted, recovering, degraded, lost.',
    labelNames: ['standing'],
    registers,
    collect() {
      const held = figures.standing();
      for (const name of STANDINGS) standing.set({ standing: name }, name === held ? 1 : 0);
    },
  });
  watch(
    'masthead_log_silent_seconds',
    'Time since the change log was last read to its end and the lease renewed.',
    figures.silentSeconds,
  );
  watch('masthead_log_tags', 'Tags whose last change is remembered.', () => figures.memory().tags);
  watch(
    'masthead_log_floor_distance',
    'Changes between the floor, before which everything counts as changed, and the last one taken in.',
    () => figures.applied() - figures.memory().floor,
  );
  watch('masthead_tombstones', 'Articles hidden by a takedown.', figures.tombstones);
};
