import { Counter, type Registry } from 'prom-client';

/** Counts what came of looking at kept answers: consistent, inconsistent, overtaken, failed. */
export const createProbeCounter = (registry: Registry): Counter<'outcome'> =>
  new Counter({
    name: 'masthead_probe_looks_total',
    help: 'Kept answers made again from the stores and compared: consistent, inconsistent, overtaken, failed.',
    labelNames: ['outcome'],
    registers: [registry],
  });
