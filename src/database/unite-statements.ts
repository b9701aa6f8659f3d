const UNITED = '\nUNION ALL\n';

/** One statement that gives the rows of all `parts`, which have the same columns. */
export const uniteStatements = (parts: readonly string[]): string => parts.join(UNITED);

/** Whether `uniteStatements` made it. */
export const isUnited = (text: string): boolean => text.includes(UNITED);
