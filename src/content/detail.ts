/**
 * How much of each article a list is read with. `plain`: where it stands, whose it is and its head; `card`: its picture and
 * counts too; `whole`: all but its body. What a detail leaves out is absent from the article, which whoever asked for so little
 * must not look for.
 */
export const DETAILS = ['plain', 'card', 'whole'] as const;
export type Detail = (typeof DETAILS)[number];
