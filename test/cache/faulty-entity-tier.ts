import type { EntityTier } from '../../src/cache/entity-tier.ts';
import type { Shelf } from '../../src/cache/entity-shelf.ts';
import type { Follower } from '../../src/changes/follower.ts';
import type { CacheTag } from '../../src/content/tags.ts';
import type { Kept } from '../../src/stores/kept.ts';

/** One rule of the change protocol broken, as an entity tier may break it. */
export const ENTITY_FAULTS = [
  'takes the fence after the reading',
  'counts as checked what is used',
  'never ends that nothing was found',
  'puts what comes late under the fence of what is there',
  'hands on a reading from before a change',
  'compares sequences of two epochs',
  'takes what it has forgotten for unchanged',
] as const;
export type EntityFault = (typeof ENTITY_FAULTS)[number];

interface Held {
  readonly found: readonly unknown[];
  readonly tags: readonly CacheTag[];
  readonly epoch: string;
  fence: number;
}

/** The smallest tier that keeps the rules, but for `fault`; null: keeps them all, which shows that a fault is what is caught. */
export const createFaultyEntityTier = (fault: EntityFault | null, follower: Follower): Pick<EntityTier, 'keep'> => ({
  keep: <Request, Entity>({ keyOf, homeOf, tagsOf, read }: Shelf<Request, Entity>) => {
    const entries = new Map<string, Held>();
    const loads = new Map<string, { fence: number; epoch: string; found: Promise<readonly Entity[]> }>();
    const has = (one: EntityFault): boolean => fault === one;
    const isOfThisLog = (epoch: string): boolean =>
      has('compares sequences of two epochs') || epoch === follower.epoch();

    const lastOf = (tag: CacheTag): number => {
      const last = follower.lastOf(tag);
      return has('takes what it has forgotten for unchanged') && last === follower.memory().floor ? 0 : last;
    };
    const isLive = (entry: Held): boolean => {
      if (!isOfThisLog(entry.epoch)) return false;
      if (!entry.tags.every((tag) => lastOf(tag) <= entry.fence)) return false;
      entry.fence = follower.applied();
      return true;
    };
    const load = (key: string, request: Request) => {
      const [fence, epoch] = [follower.applied(), follower.epoch()];
      const work = async (): Promise<readonly Entity[]> => {
        const found = (await read([request])).filter((entity) => homeOf(entity) === key);
        const tags = has('never ends that nothing was found') && found.length === 0 ? [] : tagsOf(request, found);
        const former = entries.get(key);
        const isLate = former !== undefined && former.epoch === epoch && former.fence > fence;
        const kept = has('takes the fence after the reading') ? follower.applied() : fence;
        if (!isLate) entries.set(key, { found, tags, epoch, fence: kept });
        else if (has('puts what comes late under the fence of what is there'))
          entries.set(key, { found, tags, epoch, fence: former.fence });
        return found;
      };
      const begun = { fence, epoch, found: work() };
      loads.set(key, begun);
      const forget = (): void => void (loads.get(key) === begun && loads.delete(key));
      begun.found.then(forget, forget);
      return begun.found;
    };
    const held = (request: Request): Kept<Entity> | undefined => {
      const entry = entries.get(keyOf(request));
      if (entry === undefined || !follower.isTrusted()) return undefined;
      if (has('counts as checked what is used') && isOfThisLog(entry.epoch)) entry.fence = follower.applied();
      return isLive(entry) ? (entry as Kept<Entity>) : undefined;
    };
    const ask = async (request: Request): Promise<readonly Entity[]> => {
      if (!follower.isTrusted()) return read([request]);
      const key = keyOf(request);
      const kept = held(request);
      if (kept !== undefined) return kept.found;
      const running = loads.get(key);
      const isJoinable =
        running !== undefined &&
        (has('hands on a reading from before a change') ||
          (running.fence === follower.applied() && running.epoch === follower.epoch()));
      return isJoinable ? running.found : load(key, request);
    };
    const readAll = async (requests: readonly Request[]) => (await Promise.all(requests.map(ask))).flat();
    return Object.assign(readAll, { held });
  },
});
