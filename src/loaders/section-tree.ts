import type { EditionCode } from '../content/edition.ts';
import type { Section } from '../content/entities.ts';
import { idOf, type SectionId } from '../content/ids.ts';
import type { SectionScope } from '../content/plan.ts';
import { spellingKey } from '../content/spelling.ts';
import { tagOf } from '../content/tags.ts';
import type { Recorder } from './recorder.ts';

/** An edition's sections, read whole. Every question records what its answer rests on. */
export interface SectionTree {
  byId(id: SectionId): Section | null;
  /** `path` decoded, without outer slashes, in any spelling. */
  byPath(path: string): Section | null;
  /** The counterpart in this edition, by translation group. */
  byTranslationGroup(group: string): Section | null;
  /** In display order. */
  top(): readonly Section[];
  /** In display order. */
  childrenOf(id: SectionId): readonly Section[];
  /** From the top down, without the section itself. */
  ancestorsOf(section: Section): readonly Section[];
  /** Those at `paths`, whatever became of their paths since, and all below them. */
  scopeOf(paths: readonly string[]): SectionScope;
}

const byPosition = (a: Section, b: Section): number => a.position - b.position || (a.path < b.path ? -1 : 1);

/** `make`, called when its result is first asked for. */
const once = <Value>(make: () => Value): (() => Value) => {
  let made: { readonly value: Value } | undefined;
  return () => (made ??= { value: make() }).value;
};

/** What is worked out of an edition's sections, each when somebody first asks. */
const createIndex = (sections: readonly Section[]) => {
  const byId = once(() => new Map(sections.map((section) => [section.id, section])));
  const byPath = once(() => new Map(sections.map((section) => [section.path, section])));
  const inOrder = once(() => sections.toSorted(byPosition));
  // In display order, and so the same of two whose paths were told apart once, however the rows come.
  const bySpelling = once(() => Map.groupBy(inOrder(), ({ path }) => spellingKey(path)));
  const children = once(() => Map.groupBy(inOrder(), ({ parentId }) => parentId));
  return { byId, byPath, bySpelling, children };
};

/** By the array that a store holds for as long as nothing in it changes: an index outlives a request. */
const indexes = new WeakMap<readonly Section[], ReturnType<typeof createIndex>>();

const indexOf = (sections: readonly Section[]): ReturnType<typeof createIndex> => {
  const index = indexes.get(sections) ?? createIndex(sections);
  indexes.set(sections, index);
  return index;
};

/** The tree of `edition` out of its sections, in any order; nobody may change them. */
export const createSectionTree = (
  edition: EditionCode,
  sections: readonly Section[],
  recorder: Pick<Recorder, 'tag'>,
): SectionTree => {
  const { byId, byPath, bySpelling, children } = indexOf(sections);

  const seen = <S extends Section | null>(section: S): S => {
    if (section !== null) recorder.tag(tagOf.section(section.id));
    return section;
  };
  /** The tree's shape decided the answer, missing sections included. */
  const shaped = <T>(answer: T): T => {
    recorder.tag(tagOf.edition(edition));
    return answer;
  };
  return {
    byId: (id) => {
      recorder.tag(tagOf.section(id));
      return byId().get(id) ?? null;
    },
    byPath: (path) => shaped(seen(byPath().get(path) ?? bySpelling().get(spellingKey(path))?.[0] ?? null)),
    byTranslationGroup: (group) =>
      shaped(seen(sections.find(({ translationGroup }) => translationGroup === group) ?? null)),
    top: () => shaped((children().get(null) ?? []).map(seen)),
    childrenOf: (id) => shaped((children().get(id) ?? []).map(seen)),
    scopeOf: (paths) => {
      const named = paths.map(
        (path) => bySpelling().get(spellingKey(path))?.[0]?.id ?? byId().get(idOf.section(edition, path))?.id,
      );
      const tops = [...new Set(named.filter((id) => id !== undefined))];
      const all = new Set(tops);
      // What is added on the way is looked under in turn.
      for (const id of all) for (const child of children().get(id) ?? []) all.add(child.id);
      return shaped({ tops, all });
    },
    ancestorsOf: (section) => {
      const ancestors: Section[] = [];
      for (let id = section.parentId; id !== null;) {
        const parent: Section | undefined = byId().get(id);
        // A circle cannot be drawn as a tree; a store that holds one must not hang the request.
        if (parent === undefined || ancestors.includes(parent)) break;
        ancestors.unshift(seen(parent));
        id = parent.parentId;
      }
      return ancestors;
    },
  };
};
