import { StoreError } from '../../errors.ts';
import type { Sighting, Sightings } from '../../stores/content-source.ts';

/** Ten million stories by the hundred: no desk has as many, and a list that never ends must. */
const MAX_PAGES = 100_000;

/**
 * The pages that `read` gives one after the other, from the first to the last. Each is given before it is asked whether it
 * leads on, so that what stands on it counts.
 *
 * @param store `StoreError.store` of who is read.
 * @throws {StoreError} as `read`, and when a page leads back to one that was read, or they do not end.
 */
export async function* walkPages(
  store: string,
  read: (next: string | null) => Promise<Sightings>,
): AsyncGenerator<readonly Sighting[], void, undefined> {
  const fail = (why: string): StoreError => new StoreError(store, 'STORE_FAILED', { cause: new Error(why) });
  const walked = new Set<string>();
  let next: string | null = null;
  do {
    const page: Sightings = await read(next);
    yield page.sightings;
    next = page.next;
    if (next === null) return;
    if (walked.has(next)) throw fail('a page of its list leads back to one before it');
    walked.add(next);
  } while (walked.size < MAX_PAGES);
  throw fail(`its list does not end after ${MAX_PAGES} pages`);
}
