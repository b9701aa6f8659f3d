/** What a caller may spend: a bucket of tokens, one for each point of cost, filled again as time goes by. */
export interface Budget {
  /** Tokens in a full bucket: the most that can be spent at once. */
  readonly capacity: number;
  /** Tokens that come back in a minute. */
  readonly refillPerMinute: number;
}
