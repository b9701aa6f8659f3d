/** Why a call was not made: the store failed a moment ago, or has enough to do. */
export type RefusalReason = 'open' | 'full';

/** A call that was not made. */
export class RefusedCall extends Error {
  override readonly name = 'RefusedCall';
  readonly reason: RefusalReason;

  constructor(reason: RefusalReason, message: string) {
    super(message);
    this.reason = reason;
  }
}
