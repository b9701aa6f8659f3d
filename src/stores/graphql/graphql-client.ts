import type { GraphqlDocument } from '../../config/graphql-documents.ts';
import type { Secret } from '../../config/secret.ts';
import type { HttpClient, OutboundAnswer } from '../../outbound/http-client.ts';
import { parseJson } from '../../outbound/parse-json.ts';
import { GraphqlFailure } from './graphql-failure.ts';

export interface GraphqlClientOptions {
  readonly url: string;
  readonly headers: Readonly<Record<string, Secret>>;
  readonly http: HttpClient;
  readonly deadlineMs: number;
  /** Of one answer. */
  readonly limitBytes: number;
}

/** Asks a GraphQL API. */
export interface GraphqlClient {
  /**
   * The `data` of the answer to a document; it is given those of the variables that it declares.
   *
   * @throws {GraphqlFailure} for whatever is no whole answer: one error in it, and nothing of it is used.
   */
  ask(document: GraphqlDocument, variables: Readonly<Record<string, unknown>>): Promise<object>;
}

const SHOWN_LETTERS = 200;
// oxlint-disable-next-line no-control-regex -- control characters are what is looked for
const CONTROLS = /[\u0000-\u001f\u007f]+/g;

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** The first error's own words; undefined: there is no error. */
const firstMessage = (content: unknown): string | undefined => {
  if (!isObject(content) || !('errors' in content) || !Array.isArray(content.errors)) return undefined;
  const [first] = content.errors as readonly unknown[];
  if (first === undefined) return undefined;
  return isObject(first) && 'message' in first && typeof first.message === 'string' ? first.message : 'an error';
};

/** A client of the API at `url`. */
export const createGraphqlClient = ({
  url,
  headers,
  http,
  deadlineMs,
  limitBytes,
}: GraphqlClientOptions): GraphqlClient => {
  const secrets = Object.values(headers).flatMap((header) => {
    const text = header.reveal();
    return [text, ...text.split(/\s+/)].filter((part) => part.length > 3);
  });
  /** An API may repeat what it was sent. */
  const quote = (message: string): string => {
    const clean = secrets.reduce((said, word) => said.replaceAll(word, '(secret)'), message.replaceAll(CONTROLS, ' '));
    return clean.length > SHOWN_LETTERS ? `${clean.slice(0, SHOWN_LETTERS)}…` : clean;
  };
  const read = (answer: OutboundAnswer): object => {
    const json = parseJson(answer, { limitBytes });
    const content = 'value' in json ? json.value : undefined;
    const message = firstMessage(content);
    if (answer.status !== 200) {
      const reason = message === undefined ? '' : `: ${quote(message)}`;
      throw new GraphqlFailure('status', `it answered ${answer.status}${reason}`, answer.status);
    }
    if (message !== undefined) throw new GraphqlFailure('errors', `it answered with errors: ${quote(message)}`);
    if (!isObject(content) || !('data' in content) || !isObject(content.data))
      throw new GraphqlFailure('not-graphql', `it answered ${answer.body.byteLength} bytes without data of GraphQL`);
    return content.data;
  };
  return {
    async ask({ text, variables: declared }, variables) {
      const given = Object.entries(variables).filter(([name]) => declared.has(name));
      return read(
        await http.send({
          url,
          method: 'POST',
          headers: {
            ...Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, value.reveal()])),
            accept: 'application/graphql-response+json, application/json',
            'content-type': 'application/json',
          },
          body: JSON.stringify({ query: text, variables: Object.fromEntries(given) }),
          deadlineMs,
          limitBytes,
        }),
      );
    },
  };
};
