/** How a command ended, as the shell sees it. */
export const EXIT = { done: 0, failed: 1, badUsage: 2 } as const;

export type ExitStatus = (typeof EXIT)[keyof typeof EXIT];
