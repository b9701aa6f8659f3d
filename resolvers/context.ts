import type { Caller } from '../src/content/caller.ts';
import type { EngagementKind } from '../src/content/counter.ts';
import type { DeltaPage, DeltaRange } from '../src/content/delta.ts';
import type { ArticleId } from '../src/content/ids.ts';
import type { Reading } from '../src/loaders/reading.ts';
import type { Standing } from '../src/partners/budgets/account.ts';

/** All a resolver may touch: one per fill. */
export interface Context extends Reading {
  /** Who asks. What it may see is cut out where it is loaded: no resolver has to ask. */
  readonly caller: Caller;
  /** How the budget of whoever asks stands; null: nobody counts what it spends. */
  readonly standing: () => Standing | null;
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
