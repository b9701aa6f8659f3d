import type { BadBuild } from './patch.ts';

const TIER = 'src/cache/entity-tier.ts';

const KEEP = 'put({ places, key }, { found, tags, epoch, fence, readAtMs, usedAtMs: readAtMs });';

const JOINABLE = 'return load?.fence === follower.applied() && load.epoch === follower.epoch() ? load : undefined;';

export const ENTITIES: readonly BadBuild[] = [
  {
    name: 'entity fence after the reading',
    rule: 10,
    because: 'What changed while an entity was being read counts as seen.',
    isBad: true,
    patches: [{ file: TIER, find: KEEP, replace: KEEP.replace('fence,', 'fence: follower.applied(),') }],
  },
  {
    name: 'entity under its reader’s fence',
    rule: 10,
    because: 'An entity counts as checked once it is used: it is as new as the answer it gets into.',
    isBad: true,
    patches: [
      {
        file: TIER,
        find: '    if (entry.tags.some((tag) => follower.lastOf(tag) > entry.fence)) return false;\n',
        replace: '',
      },
    ],
  },
  {
    name: 'reading shared after a change',
    rule: 14,
    because: 'Who comes after a change takes a reading that began before it.',
    isBad: true,
    patches: [{ file: TIER, find: JOINABLE, replace: 'return load;' }],
  },
  {
    name: 'late reading over a newer one',
    rule: 10,
    because: 'What was read before a change takes the place of what was read after it, and its fence.',
    isBad: true,
    patches: [
      {
        file: TIER,
        find: 'former.fence > entry.fence) return;',
        replace: 'former.fence > entry.fence) entry.fence = former.fence;',
      },
    ],
  },
  {
    name: 'nothing found for ever',
    rule: 16,
    because: 'That nothing stands at an address is remembered, and not what would end it.',
    isBad: true,
    patches: [
      {
        file: TIER,
        find: KEEP,
        replace: KEEP.replace('tags,', 'tags: found.length === 0 ? [] : tags,'),
      },
    ],
  },
  {
    name: 'counts for ever',
    rule: 11,
    because: 'How many a list holds is remembered, and not what would end it.',
    isBad: true,
    patches: [
      {
        file: 'src/cache/resident-counts.ts',
        find: 'tagsOf: ({ query, now }) => [...countTagsOf(query, publicView(now)), ...scopeTagsOf(query)],',
        replace: 'tagsOf: () => [],',
      },
    ],
  },
  {
    name: 'entity of another log',
    rule: 3,
    because: 'A restored log begins again at a lower sequence, under entities that were checked at a higher one.',
    isBad: true,
    patches: [{ file: TIER, find: 'entry.epoch !== follower.epoch() || ', replace: '' }],
  },
];
