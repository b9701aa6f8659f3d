import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** By how their paths begin: minutes each, while all the others together fill the other worker. */
const LONG = ['test/journeys/wordpress', 'test/docs/adding-an-edition', 'test/journeys/three-kinds'];

const isLong = ({ moduleId }: Pick<TestSpecification, 'moduleId'>): boolean =>
  LONG.some((start) => moduleId.includes(`/${start}`));

/** `files` with those that take minutes before all others, otherwise in their order. */
export const longestFirst = <File extends Pick<TestSpecification, 'moduleId'>>(
  files: readonly File[],
): readonly File[] => [...files.filter(isLong), ...files.filter((file) => !isLong(file))];

/** Starts what takes longest first: begun last, it would run on alone. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    // oxlint-disable-next-line unicorn/no-array-sort -- vitest's own, and no array's
    return [...longestFirst(await super.sort(files))];
  }
}
