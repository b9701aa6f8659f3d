import { graphqlRequest } from '../rig/graphql-request.ts';
import { recordAnswer } from '../rig/record.ts';

/** The `data` of one answer, and how many milliseconds it took to come. */
export interface Asking {
  readonly milliseconds: number;
  readonly data: unknown;
}

/** @throws {TypeError} when the answer has an error in it. */
export const ask = async (
  port: number,
  query: string,
  variables: Readonly<Record<string, unknown>>,
): Promise<Asking> => {
  const request = graphqlRequest(query, variables);
  const begun = performance.now();
  const answer = await recordAnswer(port, request);
  const milliseconds = performance.now() - begun;
  const text = Buffer.from(answer.body, 'base64').toString('utf8');
  const { data, errors } = JSON.parse(text) as { readonly data?: unknown; readonly errors?: unknown };
  if (errors !== undefined) throw new TypeError(`An error in an answer: ${text.slice(0, 500)}`);
  return { milliseconds, data };
};
