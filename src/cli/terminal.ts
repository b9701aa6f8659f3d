/** Where a command writes: what it gives on `out`, what went wrong and what it is doing on `err`. */
export interface Terminal {
  readonly out: (line: string) => void;
  readonly err: (line: string) => void;
}
