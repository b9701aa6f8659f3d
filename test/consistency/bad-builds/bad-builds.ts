/** A change of one source file that breaks one rule. */
export interface Patch {
  /** From the root of the project. */
  readonly file: string;
  /** Must be there exactly once. */
  readonly find: string;
  readonly replace: string;
}

export interface BadBuild {
  readonly name: string;
  readonly patches: readonly Patch[];
}

export const BAD_BUILDS: readonly BadBuild[] = [];

/** @throws when there is none of this name. */
export const findBadBuild = (name: string): BadBuild => {
  const found = BAD_BUILDS.find((build) => build.name === name);
  if (found === undefined)
    throw new Error(`No bad build is called "${name}": ${BAD_BUILDS.map((b) => b.name).join(', ')}`);
  return found;
};
