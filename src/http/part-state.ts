/** How one part stands, best first. `building`: it answers with what it has so far. */
const STATES = ['ok', 'building', 'failed'] as const;
export type PartState = (typeof STATES)[number];

/** Every part that somebody knows of, by name, each as it looks to whom it looks worst. */
export const worstOf = (
  ...views: readonly Readonly<Record<string, PartState>>[]
): Readonly<Record<string, PartState>> => {
  const worst: Record<string, PartState> = {};
  for (const [name, state] of views.flatMap((view) => Object.entries(view)))
    if (STATES.indexOf(state) > STATES.indexOf(worst[name] ?? 'ok') || worst[name] === undefined) worst[name] = state;
  return worst;
};
