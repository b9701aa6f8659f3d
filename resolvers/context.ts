import type { Instant } from '../src/clock.ts';
import type { Located } from '../src/content/addresses.ts';
import type { Caller } from '../src/content/caller.ts';
import type { EngagementKind } from '../src/content/counter.ts';
import type { DeltaPage, DeltaRange } from '../src/content/delta.ts';
import type { Edition, EditionCode } from '../src/content/edition.ts';
import type { ArticleId } from '../src/content/ids.ts';
import type { Loaders } from '../src/loaders/loaders.ts';
import type { Recorder } from '../src/loaders/recorder.ts';
import type { Standing } from '../src/partners/budgets/account.ts';

/** The desks of this gateway, as configured. */
export interface Editions {
  /** In display order. */
  readonly all: readonly Edition[];
  /** Undefined: this gateway does not serve it. */
  get(code: EditionCode): Edition | undefined;
  /** Whose address a URL is; null for a foreign one. */
  locate(url: string): Located | null;
}

/** All a resolver may touch: one per fill. */
export interface Context {
  readonly loaders: Loaders;
  readonly recorder: Recorder;
  readonly editions: Editions;
  /** The one instant of everything in this answer. */
  readonly now: Instant;
  /** Who asks. What it may see is cut out where it is loaded: no resolver has to ask. */
  readonly caller: Caller;
  /** How the budget of whoever asks stands; null: nobody counts what it spends. */
  readonly standing: () => Standing | null;
  /** Absolute, no trailing slash: what the gateway's own files begin with. */
  readonly publicUrl: string;
  /**
   * What happened to articles that whoever asks may see, or saw until then.
   *
   * @throws {GatewayError} BAD_USER_INPUT for a cursor that is not one of these, CURSOR_EXPIRED for one too old.
   */
  readonly readDeltas: (range: DeltaRange) => Promise<DeltaPage>;
  /** @throws {BudgetError} when whoever asks has reported too much lately. */
  readonly admitEngagement: () => Promise<void>;
  /** Counts a view or a share of an article that exists, once for whoever asks and this minute. */
  readonly countEngagement: (id: ArticleId, kind: EngagementKind) => Promise<void>;
}
