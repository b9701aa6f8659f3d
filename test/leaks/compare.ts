import type { Given, Question } from './two-services.ts';

/** What is wrong with `cached`, given what the gateway says without a cache; undefined: nothing. */
export const findLeak = (question: Question, cached: Given, fresh: Given): string | undefined => {
  const about = `${question.query} ${JSON.stringify(question.variables)} for ${question.audience} as ${question.mediaType}`;
  const foreign = [...cached.body.matchAll(/«(\w+)»/g)].find(([, audience]) => audience !== question.audience);
  if (foreign !== undefined) return `${about}: holds what was read for ${foreign[1]}`;
  for (const part of ['status', 'contentType', 'body'] as const)
    if (cached[part] !== fresh[part])
      return `${about}: ${part} by way of ${cached.state} is\n  ${cached[part]}\nand without a cache\n  ${fresh[part]}`;
  return undefined;
};
