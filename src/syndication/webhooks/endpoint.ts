import { randomBytes } from 'node:crypto';
import type { Instant } from '../../clock.ts';
import type { EditionCode } from '../../content/edition.ts';
import type { Row } from '../../database/database.ts';

/** Where a partner is told of changes. */
export interface Endpoint {
  readonly id: string;
  readonly partnerId: string;
  readonly url: string;
  /** Empty: every one. */
  readonly editions: readonly EditionCode[];
  /** What happened before is passed over until it has caught up; null: nothing is. */
  readonly beginsAt: Instant | null;
  /** Null: it is live. */
  readonly disabled: { readonly at: Instant; readonly reason: string } | null;
  /** All up to here is to be delivered or was; null: it begins. */
  readonly cursor: string | null;
  readonly succeededAt: Instant | null;
  /** Times in a row that it gave no answer. */
  readonly failures: number;
  readonly restsUntil: Instant | null;
}

/** Why an endpoint is told nothing: `gone`, it answered 410; `failing`, it took nothing for days; `operator`, somebody said so. */
export type DisabledReason = 'gone' | 'failing' | 'operator';

export interface EndpointRow extends Row {
  readonly id: string;
  readonly partner_id: string;
  readonly url: string;
  readonly editions: readonly EditionCode[];
  readonly begins_at: Date | null;
  readonly disabled_at: Date | null;
  readonly disabled_reason: string | null;
  readonly cursor: string | null;
  readonly succeeded_at: Date | null;
  readonly failures: number;
  readonly rests_until: Date | null;
}

/** What `mapEndpoint` reads. */
export const ENDPOINT_COLUMNS = `id, partner_id, url, editions, begins_at, disabled_at, disabled_reason, cursor, succeeded_at,
  failures, rests_until`;

const instantOf = (date: Date | null): Instant | null => date?.getTime() ?? null;

export const mapEndpoint = (row: EndpointRow): Endpoint => ({
  id: row.id,
  partnerId: row.partner_id,
  url: row.url,
  editions: row.editions,
  beginsAt: instantOf(row.begins_at),
  disabled:
    row.disabled_at === null ? null : { at: row.disabled_at.getTime(), reason: row.disabled_reason ?? 'operator' },
  cursor: row.cursor,
  succeededAt: instantOf(row.succeeded_at),
  failures: row.failures,
  restsUntil: instantOf(row.rests_until),
});

const ID_BYTES = 10;

/** An id that no endpoint had before. */
export const createEndpointId = (): string => `whe_${randomBytes(ID_BYTES).toString('hex')}`;
