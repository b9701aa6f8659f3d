import { Counter, type Registry } from 'prom-client';

/** How recording what partners are given goes. */
export interface DeliveryMetrics {
  readonly written: Counter;
  readonly dropped: Counter;
}

/** The figures of that, in `registry`. No label names a partner or an article. */
export const createDeliveryMetrics = (registry: Registry): DeliveryMetrics => {
  const registers = [registry];
  return {
    written: new Counter({
      name: 'masthead_deliveries_written_total',
      help: 'Rows written of what partners were given: one per partner, way and manifest in a batch.',
      registers,
    }),
    dropped: new Counter({
      name: 'masthead_deliveries_dropped_total',
      help: 'Answers given to partners and not recorded, since the database was away for too long: a receipt may lack them.',
      registers,
    }),
  };
};
