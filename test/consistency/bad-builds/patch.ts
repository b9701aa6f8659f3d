/** A change of one source file. */
export interface Patch {
  /** From the root of the project. */
  readonly file: string;
  /** Must be there exactly once. */
  readonly find: string;
  readonly replace: string;
}

/** A gateway that breaks one rule of the change protocol. */
export interface BadBuild {
  readonly name: string;
  /** Of change-protocol.md. */
  readonly rule: number;
  /** What it does, and what comes of it. */
  readonly because: string;
  readonly patches: readonly Patch[];
  /** False: it keeps every rule, and must not be flagged. */
  readonly isBad: boolean;
}

/**
 * `source` with `patch` applied.
 *
 * @throws when the text it replaces is not there exactly once: the code has moved on, and the patch must follow.
 */
export const applyPatch = (source: string, { file, find, replace }: Patch): string => {
  const count = source.split(find).length - 1;
  if (count !== 1) throw new Error(`A patch of ${file} no longer fits: its text is there ${count} times:\n${find}`);
  return source.replace(find, () => replace);
};
