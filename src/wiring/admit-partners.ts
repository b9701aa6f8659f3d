import type { Clock } from '../clock.ts';
import type { Config } from '../config/load.ts';
import type { Database } from '../database/database.ts';
import { createCallerOf, type CallerOf } from '../http/caller-of.ts';
import { createAuthenticate } from '../partners/authenticate.ts';
import { declarePartners } from '../partners/declare-partners.ts';
import { createPartnerRegister } from '../partners/partner-register.ts';
import { createUsageTally } from '../partners/usage-tally.ts';
import type { Logger } from '../telemetry/logger.ts';

export interface AdmitPartnersOptions {
  readonly config: Config;
  /** Not behind readers: a key that was revoked is looked up here. */
  readonly database: Database;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Partners, told by their keys. */
export interface Admission {
  readonly callerOf: CallerOf;
  /** Makes the partners of the configuration file so. */
  start(): Promise<void>;
  /** Writes down what was asked last. */
  close(): Promise<void>;
}

export const admitPartners = ({ config, database, clock, logger }: AdmitPartnersOptions): Admission => {
  const tally = createUsageTally({
    database,
    onFailure: (error) =>
      logger.warn({ error }, 'what partners asked could not be written down: it is kept and tried again'),
  });
  const authenticate = createAuthenticate({
    register: createPartnerRegister({ database }),
    clock,
    onUse: tally.count,
  });
  return {
    callerOf: createCallerOf({ authenticate, adminToken: config.environment.ADMIN_TOKEN }),
    start: () => declarePartners(database, config),
    close: tally.close,
  };
};
