import { LRUCache } from 'lru-cache';
import type { Follower } from '../changes/follower.ts';
import type { Kept } from '../stores/kept.ts';
import { blindEntityObserver, type EntityObserver, type EntityOutcome } from './entity-observer.ts';
import { createPlaces, type Held, type Load, type Place, type Places } from './entity-places.ts';
import type { Shelf } from './entity-shelf.ts';
import { heapBytes } from './heap-bytes.ts';

/** A shelf of what is kept. */
export interface KeptShelf<Request, Entity> {
  (requests: readonly Request[]): Promise<readonly Entity[]>;
  /** What `request` would find, without waiting; undefined: that has to be asked. */
  held(request: Request): Kept<Entity> | undefined;
}

/** What stores were read for, kept in this process for as long as the change log says that it is still so. */
export interface EntityTier {
  /**
   * `shelf.read`, asked for nothing that is held or being read: one call at most. What it gives is kept, that nothing was
   * found too, and given to others: nobody may change it.
   *
   * What it gives holds every change that was applied when it was called, so that it may stand in an answer under a fence
   * taken before.
   *
   * @returns whatever was found, in the order of the requests.
   */
  keep<Request, Entity>(shelf: Shelf<Request, Entity>): KeptShelf<Request, Entity>;
  /** Bytes and entries held, for metrics. */
  size(): { readonly bytes: number; readonly entries: number };
}

export interface EntityTierOptions {
  readonly follower: Follower;
  readonly limitBytes: number;
  /** Milliseconds on a clock that never steps back. */
  readonly monotonic?: () => number;
  readonly observe?: EntityObserver;
}

/** Where the answer to one request comes from: held, being read for others, or neither. */
interface Source {
  readonly key: string;
  readonly found?: readonly unknown[];
  readonly load?: Load | undefined;
}

/** As long as an answer lives at most: what somebody wrote past the log is not shown for ever. */
export const ENTITY_MAX_AGE_MS = 300_000;

/** An entry that is asked for more often than this is as young as if it were asked for once: putting off its turn costs more than the rest. */
const USE_MS = 1_000;

/**
 * With less than this part of its bound left, a tier takes what is asked for a second time: a walk over an archive asks for everything
 * once, and what is kept of it drives out what is read every second, is grown old by then, and is copied and cleared away.
 */
const CROWDED_SHARE = 1 / 64;

/** An entry's share besides what it holds: itself, and its places in maps and lists. */
const ENTRY_BYTES = 400;

/**
 * An empty tier. Change protocol, rules 10 to 12: whether an entity is live is asked at every read, nothing is deleted, and
 * what nobody can vouch for is read from its store and not kept.
 */
