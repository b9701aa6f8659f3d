import type { Instant } from '../../clock.ts';
import type { EditionCode } from '../../content/edition.ts';
import type { Manifest } from '../../content/manifest.ts';

/** How something came to a partner. */
export type Via = 'query' | 'feed' | 'delta' | 'webhook';

/** Something that was given to a partner just now. */
export interface Given {
  readonly partnerId: string;
  readonly manifest: Manifest;
  readonly via: Via;
  readonly at: Instant;
}

/** A partner comes back to its deltas from there: it was told all that comes before. */
export interface Followed {
  readonly partnerId: string;
  /** That it follows, in order; empty: every one. */
  readonly editions: readonly EditionCode[];
  /** Of the log. */
  readonly epoch: string;
  readonly sequence: number;
  readonly at: Instant;
}

/** Told of what partners are given. Both return at once. */
export interface Deliveries {
  given(given: Given): void;
  followed(followed: Followed): void;
}

/** What one partner was given, over a while. */
export interface DeliveryRow {
  readonly partner_id: string;
  readonly via: Via;
  readonly digest: string;
  first_at: Instant;
  last_at: Instant;
  times: number;
}
