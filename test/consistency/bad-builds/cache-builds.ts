import type { BadBuild, Patch } from './patch.ts';

const FILL_JOBS = 'src/cache/fill-jobs.ts';
const FOLLOWER = 'src/changes/follower.ts';
const STORE = 'src/stores/postgres/article-store.ts';

/** The follower and its log, where a patch of another file finds them. */
const exposeFollower: Patch = {
  file: FOLLOWER,
  find: '  return {\n    follower: {\n',
  replace: '  return {\n    follower: (globalThis as any).follower = {\n      loadHead: () => log.head(),\n',
};

const BY_IDS = 'return (await database.query<ArticleRow>(BY_IDS_SQL, [ids])).map(mapArticle);';

/** Rows remembered across fills; `isUsable` says of one, `held`, whether it may be taken for `id`. */
const rememberRows = (isUsable: string): Patch => ({
  file: STORE,
  find: BY_IDS,
  replace: `
    const { follower } = globalThis as any;
    const rows: Map<string, any> = ((globalThis as any).rows ??= new Map());
    const remembered = ids.flatMap((id) => {
      const held = rows.get(id);
      return held !== undefined && ${isUsable} ? [held.article] : [];
    });
    const missing = ids.filter((id) => !remembered.some((article) => article.id === id));
    const [fence, epoch, at] = [follower.applied(), follower.epoch(), performance.now()];
    const found = missing.length === 0 ? [] : (await database.query<ArticleRow>(BY_IDS_SQL, [missing])).map(mapArticle);
    for (const article of found) rows.set(article.id, { article, fence, epoch, at });
    return [...remembered, ...found];`,
});

const LIVE_ROW =
  'follower.isTrusted() && held.epoch === follower.epoch() && follower.lastOf(`article:${id}`) <= held.fence';

const FENCE = 'const [fence, epoch, filledAt] = [follower.applied(), follower.epoch(), clock.now()];';

export const FENCES: readonly BadBuild[] = [
  {
    name: 'delete on purge',
    rule: 13,
    because: 'What is kept is true until it is deleted: a fill that was under way puts the old one back.',
    isBad: true,
    patches: [
      {
        file: 'src/cache/validity.ts',
        find: '    if (entry.tags.some((tag) => follower.lastOf(tag) > entry.fence)) return false;\n',
        replace: '',
      },
      {
        file: 'src/cache/memory-tier.ts',
        find: '  return {\n    get: (key) => held.get(key),',
        replace: `  (globalThis as any).purge = (tags: readonly string[]) => {
    for (const [key, { entry }] of held) if (entry.tags.some((tag) => tags.includes(tag))) held.delete(key);
  };
  return {\n    get: (key) => held.get(key),`,
      },
      {
        file: FOLLOWER,
        find: '    memory.apply(change);\n',
        replace: '    memory.apply(change);\n    (globalThis as any).purge?.(change.tags);\n',
      },
    ],
  },
  {
    name: 'fence after the fill',
    rule: 10,
    because: 'What changed while it was being made counts as seen.',
    isBad: true,
    patches: [
      {
        file: FILL_JOBS,
        find: 'validity.keep({ ...(await fill(filledAt)), fence, epoch, filledAt })',
        replace: 'validity.keep({ ...(await fill(filledAt)), fence: follower.applied(), epoch, filledAt })',
      },
    ],
  },
  {
    name: 'head as fence',
    rule: 10,
    because: 'A row that is live by what was applied gets into an answer that claims to have seen the end of the log.',
    isBad: true,
    patches: [
      exposeFollower,
      rememberRows(LIVE_ROW),
      {
        file: FILL_JOBS,
        find: FENCE,
        replace: FENCE.replace('follower.applied()', '(await (follower as any).loadHead()).sequence'),
      },
    ],
  },
  {
    name: 'stale part',
    rule: 10,
    because: 'A row is taken for as long as it is young, and the answer it gets into is kept under a new fence.',
    isBad: true,
    patches: [exposeFollower, rememberRows('performance.now() - held.at < 2_000')],
  },
  {
    name: 'live parts',
    rule: 10,
    because: 'Rows are remembered across fills and taken while they are live: no rule is broken.',
    isBad: false,
    patches: [exposeFollower, rememberRows(LIVE_ROW)],
  },
  {
    name: 'no epoch',
    rule: 3,
    because: 'A restored log begins again at a lower sequence, under answers that claim to have seen a higher one.',
    isBad: true,
    patches: [
      {
        file: 'src/cache/validity.ts',
        find: '    if (entry.epoch !== follower.epoch()) return false;\n',
        replace: '',
      },
      {
        file: 'src/cache/validity.ts',
        find: '    epoch !== follower.epoch() || tags.some(',
        replace: '    tags.some(',
      },
      {
        file: FOLLOWER,
        find: 'head.epoch === epoch && head.trimmedTo <= applied && applied <= head.sequence;',
        replace: "epoch !== '';",
      },
      {
        file: FOLLOWER,
        find: 'if (read.epoch !== epoch || read.trimmedTo > applied) {',
        replace: 'if (read.trimmedTo > applied) {',
      },
      {
        file: FOLLOWER,
        find: 'if (read.isMoved || read.sequence < applied) {',
        replace: 'if (read.isMoved) {',
      },
      {
        file: 'src/changes/leases.ts',
        find: 'WHERE life = $1 AND h.epoch = $2 AND',
        replace: 'WHERE life = $1 AND h.epoch IS DISTINCT FROM nullif($2::uuid, $2::uuid) AND',
      },
    ],
  },
];

export const FILLS: readonly BadBuild[] = [
  {
    name: 'join a dead fill',
    rule: 14,
    because: 'Who comes while a fill runs gets its result, though it was read before a change that they were told of.',
    isBad: true,
    patches: [
      {
        file: 'src/cache/response-cache.ts',
        find: ': validity.isSharable(kept);',
        replace: ': !validity.isTakenBack(kept.entry);',
      },
    ],
  },
];

export const SENDING: readonly BadBuild[] = [
  {
    name: 'overtaken by a withdrawal',
    rule: 14,
    because: 'Who began a fill gets its result, though it was withdrawn, and acknowledged, while it was being made.',
    isBad: true,
    patches: [
      {
        file: FILL_JOBS,
        find: 'if (!validity.isOver(kept.entry)) return',
        replace: 'if (kept !== undefined) return',
      },
      {
        file: 'src/cache/response-cache.ts',
        find: 'begunAt > turn.cameAt ? !validity.isOver(kept.entry) :',
        replace: 'begunAt > turn.cameAt ? true :',
      },
      {
        file: 'src/cache/serving.ts',
        find: 'isAllowed(state) && !validity.isOver(kept.entry)',
        replace: 'isAllowed(state)',
      },
    ],
  },
  {
    name: 'check before the wait',
    rule: 11,
    because: 'Whether an answer may go out is asked before the last wait, not in the tick that sends it.',
    isBad: true,
    patches: [
      {
        file: 'src/http/graphql-routes.ts',
        find: 'const packed = await packEntry(request, answered);',
        replace: `const isSendable = answered.isSendable();
        const packed = await packEntry(request, answered);
        await new Promise((resolve) => setTimeout(resolve, 200));`,
      },
      {
        file: 'src/http/graphql-routes.ts',
        find: 'if (!answered.isSendable()) continue;',
        replace: 'if (!isSendable) continue;',
      },
    ],
  },
];