export const createEntityTier = ({
  follower,
  limitBytes,
  monotonic = () => performance.now(),
  observe = blindEntityObserver,
}: EntityTierOptions): EntityTier => {
  const entries = new LRUCache<Held, Place>({
    maxSize: limitBytes,
    dispose: ({ places, key }, entry, reason) => {
      if (places.entries.get(key) === entry) places.entries.delete(key);
      if (reason === 'evict') observe.evicted();
    },
  });

  const isLive = (entry: Held, nowMs: number): boolean => {
    if (entry.epoch !== follower.epoch() || nowMs - entry.readAtMs >= ENTITY_MAX_AGE_MS) return false;
    const applied = follower.applied();
    if (entry.fence === applied) return true;
    if (entry.tags.some((tag) => follower.lastOf(tag) > entry.fence)) return false;
    // Unchanged up to here: nothing before is asked about again, and it does not end when that is forgotten.
    entry.fence = applied;
    return true;
  };

  /** What is live under the key of `request`. */
  const take = <Request, Entity>(
    shelf: Shelf<Request, Entity>,
    places: Places,
    { key, request, nowMs }: { readonly key: string; readonly request: Request; readonly nowMs: number },
  ): Held | undefined => {
    const entry = places.entries.get(key);
    if (entry === undefined) return undefined;
    // In the places of a shelf lies what that shelf has read. Asked first: what is checked against the log is newer to it than what is read.
    if (shelf.isCurrent?.(request, entry.found as readonly Entity[]) === false) return undefined;
    if (!isLive(entry, nowMs)) return undefined;
    if (nowMs - entry.usedAtMs >= USE_MS) {
      entries.get(entry);
      entry.usedAtMs = nowMs;
    }
    return entry;
  };

  const put = ({ places, key }: Place, entry: Held): void => {
    const former = places.entries.get(key);
    // A reading that began later has come first.
    if (former !== undefined && former.epoch === entry.epoch && former.fence > entry.fence) return;
    if (!follower.isTrusted() || !isLive(entry, monotonic())) return;
    const isCrowded = limitBytes - entries.calculatedSize < limitBytes * CROWDED_SHARE;
    if (isCrowded && former === undefined && !places.refused.isSecond(key)) return;
    const size = ENTRY_BYTES + heapBytes(key) + heapBytes(entry.found) + heapBytes(entry.tags);
    if (former !== undefined) entries.delete(former);
    entries.set(entry, { places, key }, { size });
    // What is larger than all of the tier is not kept.
    if (entries.has(entry)) places.entries.set(key, entry);
  };

  /** A reading of `key` that has begun after all that is applied by now. */
  const joinable = ({ loads }: Places, key: string): Load | undefined => {
    const load = loads.get(key);
    return load?.fence === follower.applied() && load.epoch === follower.epoch() ? load : undefined;
  };

  /** Begins to read what lies under the keys of `wanted`. */
  const begin = <Request, Entity>(
    shelf: Shelf<Request, Entity>,
    places: Places,
    wanted: ReadonlyMap<string, Request>,
  ): Load => {
    const { loads } = places;
    // Nothing between these and the reading may wait: what is read is read after the fence.
    const [epoch, fence, readAtMs] = [follower.epoch(), follower.applied(), monotonic()];
    const read = async (): Promise<ReadonlyMap<string, readonly unknown[]>> => {
      const homes = Map.groupBy(await shelf.read([...wanted.values()]), shelf.homeOf);
      const all = new Map<string, readonly unknown[]>();
      for (const [key, request] of wanted) {
        const found = homes.get(key) ?? [];
        all.set(key, found);
        const tags = shelf.tagsOf(request, found);
        put({ places, key }, { found, tags, epoch, fence, readAtMs, usedAtMs: readAtMs });
      }
      return all;
    };
    const load: Load = { epoch, fence, found: read() };
    for (const key of wanted.keys()) loads.set(key, load);
    const forget = (): void => {
      for (const key of wanted.keys()) if (loads.get(key) === load) loads.delete(key);
    };
    load.found.then(forget, forget);
    return load;
  };

  return {
    keep: <Request, Entity>(shelf: Shelf<Request, Entity>) => {
      const places = createPlaces(() => entries.size);
      const ask = (outcome: EntityOutcome): void => observe.asked(shelf.name, outcome);
      const held = (request: Request): Kept<Entity> | undefined => {
        if (!follower.isTrusted() || !shelf.isTold()) return undefined;
        const entry = take(shelf, places, { key: shelf.keyOf(request), request, nowMs: monotonic() });
        if (entry !== undefined) ask('hit');
        // In the places of a shelf lies what that shelf has read.
        return entry as Kept<Entity> | undefined;
      };
      const readAll = async (requests: readonly Request[]): Promise<readonly Entity[]> => {
        if (!follower.isTrusted() || !shelf.isTold()) {
          requests.forEach(() => ask('bypassed'));
          return shelf.read(requests);
        }
        const nowMs = monotonic();
        const wanted = new Map<string, Request>();
        const sources = requests.map((request): Source => {
          const key = shelf.keyOf(request);
          const entry = take(shelf, places, { key, request, nowMs });
          if (entry !== undefined) {
            ask('hit');
            return { key, found: entry.found };
          }
          const load = joinable(places, key);
          ask(load !== undefined ? 'joined' : places.entries.has(key) ? 'ended' : 'missing');
          if (load === undefined) wanted.set(key, request);
          return { key, load };
        });
        const own = wanted.size === 0 ? undefined : begin(shelf, places, wanted);
        const parts: (readonly unknown[])[] = [];
        // They all run: who waits for one after the other waits for the slowest.
        for (const { key, found, load = own } of sources) parts.push(found ?? (await load?.found)?.get(key) ?? []);
        return parts.flat() as readonly Entity[];
      };
      return Object.assign(readAll, { held });
    },
    size: () => ({ bytes: entries.calculatedSize, entries: entries.size }),
  };
};
