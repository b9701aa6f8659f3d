import type { BadBuild } from './patch.ts';

const FOLLOWER = 'src/changes/follower.ts';
const LEASES_FILE = 'src/changes/leases.ts';

export const LEASES: readonly BadBuild[] = [
  {
    name: 'renewal revives',
    rule: 5,
    because: 'A renewal that was long on its way brings back the lease of a process that was waited out meanwhile.',
    isBad: true,
    patches: [
      {
        file: LEASES_FILE,
        find: `UPDATE leases SET applied = $3, renewal = gen_random_uuid()
         FROM change_log_head h, quick
        WHERE life = $1 AND h.epoch = $2 AND quick.setting = 'off'
       RETURNING clock_timestamp() AS now\`,
      [life, epoch, applied],`,
        replace: `INSERT INTO leases (life, process, applied, renewal, degraded_seconds)
       SELECT $1, $4, $3, gen_random_uuid(), $5 FROM change_log_head h, quick
        WHERE h.epoch = $2 AND quick.setting = 'off'
       ON CONFLICT (life) DO UPDATE SET applied = $3, renewal = gen_random_uuid()
       RETURNING clock_timestamp() AS now\`,
      [life, epoch, applied, process, degradedSeconds],`,
      },
    ],
  },
  {
    name: 'lease from the return',
    rule: 5,
    because: 'A lease that runs from the answer of its renewal runs longer than who waits for its end.',
    isBad: true,
    patches: [
      {
        file: FOLLOWER,
        find: 'if (hasArrived) trust.grant(from);',
        replace: `const late = trust.instant();
        // As if the answer had been on its way for longer: nobody happens to look in the moments there are otherwise.
        if (hasArrived) trust.grant({ monotonicMs: late.monotonicMs + 1_500, wallMs: late.wallMs + 1_500 });`,
      },
    ],
  },
  {
    name: 'lease by name',
    rule: 5,
    because: 'A restarted process renews the lease of its earlier life, which is not over yet.',
    isBad: true,
    patches: [
      {
        file: FOLLOWER,
        find: 'const next = randomUUID();',
        replace: `const { createHash } = process.getBuiltinModule('node:crypto');
    const next = createHash('md5').update(process.env.PROCESS_NAME ?? '').digest('hex');`,
      },
      {
        file: FOLLOWER,
        find: '    former.push(next);\n    if (former.length > FORMER_LIMIT) former.shift();\n',
        replace: '',
      },
      { file: FOLLOWER, find: 'if (life !== undefined) former.push(life);', replace: '' },
      {
        file: LEASES_FILE,
        find: 'VALUES ($1, $2, 0, gen_random_uuid(), $3)`',
        replace:
          'VALUES ($1, $2, 0, gen_random_uuid(), $3) ON CONFLICT (life) DO UPDATE SET applied = 0, renewal = gen_random_uuid()`',
      },
    ],
  },
];

export const JOINING: readonly BadBuild[] = [
  {
    name: 'read then register',
    rule: 5,
    because: 'A change between the reading and the lease row waits for nobody, and nobody waits for it.',
    isBad: true,
    patches: [
      {
        file: FOLLOWER,
        find: `    await leases.join(next, former);
    former = former.filter((other) => other !== next);
    life = next;
`,
        replace: '',
      },
      {
        file: FOLLOWER,
        find: '    tombstones.replace(lying);\n',
        replace: `    tombstones.replace(lying);
    life = next;
    while (life !== undefined && !(await readOn())) continue;
    // As on a machine that has other things to do: the two follow each other too fast for a run of a minute to see it.
    await new Promise((resolve) => setTimeout(resolve, 50));
    const sent = trust.instant();
    await leases.join(next, former);
    former = former.filter((other) => other !== next);
    trust.grant(sent);
`,
      },
    ],
  },
  {
    name: 'no floor',
    rule: 6,
    because: 'A process that has just joined takes a tag it knows nothing of for one that never changed.',
    isBad: true,
    patches: [
      {
        file: FOLLOWER,
        find: ': Math.max(head.trimmedTo, Math.min(head.sequence, await log.sequenceBefore(replaySeconds)));',
        replace: ': head.sequence;',
      },
      { file: FOLLOWER, find: 'memory.restart(from);', replace: 'memory.restart(0);' },
    ],
  },
];

export const APPENDING: readonly BadBuild[] = [
  {
    name: 'acknowledged without waiting',
    rule: 8,
    because: 'What is recorded is called gone.',
    isBad: true,
    patches: [
      {
        file: 'src/changes/acknowledger.ts',
        find: 'if (behind.length === 0 && ',
        replace: 'if (',
      },
    ],
  },
  {
    name: 'acknowledged without the outbox',
    rule: 8,
    because: 'What an import says of itself goes behind what is announced of it, and nobody waits for it.',
    isBad: true,
    patches: [{ file: 'src/changes/appender.ts', find: 'isFollowed: head.is_followed', replace: 'isFollowed: false' }],
  },
];
