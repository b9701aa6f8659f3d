import { afterAll, describe } from 'vitest';
import { systemClock } from '../../../src/clock.ts';
import { contentSourceContract, type DeskUnderTest, type WrittenStory } from '../../contracts/content-source.ts';
import {
  outletStory,
  sourceOf,
  startGraphOutlet,
  type GraphOutlet,
  type OutletStory,
} from '../../support/graph-outlet.ts';

const fieldsOf = (story: Partial<WrittenStory>): Partial<OutletStory> => ({
  ...(story.headline === undefined ? {} : { title: story.headline }),
  ...(story.html === undefined ? {} : { text: story.html }),
  ...(story.standfirst === undefined ? {} : { lead: story.standfirst }),
  ...(story.sectionPath === undefined ? {} : { sections: [{ path: story.sectionPath }] }),
  ...(story.tagSlugs === undefined ? {} : { topics: story.tagSlugs.map((slug) => ({ slug })) }),
});

/** The outlet as its editors work in it. */
const openOutletDesk = (outlet: GraphOutlet): DeskUnderTest => {
  const save = (id: number, story: Partial<WrittenStory>, changed: Partial<OutletStory> = {}): string => {
    const before = outlet.stories.get(id);
    const { publishedAt } = story;
    const saved = new Date().toISOString();
    const first = publishedAt === undefined ? (before?.dates.first ?? saved) : new Date(publishedAt).toISOString();
    outlet.save({ ...outletStory(id, before), ...fieldsOf(story), ...changed, dates: { first, saved } });
    return String(id);
  };
  const nextId = (): number => Math.max(0, ...outlet.stories.keys()) + 1;
  return {
    source: sourceOf(outlet, { clock: systemClock }),
    filing: { top: 'mundo', below: 'mundo/siria', tags: ['agua', 'luz'] },
    publish: async (story) => save(nextId(), story),
    draft: async (story) => save(nextId(), story, { state: 'draft' }),
    revise: async (sourceId, change) => void save(Number(sourceId), change),
    withdraw: async (sourceId) => void save(Number(sourceId), {}, { state: 'draft' }),
    republish: async (sourceId) => void save(Number(sourceId), {}, { state: 'live' }),
    erase: async (sourceId) => void outlet.stories.delete(Number(sourceId)),
  };
};

describe('a GraphQL API', () => {
  let outlet: GraphOutlet | undefined;
  afterAll(() => outlet?.close());
  contentSourceContract(async () => {
    outlet = await startGraphOutlet();
    return openOutletDesk(outlet);
  });
});
