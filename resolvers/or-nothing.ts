import type { Context } from './context.ts';

/**
 * How long it is told that there is no such article, at most. Counted by the clock's own tens: embargoes end at full minutes, so that
 * an answer's remaining life says nothing of a story that is not to be seen yet.
 */
const LOOK_AGAIN_MS = 10_000;

/** `article`, or the same nothing for whatever its client asked for: how long an answer lives must not tell that there will be one. */
export const orNothing = <Found>(
  article: Found | null,
  { recorder, now }: Pick<Context, 'recorder' | 'now'>,
): Found | null => {
  if (article === null) recorder.boundary((Math.floor(now / LOOK_AGAIN_MS) + 1) * LOOK_AGAIN_MS);
  return article;
};
