import type { GraphQLResolveInfo } from 'graphql';
import { shownCount, type Counter } from '../src/content/counter.ts';
import { countText } from '../src/content/holes.ts';
import type { Context } from './context.ts';
import { editionOf } from '../src/content/editions.ts';
import type { EngagementSource } from './sources.ts';
import type { EngagementResolvers } from './types.generated.ts';

/** Response keys and places in lists, from the root. */
const pathOf = ({ path }: Pick<GraphQLResolveInfo, 'path'>): readonly (string | number)[] => {
  const keys: (string | number)[] = [];
  for (let step: typeof path | undefined = path; step !== undefined; step = step.prev) keys.push(step.key);
  return keys.toReversed();
};

interface Asked extends Pick<Counter, 'kind'> {
  readonly window: Counter['window'] | undefined;
  readonly locale: string | null;
}

/** A counter as it is now; told to the recorder, so that a kept answer shows what it has come to when it is sent. */
const readCount = async (
  { articleId: id }: EngagementSource,
  { kind, window, locale }: Asked,
  context: Context,
  info: Pick<GraphQLResolveInfo, 'path'>,
): Promise<{ readonly value: number; readonly text: string | null }> => {
  const counter: Counter = { id, kind, window: window ?? null };
  const count = await context.loaders.engagement.count.load(counter);
  const value = shownCount(count.value);
  const text = countText({ counter, locale }, value);
  if (text !== null) context.recorder.count({ counter, locale, value, readAt: count.readAt, path: pathOf(info) });
  return { value, text };
};

const localeOf = (engagement: EngagementSource, context: Context): string => editionOf(engagement, context).locale;

export const Engagement: EngagementResolvers = {
  views: async (engagement, { window }, context, info) =>
    (await readCount(engagement, { kind: 'VIEW', window, locale: null }, context, info)).value,
  viewsText: async (engagement, { window }, context, info) =>
    (await readCount(engagement, { kind: 'VIEW', window, locale: localeOf(engagement, context) }, context, info)).text,
  shares: async (engagement, { window }, context, info) =>
    (await readCount(engagement, { kind: 'SHARE', window, locale: null }, context, info)).value,
  sharesText: async (engagement, { window }, context, info) =>
    (await readCount(engagement, { kind: 'SHARE', window, locale: localeOf(engagement, context) }, context, info)).text,
};
