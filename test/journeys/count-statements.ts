/** Counts the statements a gateway sends to read content. */
export interface StatementCount {
  /** For `createTestApp`'s `observe`: called once per statement at the driver. */
  readonly observe: (statement: string) => void;
  /** How many statements `work` sent, and their texts. */
  during(work: () => Promise<unknown>): Promise<readonly string[]>;
}

/** Four times a second the gateway asks its change log for news, through the same driver: that is no part of an answer. */
const OF_THE_LOG =
  /\b(?:change_log|change_log_head|outbox|pg_notify)\b|^\s*(?:BEGIN|COMMIT|ROLLBACK|(?:UN)?LISTEN|SET)\b/i;

/** An empty count. Everything but the change log's own statements is counted, what nobody thought of included. */
export const createStatementCount = (): StatementCount => {
  let seen: string[] = [];
  return {
    observe: (statement) => {
      if (!OF_THE_LOG.test(statement)) seen.push(statement);
    },
    async during(work) {
      seen = [];
      await work();
      return seen;
    },
  };
};
