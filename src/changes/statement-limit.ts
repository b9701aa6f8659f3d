/** Changes written in one statement: of a KILL it is looked up who was given the article, up to 150 ms each, and a thousand would outlast its time. */
export const STATEMENT_LIMIT = 25;
