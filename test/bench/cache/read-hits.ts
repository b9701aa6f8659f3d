import type { Row } from './rows.ts';

const TIERS = { memory: 'memory', redis: 'shared' } as const;

/** How many answers the gateway on `port` has given so far out of the tier that `row` is about. */
export const readHits = async (port: number, adminToken: string, { tier }: Row): Promise<number> => {
  const headers = { authorization: `Bearer ${adminToken}` };
  const text = await (await fetch(`http://127.0.0.1:${port}/metrics`, { headers })).text();
  const line = text
    .split('\n')
    .find((candidate) => candidate.startsWith(`masthead_cache_served_total{state="hit",tier="${TIERS[tier]}"}`));
  return Number(line?.split(' ').at(-1) ?? 0);
};
