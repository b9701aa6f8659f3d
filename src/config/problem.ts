/** What is wrong with one place of the configuration file. */
export interface Problem {
  /** Keys and indexes from the top; empty: the file as a whole. */
  readonly path: readonly PropertyKey[];
  /** Never holds a value of the file: it may be a secret. */
  readonly message: string;
}
