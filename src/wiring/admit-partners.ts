import type { Clock } from '../clock.ts';
import type { Config } from '../config/load.ts';
import type { Database } from '../database/database.ts';
import { createCallerOf, type CallerOf } from '../http/caller-of.ts';
import { createAuthenticate } from '../partners/authenticate.ts';
import { declarePartners } from '../partners/declare-partners.ts';
import { createPartnerRegister } from '../partners/partner-register.ts';
import type { Deliveries } from '../partners/deliveries/delivery.ts';
import { createDeliveryTally, type DeliveryTally } from '../partners/deliveries/delivery-tally.ts';
import { createUsageTally } from '../partners/usage-tally.ts';
import { createDeliveryMetrics } from '../telemetry/delivery-metrics.ts';
import type { Logger } from '../telemetry/logger.ts';
import type { Metrics } from '../telemetry/metrics.ts';
import type { Parts } from './parts.ts';

export interface AdmitPartnersOptions {
  readonly config: Config;
  /** Not behind readers: a key that was revoked is looked up here. */
  readonly database: Database;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly swap: Pick<Partial<Parts>, 'callerOf' | 'deliveries'>;
}

/** Partners, told by their keys. */
export interface Admission {
  readonly callerOf: CallerOf;
  /** Told of all that they are given. */
  readonly deliveries: Deliveries;
  /** Makes the partners of the configuration file so. */
  start(): Promise<void>;
  /** Writes down what was asked and given last. */
  close(): Promise<void>;
}

/** What partners are given, written down. That it is not, and that something was lost by that, is logged once each time. */
const recordDeliveries = ({
  database,
  logger,
  metrics,
}: Pick<AdmitPartnersOptions, 'database' | 'logger' | 'metrics'>): DeliveryTally => {
  const { written, dropped } = createDeliveryMetrics(metrics.registry);
  let isLosing = false;
  return createDeliveryTally({
    database,
    onWritten: (count) => {
      written.inc(count);
      if (isLosing) logger.info({}, 'what partners are given is recorded again');
      isLosing = false;
    },
    onFailure: (error) =>
      logger.warn({ error }, 'what partners were given could not be written down: it is kept and tried again'),
    onDropped: () => {
      dropped.inc();
      if (!isLosing) logger.error({}, 'what partners are given is not recorded: there is no more room for it');
      isLosing = true;
    },
  });
};

export const admitPartners = ({ config, database, clock, logger, metrics, swap }: AdmitPartnersOptions): Admission => {
  const tally = createUsageTally({
    database,
    onFailure: (error) =>
      logger.warn({ error }, 'what partners asked could not be written down: it is kept and tried again'),
  });
  const deliveries = recordDeliveries({ database, logger, metrics });
  const authenticate = createAuthenticate({
    register: createPartnerRegister({ database }),
    clock,
    onUse: tally.count,
  });
  return {
    deliveries: swap.deliveries?.(deliveries) ?? deliveries,
    callerOf: swap.callerOf ?? createCallerOf({ authenticate, adminToken: config.environment.ADMIN_TOKEN }),
    start: () => declarePartners(database, config),
    close: async () => void (await Promise.all([tally.close(), deliveries.close()])),
  };
};
