/** The header field in which the processes of a run say who answers; in lower case. */
export const ANSWERER_FIELD = 'x-consistency-process';
