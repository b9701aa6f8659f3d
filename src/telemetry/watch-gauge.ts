import { Gauge, type Registry } from 'prom-client';

/** Shows in `registry` what `read` gives, as it is when the figures are read. */
export const watchGauge = (registry: Registry, name: string, help: string, read: () => number): void => {
  const gauge: Gauge = new Gauge({ name, help, registers: [registry], collect: () => gauge.set(read()) });
};
